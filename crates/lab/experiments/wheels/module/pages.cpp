#include <pybind11/pybind11.h>

static long turned(long page)
{
    return page + 1;
}

// Whether `assert` means anything in this build.
static bool asserts()
{
#ifdef NDEBUG
    return false;
#else
    return true;
#endif
}

PYBIND11_MODULE(pages, module)
{
    module.def("turned", &turned);
    module.def("asserts", &asserts);
}
