// Objects that keep books: which are alive, and whether one was destroyed twice. Their
// memory is poisoned when they go and never handed out again, so that a mistake shows
// itself in the same way each time and the process survives it.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <set>
#include <vector>

struct Books {
    std::set<const void *> alive;
    int twice = 0;
};

inline Books &books()
{
    static Books only;
    return only;
}

class Parcel {
public:
    explicit Parcel(int content) : content_(content) { books().alive.insert(this); }
    Parcel(const Parcel &other) : Parcel(other.content_) {}
    ~Parcel()
    {
        if (books().alive.erase(this) == 0)
            ++books().twice;
    }

    int content() const { return content_; }

    static void *operator new(std::size_t size) { return ::operator new(size); }
    static void operator delete(void *memory) { std::memset(memory, 0xDD, sizeof(Parcel)); }

private:
    int content_;
};

inline int alive() { return static_cast<int>(books().alive.size()); }
inline int destroyed_twice() { return books().twice; }

// ANCHOR: raw_owner
// Owns its parcels by plain pointers, as much old C++ does. Nothing but the comments says
// who destroys what.
class Shelf {
public:
    ~Shelf()
    {
        for (Parcel *parcel : parcels_)
            delete parcel;
    }
    void add(int content) { parcels_.push_back(new Parcel(content)); }
    void put(Parcel *parcel) { parcels_.push_back(parcel); } // takes it over
    Parcel *first() { return parcels_.at(0); }               // lends it

private:
    std::vector<Parcel *> parcels_;
};

inline Parcel *make_parcel(int content) { return new Parcel(content); } // gives it away
// ANCHOR_END: raw_owner

// The same with the ownership in the types.
struct SharedParcel : Parcel {
    using Parcel::Parcel;
};

class SharedShelf {
public:
    void put(std::shared_ptr<SharedParcel> parcel) { parcels_.push_back(std::move(parcel)); }
    std::shared_ptr<SharedParcel> first() { return parcels_.at(0); }
    void clear() { parcels_.clear(); }

private:
    std::vector<std::shared_ptr<SharedParcel>> parcels_;
};
