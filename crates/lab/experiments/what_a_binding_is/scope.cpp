// C++ frees by itself what goes out of scope.
#include <memory>
#include <vector>

static int living;

struct Counted {
    Counted() { living++; }
    Counted(const Counted &) { living++; }
    ~Counted() { living--; }
};

// ANCHOR: nobody_calls_delete
extern "C" int alive_inside()
{
    auto one = std::make_unique<Counted>();
    std::vector<Counted> more(9);
    return living;
} // both go here, with all that is in them
// ANCHOR_END: nobody_calls_delete

extern "C" int alive_after() { return living; }
