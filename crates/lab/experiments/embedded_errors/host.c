/* A C application with Python inside. Its one argument says how it deals with a price that
 * Python cannot find. */
#define PY_SSIZE_T_CLEAN
#include "border.h"

#include <string.h>

static const char *const SOURCE =
    "import sys\n"
    "def price(n):\n"
    "    raise KeyError('colour')\n"
    "def leave(n):\n"
    "    sys.exit(3)\n";

int main(int count, char **arguments)
{
    const char *way = count > 1 ? arguments[1] : "look_away";
    Py_Initialize();
    PyObject *globals = PyModule_GetDict(PyImport_AddModule("__main__"));
    PyObject *done = PyRun_String(SOURCE, Py_file_input, globals, globals);
    if (done == NULL)
        return PyErr_Print(), 2;
    Py_DECREF(done);
    PyObject *price = PyDict_GetItemString(globals, "price");
    PyObject *leave = PyDict_GetItemString(globals, "leave");

    if (strcmp(way, "look_away") == 0) {
        /* ANCHOR: nobody_looks */
        PyObject_CallFunction(price, "l", 3L);
        fprintf(stderr, "C goes on\n");
        /* ANCHOR_END: nobody_looks */
    } else if (strcmp(way, "print") == 0) {
        if (PyObject_CallFunction(price, "l", 3L) == NULL)
            PyErr_Print();
        fprintf(stderr, "C goes on\n");
    } else if (strcmp(way, "print_an_exit") == 0) {
        if (PyObject_CallFunction(leave, "l", 3L) == NULL)
            PyErr_Print(); /* does not return */
        fprintf(stderr, "C goes on\n");
    } else if (strcmp(way, "border") == 0) {
        PyObject *both[] = {price, leave};
        for (int i = 0; i < 2; i++) {
            /* ANCHOR: c_looks */
            struct border_error error = {0};
            long result;
            if (border_call(both[i], 3, &result, &error) != BORDER_OK) {
                printf("%d %s %s\n", error.code, error.kind, error.message);
                border_forget(&error);
            }
            /* ANCHOR_END: c_looks */
        }
        fprintf(stderr, "C goes on\n");
    }
    return Py_FinalizeEx() < 0;
}
