/* A program with Python inside: smallest usual|isolated PYTHON */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    PyConfig config;
    if (strcmp(argv[1], "isolated") == 0) {
        PyConfig_InitIsolatedConfig(&config); /* looks at nothing around it */
    } else {
        PyConfig_InitPythonConfig(&config); /* looks at what `python` looks at */
        config.parse_argv = 0;              /* but the arguments are ours */
    }
    PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, argv[2]);
    if (!PyStatus_Exception(status)) {
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) {
        printf("Python did not start\n");
        return 1;
    }
    PyRun_SimpleString("import sys; print('hello from a Python, isolated:', sys.flags.isolated)");
    return Py_FinalizeEx() < 0 ? 120 : 0;
}
