#ifndef CALLER_H
#define CALLER_H

#include <Python.h>

/* Calls one of the functions of prices.pyx as C would: it looks, and clears what it finds. */
int c_calls(int which, PyObject *f, long *value);

#endif
