/*
 * The host in C: starts Python, calls what it is told to, and ends Python, in this order. Started
 * by `embed-python --c`, as: embed-python-c PYTHON SCRIPT FUNCTION...
 */
#include "host.h"

/*
 * Calls one function after another, and hands out the code that the last one decides on. Python
 * is entered for each call and left after it: in between, the GIL is free.
 */
static int call_all(const char *path, int count, char **functions) {
    int code = 0;
    PyGILState_STATE attached = PyGILState_Ensure();
    PyObject *script = script_load(path, &code);
    PyGILState_Release(attached);
    if (script == NULL) {
        return code;
    }
    for (int i = 0; i < count; i++) {
        struct status status;
        attached = PyGILState_Ensure();
        bool called = script_call(script, path, functions[i], &status);
        PyGILState_Release(attached);
        if (!called) {
            code = 1;
            break;
        }
        /* From here on there is no Python in it: the status is a copy. */
        printf("%s\n", functions[i]);
        status_print(&status);
        code = i == count - 1 || status.outcome == INTERRUPTED ? status_exit_code(&status) : 0;
        bool stop = status.outcome == INTERRUPTED;
        status_free(&status);
        if (stop) {
            break;
        }
    }
    attached = PyGILState_Ensure();
    Py_DECREF(script); /* before the end: afterwards there is nobody to give it back to */
    PyGILState_Release(attached);
    return code;
}

int main(int argc, char **argv) {
    PyThreadState *main_thread = NULL;
    if (argc < 4) {
        fprintf(stderr, "error: `%s` takes a Python, a script and functions\n\n"
                        "hint: run `cargo run -p embed-python -- --c`\n", argv[0]);
        return 2;
    }
    /* Before Python starts, or never: the list of built-in modules is read once. */
    if (PyImport_AppendInittab("host", PyInit_host) < 0) {
        fprintf(stderr, "error: there is no memory\n\nhint: close other programs\n");
        return 2;
    }
    python_program = argv[1];
    if (!python_start(&main_thread)) {
        return 2;
    }
    int code = call_all(argv[2], argc - 3, argv + 3);
    printf("the end\n");
    if (!python_finish(main_thread)) {
        fprintf(stderr, "error: Python could not flush what the script wrote: some of it is lost\n"
                        "\nhint: see that there is room where its output goes\n");
        return 120; /* as `python` itself ends then */
    }
    printf("  done      %s\n", Py_IsInitialized() ? "still there" : "nobody can attach any more");
    return code;
}
