// What older versions of CPython lack: functions, under the name that newer ones gave them, and a
// way for a thread to meet Python's end.
#ifndef INK_OLDER_H
#define INK_OLDER_H

#include <Python.h>

// 3.10 has it already, under a name that begins with an underscore.
#if PY_VERSION_HEX < 0x030B0000
#define PyType_GetModuleByDef _PyType_GetModuleByDef
#endif

// NEW: the exception that is set, which is then set no more. Before 3.12 an exception was three
// objects, which became one only when somebody asked.
#if PY_VERSION_HEX < 0x030C0000
static inline PyObject *PyErr_GetRaisedException(void)
{
    PyObject *type, *value, *traceback; // NEW, each; any may be NULL
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback != NULL) {
        PyException_SetTraceback(value, traceback); // takes a reference of its own
    }
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
}
#endif

// by hand: callback_outlives
// A daemon thread that asks for the GIL when Python has begun to end does not get it any more.
// From 3.14 on it sleeps until the process is over. Before, it is ended on the spot, by
// pthread_exit, which takes its stack apart; and Rust, whose frames are in the stack of a
// callback, aborts the process when somebody else does that. So what a callback does stands
// between these two, and a thread that is being ended there goes to sleep instead.
#if PY_VERSION_HEX < 0x030E0000 && !defined(_WIN32)
#include <pthread.h>
#include <unistd.h>

static inline void sleep_for_ever(void *Py_UNUSED(unused))
{
    for (;;) {
        pause();
    }
}

#define BEGIN_CALLBACK pthread_cleanup_push(sleep_for_ever, NULL)
#define END_CALLBACK pthread_cleanup_pop(0);
#else
#define BEGIN_CALLBACK {
#define END_CALLBACK }
#endif
// by hand: end

#endif
