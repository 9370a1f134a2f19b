// An exception from one C++ function to the next, with no Python near.
#include <stdexcept>

#include "tally.h"

namespace {

// Not inlined: the exception has to leave a function.
__attribute__((noinline)) void fail()
{
    if (tally_fail() < 0)
        throw std::invalid_argument("no");
}

} // namespace

// Visible and with a name that C can find; how many were caught.
extern "C" __attribute__((visibility("default"))) int throw_and_catch(int times)
{
    int caught = 0;
    for (int i = 0; i < times; i++) {
        try {
            fail();
        } catch (const std::exception &) {
            caught++;
        }
    }
    return caught;
}
