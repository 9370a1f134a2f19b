/*
 * What the files of the host in C share. Python.h comes first in every file: it sets macros that
 * the system's headers look at.
 */
#ifndef HOST_H
#define HOST_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

/* What became of a call. */
enum outcome { RETURNED, RAISED, EXITS, INTERRUPTED };

/*
 * A Python exception as plain data. All text is OWNED by the struct, copied while the exception
 * still lived: a `const char *` out of a Python object is gone with the object.
 */
struct failure {
    char *kind;      /* the type with its module, such as "host.HostError" */
    char *message;   /* str() of it */
    char *traceback; /* as Python prints it, or empty */
    struct failure *cause;
};

/* OWNED: give it back with status_free(). */
struct status {
    enum outcome outcome;
    char *text;    /* repr() of what was returned, or the words of a SystemExit, or NULL */
    int exit_code; /* of a SystemExit */
    struct failure *failure;
};

/* interpreter.c: the beginning and the end. */
extern const char *python_program; /* the Python this host was built for, by its path */
bool python_start(PyThreadState **main_thread);
bool python_finish(PyThreadState *main_thread);

/* native.c: the module `host`; mistakes.c: three of its functions. */
PyObject *PyInit_host(void);
PyObject *forget_an_error(PyObject *self, PyObject *args);
PyObject *call_with_an_error_set(PyObject *self, PyObject *callback);
PyObject *take_the_error_first(PyObject *self, PyObject *callback);

/* script.c. NULL: the script cannot be run, it has been said why, and *exit_code is set. */
PyObject *script_load(const char *path, int *exit_code);
bool script_call(PyObject *module, const char *path, const char *function, struct status *out);

/* status.c. The GIL is held, and an exception is pending in the first two. */
PyObject *take_exception(void);       /* a new reference; the indicator is clear afterwards */
void put_exception(PyObject *raised); /* takes the reference */
void status_of_exception(PyObject *raised, struct status *out);
char *copy_text(PyObject *object);    /* str() of it in UTF-8: OWNED, for free() */

/* report.c. Python is not needed. */
void status_print(const struct status *status);
int status_exit_code(const struct status *status);
void status_free(struct status *status);

#endif
