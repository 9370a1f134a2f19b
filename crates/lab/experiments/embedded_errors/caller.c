#include "caller.h"

/* As Cython would write them into a header. */
long price_minus_one(PyObject *f);
long price_maybe(PyObject *f);
long price_noexcept(PyObject *f);
long price_default(PyObject *f);
void order_default(PyObject *f);

int c_calls(int which, PyObject *f, long *value)
{
    static long (*const prices[])(PyObject *) = {price_minus_one, price_maybe, price_noexcept,
                                                 price_default};
    if (which < 4)
        *value = prices[which](f);
    else
        order_default(f);
    int pending = PyErr_Occurred() != NULL;
    PyErr_Clear();
    return pending;
}
