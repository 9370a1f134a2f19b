/*
 * A script: loaded by its path, called by a function's name. The GIL is held in all of this.
 */
#include "host.h"

#include <errno.h>

/* Says why a script cannot be run: what, and the next step. */
#define REFUSE(what, hint, ...) fprintf(stderr, "error: " what "\n\nhint: " hint "\n", __VA_ARGS__)

/* The file's text, ended by a NUL. OWNED; or NULL, and it has been said why. */
static char *read_text(const char *path) {
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "rb");
    ssize_t length = file ? getdelim(&text, &room, '\0', file) : -1;
    if (file == NULL || ferror(file)) {
        REFUSE("cannot read `%s`: %s", "give the path of a Python file", path, strerror(errno));
        free(text);
        text = NULL;
    } else if (length > 0 && text[length - 1] == '\0') {
        REFUSE("`%s` has a NUL inside", "see that `%s` is a text file", path, path);
        free(text);
        text = NULL;
    } else if (length < 0) { /* an empty file: a script all the same */
        free(text);
        text = strdup("");
    }
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

/* A number of an exception, 0 if it has none. */
static long number_of(PyObject *raised, const char *name) {
    PyObject *object = PyObject_GetAttrString(raised, name);
    long number = object && PyLong_Check(object) ? PyLong_AsLong(object) : 0;
    Py_XDECREF(object);
    PyErr_Clear();
    return number;
}

/* A text of an exception, OWNED. */
static char *text_of(PyObject *raised, const char *name) {
    PyObject *object = PyObject_GetAttrString(raised, name);
    PyErr_Clear();
    char *text = copy_text(object);
    Py_XDECREF(object);
    return text;
}

/* What went wrong while it was loaded, in the host's words. The code to end with. */
static int say_why_not(PyObject *raised, const char *path) {
    int code = 1;
    char *file = text_of(raised, "filename");
    /* A syntax error may also be in a file that the script imports: then it is no answer. */
    if (PyErr_GivenExceptionMatches(raised, PyExc_SyntaxError) && file && !strcmp(file, path)) {
        char *words = text_of(raised, "msg");
        long line = number_of(raised, "lineno");
        REFUSE("`%s` is not Python, at line %ld, column %ld: %s", "mend line %ld of `%s`", path,
               line, number_of(raised, "offset"), words ? words : "", line, path);
        free(words);
    } else if (PyErr_GivenExceptionMatches(raised, PyExc_ModuleNotFoundError)) {
        char *module = text_of(raised, "name");
        REFUSE("`%s` needs the module `%s`, which is not there", "run `%s -m pip install %s`",
               path, module ? module : "", python_program, module ? module : "");
        free(module);
    } else {
        struct status status;
        status_of_exception(raised, &status);
        printf("(loading)\n");
        status_print(&status);
        code = status_exit_code(&status);
        if (status.outcome == RAISED) {
            REFUSE("`%s` does not load", "mend what `%s` does when it is loaded", path, path);
        }
        status_free(&status);
    }
    free(file);
    return code;
}

PyObject *script_load(const char *path, int *exit_code) {
    *exit_code = 1;
    char *text = read_text(path);
    if (text == NULL) {
        return NULL;
    }
    PyObject *code = Py_CompileString(text, path, Py_file_input);
    free(text); /* compiled: what Python needs of it, it has copied */
    PyObject *module = code ? PyImport_ExecCodeModuleEx("script", code, path) : NULL;
    Py_XDECREF(code);
    if (module == NULL) {
        PyObject *raised = take_exception();
        *exit_code = say_why_not(raised, path);
        Py_DECREF(raised);
    }
    return module;
}

bool script_call(PyObject *module, const char *path, const char *name, struct status *out) {
    memset(out, 0, sizeof *out);
    PyObject *function = PyObject_GetAttrString(module, name);
    if (function == NULL) {
        PyErr_Clear();
        REFUSE("`%s` has no function `%s`", "define `%s` at the top of `%s`", path, name, name,
               path);
        return false;
    }
    /* ANCHOR: null_or_a_result */
    PyObject *result = PyObject_CallNoArgs(function);
    PyObject *text = result ? PyObject_Repr(result) : NULL;
    if (text == NULL) {
        PyObject *raised = take_exception();
        status_of_exception(raised, out);
        Py_DECREF(raised); /* and with it everything that was not copied */
    } else {
        out->outcome = RETURNED;
        out->text = copy_text(text);
    }
    Py_XDECREF(text);
    Py_XDECREF(result);
    Py_DECREF(function);
    /* ANCHOR_END: null_or_a_result */
    return true;
}
