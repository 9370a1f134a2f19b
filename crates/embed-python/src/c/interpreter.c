/*
 * The beginning and the end of Python. Py_Initialize() is one line and two decisions: the first
 * `python3` on PATH says where the standard library is, and if Python cannot start, the process
 * ends. A host that was built for one Python names it, and a failure is an answer.
 */
#include "host.h"

const char *python_program;

/* Starts Python as if `python_program` had been called. On return the GIL is free. */
bool python_start(PyThreadState **main_thread) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;              /* the arguments are this program's, not Python's */
    config.buffered_stdio = 0;          /* two writers share stdout: no line overtakes another */
    config.install_signal_handlers = 1; /* Ctrl-C becomes KeyboardInterrupt */
    PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, python_program);
    if (!PyStatus_Exception(status)) {
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) {
        /* The message is static text, and not ours to free. */
        fprintf(stderr, "error: cannot start Python: %s\n\n"
                        "hint: unset `PYTHONHOME` and `PYTHONPATH`\n",
                status.err_msg ? status.err_msg : "it wants to end the process");
        return false;
    }
    /* `threading` takes the thread that imports it first for the main one. */
    PyObject *threading = PyImport_ImportModule("threading");
    if (threading == NULL) {
        struct status why;
        PyObject *raised = take_exception();
        status_of_exception(raised, &why);
        Py_DECREF(raised);
        fprintf(stderr, "error: cannot start Python: %s: %s\n\n"
                        "hint: unset `PYTHONHOME` and `PYTHONPATH`\n",
                why.failure ? why.failure->kind : "it ended",
                why.failure ? why.failure->message : "while it was starting");
        status_free(&why);
        return false;
    }
    Py_DECREF(threading);
    /* The thread that starts Python holds the GIL. It puts it down, and with it its own state. */
    *main_thread = PyEval_SaveThread();
    return true;
}

/*
 * Ends Python: waits for its threads, calls what atexit holds, flushes, tears down. Every
 * reference that is still held is dead after this. False if output could not be flushed.
 */
bool python_finish(PyThreadState *main_thread) {
    PyEval_RestoreThread(main_thread);
    return Py_FinalizeEx() == 0;
}
