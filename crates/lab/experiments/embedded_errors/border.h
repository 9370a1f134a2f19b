/* Exceptions of Python become codes of C here, and codes become exceptions. The rest of the
 * application calls Python through this and through nothing else. */
#ifndef BORDER_H
#define BORDER_H

#include <Python.h>

/* ANCHOR: what_c_gets */
enum border_code {
    BORDER_OK,
    BORDER_NOT_FOUND,
    BORDER_BAD_VALUE,
    BORDER_SYSTEM,
    BORDER_STOP,
    BORDER_OTHER,
};

struct border_error {
    enum border_code code;
    char kind[40];     /* the name of the class */
    char message[80];  /* UTF-8, cut between two characters */
    long line;         /* where it was raised, 0 where nobody knows */
    PyObject *kept;    /* the exception itself: owned, for whoever returns to Python */
};
/* ANCHOR_END: what_c_gets */

/* Calls a Python function of one number. The caller holds the GIL. */
enum border_code border_call(PyObject *function, long argument, long *result,
                             struct border_error *error);
/* Takes the pending exception away from the interpreter. */
enum border_code border_take(struct border_error *error);
/* Gives it back, or makes one for an error that began in C. `kept` is used up. */
void border_raise(struct border_error *error);
/* Forgets it: the application has dealt with the error. */
void border_forget(struct border_error *error);

#endif
