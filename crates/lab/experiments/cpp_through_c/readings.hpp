// A class as C++ people write it: a vector inside, a template and an overload beside it.
#pragma once
#include <string>
#include <vector>

// ANCHOR: a_class_with_a_vector
class Readings {
public:
    explicit Readings(const std::string &unit);
    ~Readings();
    void add(double value);
    double mean() const;
    const std::string &unit() const { return unit_; } // inline: no symbol of its own

private:
    std::string unit_;
    std::vector<double> values_;
};
// ANCHOR_END: a_class_with_a_vector

// How many there are now.
int living();

// One name, two functions.
int kind_of(int);
int kind_of(double);

// In the header alone: compiled into whoever calls it.
inline double twice(double x) { return 2 * x; }

// No function at all until somebody asks for one of some type.
template <typename T> T largest(T a, T b) { return a < b ? b : a; }
