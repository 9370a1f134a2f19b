/* Fault injection for extension modules in C.
 *
 * The judge has this header read before the learner's file (`-include`). It
 * puts a wrapper in front of the C-API calls that can fail, so that the n-th
 * one fails on demand: it sets an exception where the real one would, gives
 * back what the real one gives back on failure, and takes what the real one
 * takes even then (a "stealing" setter releases its item).
 *
 * It also looks at each release. An object that its last owner releases is not
 * freed at once but laid aside until the call is over, so that a second release
 * of it meets the object and not whatever lies there next, and is reported.
 *
 * The learner's file is compiled as it is, and sees the names it knows. A
 * wrapped name that is used as a function pointer means the real function.
 */
#ifndef BINDERY_FAULTS_H
#define BINDERY_FAULTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h> /* declares `malloc` again, so it has to come before the macro */
#endif

/* Weak, so that a module of several files has one of each. */
#define BINDERY_SHARED __attribute__((weak, visibility("default")))
#define BINDERY_LOCAL static inline __attribute__((unused))
#define BINDERY_CALLS 256
#define BINDERY_DEAD 512

/* The calls since the last reset, and which of them is to fail (0: none). */
BINDERY_SHARED int bindery_fault_calls = 0;
BINDERY_SHARED int bindery_fault_at = 0;
/* Name and line of each call since the last reset, as far as there is room. */
BINDERY_SHARED const char *bindery_fault_names[BINDERY_CALLS] = {0};
BINDERY_SHARED int bindery_fault_lines[BINDERY_CALLS] = {0};
/* Objects whose last owner has released them, and where. */
BINDERY_SHARED PyObject *bindery_dead[BINDERY_DEAD] = {0};
BINDERY_SHARED int bindery_dead_lines[BINDERY_DEAD] = {0};
BINDERY_SHARED int bindery_dead_seen[BINDERY_DEAD] = {0};
BINDERY_SHARED int bindery_dead_count = 0;
BINDERY_SHARED int bindery_dead_watching = 0;
/* The line that released what had no owner left. */
BINDERY_SHARED int bindery_over_released = 0;

/* --- what the judge calls -------------------------------------------------- */

BINDERY_SHARED void bindery_fault_arm(int at) {
    bindery_fault_calls = 0;
    bindery_fault_at = at;
    bindery_dead_count = 0;
    bindery_dead_watching = 1;
    bindery_over_released = 0;
}
BINDERY_SHARED int bindery_fault_count(void) { return bindery_fault_calls; }
BINDERY_SHARED const char *bindery_fault_name(int at) {
    return at >= 1 && at <= BINDERY_CALLS ? bindery_fault_names[at - 1] : "";
}
BINDERY_SHARED int bindery_fault_line(int at) {
    return at >= 1 && at <= BINDERY_CALLS ? bindery_fault_lines[at - 1] : 0;
}
BINDERY_SHARED int bindery_dead_find(PyObject *op) {
    for (int i = 0; i < bindery_dead_count; i++)
        if (bindery_dead[i] == op) return i;
    return -1;
}
BINDERY_SHARED int bindery_dead_visit(PyObject *op, void *unused) {
    (void)unused;
    int at = bindery_dead_find(op);
    if (at >= 0) bindery_dead_seen[at]++;
    return 0;
}
/* Ends what `bindery_fault_arm` began: nothing fails any more, and what was
 * laid aside is freed. Gives the line of a release too many, or 0. */
BINDERY_SHARED int bindery_fault_settle(void) {
    bindery_fault_at = 0;
    bindery_dead_watching = 0;
    memset(bindery_dead_seen, 0, sizeof bindery_dead_seen);
    for (int i = 0; i < bindery_dead_count; i++) {
        traverseproc traverse = Py_TYPE(bindery_dead[i])->tp_traverse;
        if (traverse && PyObject_IS_GC(bindery_dead[i])) traverse(bindery_dead[i], bindery_dead_visit, NULL);
    }
    /* Each was laid aside with its last reference and one of ours. Where fewer
     * are left, or one dead object still leans on another, one was released
     * that belonged to somebody else. */
    for (int i = 0; i < bindery_dead_count && !bindery_over_released; i++)
        if (Py_REFCNT(bindery_dead[i]) < 2 + bindery_dead_seen[i]) bindery_over_released = bindery_dead_lines[i];
    if (bindery_over_released) {
        bindery_dead_count = 0; /* nobody knows any more who owns what: free nothing */
        return bindery_over_released;
    }
    while (bindery_dead_count > 0) {
        PyObject *op = bindery_dead[--bindery_dead_count];
        Py_DECREF(op);
        Py_DECREF(op);
    }
    return 0;
}

/* --- what the wrappers call ------------------------------------------------ */

BINDERY_SHARED int bindery_fault_now(const char *name, int line) {
    if (bindery_fault_calls < BINDERY_CALLS) {
        bindery_fault_names[bindery_fault_calls] = name;
        bindery_fault_lines[bindery_fault_calls] = line;
    }
    return ++bindery_fault_calls == bindery_fault_at;
}
/* ANCHOR: fails_on_demand */
/* The same, and fails as the API fails: with an exception set. */
BINDERY_SHARED int bindery_fault_raised(const char *name, int line) {
    if (!bindery_fault_now(name, line)) return 0;
    PyErr_NoMemory();
    return 1;
}
/* ANCHOR_END: fails_on_demand */
BINDERY_SHARED void bindery_release(PyObject *op, int line) {
    if (!bindery_dead_watching) {
        Py_DECREF(op);
    } else if (bindery_dead_find(op) >= 0) {
        if (!bindery_over_released) bindery_over_released = line;
    } else if (Py_REFCNT(op) == 1 && bindery_dead_count < BINDERY_DEAD) {
        Py_INCREF(op);
        bindery_dead[bindery_dead_count] = op;
        bindery_dead_lines[bindery_dead_count++] = line;
    } else {
        Py_DECREF(op);
    }
}
BINDERY_LOCAL void bindery_xrelease(PyObject *op, int line) {
    if (op) bindery_release(op, line);
}

/* --- the wrappers ---------------------------------------------------------- */

#define BINDERY_0(type, name, failed) \
    BINDERY_LOCAL type bindery_##name(int line) { return bindery_fault_raised(#name, line) ? (failed) : name(); }
#define BINDERY_1(type, name, failed, A) \
    BINDERY_LOCAL type bindery_##name(int line, A a) { \
        return bindery_fault_raised(#name, line) ? (failed) : name(a); \
    }
/* ANCHOR: wrapper */
#define BINDERY_2(type, name, failed, A, B) \
    BINDERY_LOCAL type bindery_##name(int line, A a, B b) { \
        return bindery_fault_raised(#name, line) ? (failed) : name(a, b); \
    }
/* ANCHOR_END: wrapper */
#define BINDERY_3(type, name, failed, A, B, C) \
    BINDERY_LOCAL type bindery_##name(int line, A a, B b, C c) { \
        return bindery_fault_raised(#name, line) ? (failed) : name(a, b, c); \
    }
/* Allocators set no exception: that is the caller's to do. */
#define BINDERY_ALLOCATE_1(name) \
    BINDERY_LOCAL void *bindery_##name(int line, size_t n) { return bindery_fault_now(#name, line) ? NULL : name(n); }
#define BINDERY_ALLOCATE_2(name, A) \
    BINDERY_LOCAL void *bindery_##name(int line, A a, size_t n) { \
        return bindery_fault_now(#name, line) ? NULL : name(a, n); \
    }

typedef PyObject *bindery_object; /* so that a table's row fits a line */
typedef const char *bindery_text;

/* A new reference, or NULL. */
BINDERY_1(bindery_object, PyList_New, NULL, Py_ssize_t)
BINDERY_1(bindery_object, PyList_AsTuple, NULL, bindery_object)
BINDERY_3(bindery_object, PyList_GetSlice, NULL, bindery_object, Py_ssize_t, Py_ssize_t)
BINDERY_1(bindery_object, PyTuple_New, NULL, Py_ssize_t)
BINDERY_3(bindery_object, PyTuple_GetSlice, NULL, bindery_object, Py_ssize_t, Py_ssize_t)
BINDERY_0(bindery_object, PyDict_New, NULL)
BINDERY_1(bindery_object, PyDict_Copy, NULL, bindery_object)
BINDERY_1(bindery_object, PyDict_Keys, NULL, bindery_object)
BINDERY_1(bindery_object, PyDict_Values, NULL, bindery_object)
BINDERY_1(bindery_object, PyDict_Items, NULL, bindery_object)
BINDERY_1(bindery_object, PySet_New, NULL, bindery_object)
BINDERY_1(bindery_object, PyFrozenSet_New, NULL, bindery_object)
BINDERY_1(bindery_object, PyLong_FromLong, NULL, long)
BINDERY_1(bindery_object, PyLong_FromLongLong, NULL, long long)
BINDERY_1(bindery_object, PyLong_FromSsize_t, NULL, Py_ssize_t)
BINDERY_1(bindery_object, PyLong_FromSize_t, NULL, size_t)
BINDERY_1(bindery_object, PyLong_FromUnsignedLong, NULL, unsigned long)
BINDERY_1(bindery_object, PyLong_FromUnsignedLongLong, NULL, unsigned long long)
BINDERY_1(bindery_object, PyLong_FromDouble, NULL, double)
BINDERY_1(bindery_object, PyFloat_FromDouble, NULL, double)
BINDERY_1(bindery_object, PyUnicode_FromString, NULL, bindery_text)
BINDERY_2(bindery_object, PyUnicode_FromStringAndSize, NULL, bindery_text, Py_ssize_t)
BINDERY_2(bindery_object, PyUnicode_Concat, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyUnicode_Join, NULL, bindery_object, bindery_object)
BINDERY_1(bindery_object, PyUnicode_AsUTF8String, NULL, bindery_object)
BINDERY_1(bindery_object, PyBytes_FromString, NULL, bindery_text)
BINDERY_2(bindery_object, PyBytes_FromStringAndSize, NULL, bindery_text, Py_ssize_t)
BINDERY_2(bindery_object, PySequence_Fast, NULL, bindery_object, bindery_text)
BINDERY_1(bindery_object, PySequence_List, NULL, bindery_object)
BINDERY_1(bindery_object, PySequence_Tuple, NULL, bindery_object)
BINDERY_2(bindery_object, PySequence_GetItem, NULL, bindery_object, Py_ssize_t)
BINDERY_2(bindery_object, PyMapping_GetItemString, NULL, bindery_object, bindery_text)
BINDERY_2(bindery_object, PyObject_GetItem, NULL, bindery_object, bindery_object)
BINDERY_1(bindery_object, PyObject_GetIter, NULL, bindery_object)
BINDERY_2(bindery_object, PyObject_GetAttr, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyObject_GetAttrString, NULL, bindery_object, bindery_text)
BINDERY_3(bindery_object, PyObject_RichCompare, NULL, bindery_object, bindery_object, int)
BINDERY_1(bindery_object, PyObject_Str, NULL, bindery_object)
BINDERY_1(bindery_object, PyObject_Repr, NULL, bindery_object)
BINDERY_1(bindery_object, PyObject_CallNoArgs, NULL, bindery_object)
BINDERY_2(bindery_object, PyObject_CallOneArg, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyObject_CallObject, NULL, bindery_object, bindery_object)
BINDERY_3(bindery_object, PyObject_Call, NULL, bindery_object, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyNumber_Add, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyNumber_Subtract, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyNumber_Multiply, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyNumber_TrueDivide, NULL, bindery_object, bindery_object)
BINDERY_2(bindery_object, PyNumber_FloorDivide, NULL, bindery_object, bindery_object)
BINDERY_1(bindery_object, PyNumber_Float, NULL, bindery_object)
BINDERY_1(bindery_object, PyNumber_Long, NULL, bindery_object)
BINDERY_1(bindery_object, PyNumber_Index, NULL, bindery_object)
BINDERY_1(bindery_object, PyImport_ImportModule, NULL, bindery_text)
/* NULL means the end, or an error; here, the error. */
BINDERY_1(bindery_object, PyIter_Next, NULL, bindery_object)
/* NULL means "not there", or an error; here, the error. The reference is borrowed. */
BINDERY_2(bindery_object, PyDict_GetItemWithError, NULL, bindery_object, bindery_object)
BINDERY_3(bindery_object, PyDict_SetDefault, NULL, bindery_object, bindery_object, bindery_object)

/* -1 on failure, and an exception. */
BINDERY_2(int, PyList_Append, -1, bindery_object, bindery_object)
BINDERY_3(int, PyList_Insert, -1, bindery_object, Py_ssize_t, bindery_object)
BINDERY_1(int, PyList_Sort, -1, bindery_object)
BINDERY_3(int, PyDict_SetItem, -1, bindery_object, bindery_object, bindery_object)
BINDERY_3(int, PyDict_SetItemString, -1, bindery_object, bindery_text, bindery_object)
BINDERY_2(int, PyDict_Contains, -1, bindery_object, bindery_object)
BINDERY_2(int, PyDict_Update, -1, bindery_object, bindery_object)
BINDERY_2(int, PySet_Add, -1, bindery_object, bindery_object)
BINDERY_2(int, PySet_Contains, -1, bindery_object, bindery_object)
BINDERY_2(int, PySequence_Contains, -1, bindery_object, bindery_object)
BINDERY_3(int, PySequence_SetItem, -1, bindery_object, Py_ssize_t, bindery_object)
BINDERY_3(int, PyObject_SetItem, -1, bindery_object, bindery_object, bindery_object)
BINDERY_3(int, PyObject_SetAttr, -1, bindery_object, bindery_object, bindery_object)
BINDERY_3(int, PyObject_SetAttrString, -1, bindery_object, bindery_text, bindery_object)
BINDERY_1(int, PyObject_IsTrue, -1, bindery_object)
BINDERY_2(int, PyObject_IsInstance, -1, bindery_object, bindery_object)
BINDERY_3(int, PyObject_RichCompareBool, -1, bindery_object, bindery_object, int)
BINDERY_1(Py_hash_t, PyObject_Hash, -1, bindery_object)
BINDERY_1(Py_ssize_t, PyObject_Size, -1, bindery_object)
BINDERY_1(Py_ssize_t, PySequence_Size, -1, bindery_object)
BINDERY_1(Py_ssize_t, PyMapping_Size, -1, bindery_object)
BINDERY_1(long, PyLong_AsLong, -1, bindery_object)
BINDERY_1(long long, PyLong_AsLongLong, -1, bindery_object)
BINDERY_1(Py_ssize_t, PyLong_AsSsize_t, -1, bindery_object)
BINDERY_1(size_t, PyLong_AsSize_t, (size_t)-1, bindery_object)
BINDERY_1(unsigned long, PyLong_AsUnsignedLong, (unsigned long)-1, bindery_object)
BINDERY_1(double, PyLong_AsDouble, -1.0, bindery_object)
BINDERY_1(double, PyFloat_AsDouble, -1.0, bindery_object)
BINDERY_1(bindery_text, PyUnicode_AsUTF8, NULL, bindery_object)
BINDERY_2(bindery_text, PyUnicode_AsUTF8AndSize, NULL, bindery_object, Py_ssize_t *)

BINDERY_ALLOCATE_1(malloc)
BINDERY_ALLOCATE_2(calloc, size_t)
BINDERY_ALLOCATE_2(realloc, void *)
BINDERY_ALLOCATE_1(PyMem_Malloc)
BINDERY_ALLOCATE_2(PyMem_Calloc, size_t)
BINDERY_ALLOCATE_2(PyMem_Realloc, void *)
BINDERY_ALLOCATE_1(PyMem_RawMalloc)
BINDERY_ALLOCATE_1(PyObject_Malloc)

/* Setters that steal: the item is gone even when they fail. */
#define BINDERY_STEALS(name) \
    BINDERY_LOCAL int bindery_##name(int line, PyObject *into, Py_ssize_t at, PyObject *item) { \
        if (!bindery_fault_raised(#name, line)) return name(into, at, item); \
        bindery_xrelease(item, line); \
        return -1; \
    }
BINDERY_STEALS(PyList_SetItem)
BINDERY_STEALS(PyTuple_SetItem)

/* A failed request for a buffer leaves a view that may be released. */
BINDERY_LOCAL int bindery_PyObject_GetBuffer(int line, PyObject *op, Py_buffer *view, int flags) {
    if (!bindery_fault_raised("PyObject_GetBuffer", line)) return PyObject_GetBuffer(op, view, flags);
    view->obj = NULL;
    return -1;
}

/* Those that take any number of arguments. What a format takes over ("N") is
 * taken over on failure too. */
BINDERY_LOCAL PyObject *bindery_unless(const char *name, int line, PyObject *made) {
    if (!bindery_fault_now(name, line)) return made;
    bindery_xrelease(made, line);
    return PyErr_NoMemory();
}
BINDERY_LOCAL PyObject *bindery_Py_BuildValue(int line, const char *format, ...) {
    va_list values;
    va_start(values, format);
    PyObject *made = Py_VaBuildValue(format, values);
    va_end(values);
    return bindery_unless("Py_BuildValue", line, made);
}
BINDERY_LOCAL PyObject *bindery_PyUnicode_FromFormat(int line, const char *format, ...) {
    va_list values;
    va_start(values, format);
    PyObject *made = PyUnicode_FromFormatV(format, values);
    va_end(values);
    return bindery_unless("PyUnicode_FromFormat", line, made);
}
BINDERY_LOCAL PyObject *bindery_objects(PyObject *first, Py_ssize_t count, va_list rest) {
    PyObject *list = count < 0 ? PyList_New(0) : NULL, *tuple;
    if (!list) { /* so many */
        tuple = PyTuple_New(count);
        for (Py_ssize_t i = 0; tuple && i < count; i++) {
            PyObject *item = va_arg(rest, PyObject *);
            Py_INCREF(item);
            PyTuple_SET_ITEM(tuple, i, item);
        }
        return tuple;
    }
    /* up to a NULL */
    for (PyObject *item = first; item; item = va_arg(rest, PyObject *)) PyList_Append(list, item);
    tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}
BINDERY_LOCAL PyObject *bindery_PyTuple_Pack(int line, Py_ssize_t count, ...) {
    va_list rest;
    va_start(rest, count);
    PyObject *made = bindery_objects(NULL, count, rest);
    va_end(rest);
    return bindery_unless("PyTuple_Pack", line, made);
}
/* Calls `function` unless it is to fail; both are taken over. */
BINDERY_LOCAL PyObject *bindery_called(const char *name, int line, PyObject *function, PyObject *args) {
    PyObject *result = NULL;
    int fails = bindery_fault_raised(name, line);
    if (!fails && function && args)
        result = PyTuple_Check(args) ? PyObject_CallObject(function, args) : PyObject_CallOneArg(function, args);
    Py_XDECREF(function);
    bindery_xrelease(args, line);
    return result;
}
BINDERY_LOCAL PyObject *bindery_PyObject_CallFunction(int line, PyObject *function, const char *format, ...) {
    va_list values;
    va_start(values, format);
    PyObject *args = format && *format ? Py_VaBuildValue(format, values) : PyTuple_New(0);
    va_end(values);
    Py_INCREF(function);
    return bindery_called("PyObject_CallFunction", line, function, args);
}
BINDERY_LOCAL PyObject *bindery_PyObject_CallMethod(
    int line, PyObject *op, const char *method, const char *format, ...) {
    va_list values;
    va_start(values, format);
    PyObject *args = format && *format ? Py_VaBuildValue(format, values) : PyTuple_New(0);
    va_end(values);
    PyObject *function = args ? PyObject_GetAttrString(op, method) : NULL;
    return bindery_called("PyObject_CallMethod", line, function, args);
}
BINDERY_LOCAL PyObject *bindery_PyObject_CallFunctionObjArgs(int line, PyObject *function, PyObject *first, ...) {
    va_list rest;
    va_start(rest, first);
    PyObject *args = bindery_objects(first, -1, rest);
    va_end(rest);
    Py_INCREF(function);
    return bindery_called("PyObject_CallFunctionObjArgs", line, function, args);
}
BINDERY_LOCAL int bindery_PyArg_ParseTuple(int line, PyObject *args, const char *format, ...) {
    if (bindery_fault_raised("PyArg_ParseTuple", line)) return 0;
    va_list places;
    va_start(places, format);
    int parsed = PyArg_VaParse(args, format, places);
    va_end(places);
    return parsed;
}

/* --- the names the learner knows ------------------------------------------- */

/* The old headers name some of these by macros of their own. */
#undef Py_BuildValue
#undef PyArg_ParseTuple
#undef PyObject_CallFunction
#undef PyObject_CallMethod
#undef Py_DECREF
#undef Py_XDECREF
#define Py_DECREF(op) bindery_release((PyObject *)(op), __LINE__)
#define Py_XDECREF(op) bindery_xrelease((PyObject *)(op), __LINE__)
#define PyDict_New() bindery_PyDict_New(__LINE__)
#define PyList_New(...) bindery_PyList_New(__LINE__, __VA_ARGS__)
#define PyList_AsTuple(...) bindery_PyList_AsTuple(__LINE__, __VA_ARGS__)
#define PyList_GetSlice(...) bindery_PyList_GetSlice(__LINE__, __VA_ARGS__)
#define PyTuple_New(...) bindery_PyTuple_New(__LINE__, __VA_ARGS__)
#define PyTuple_GetSlice(...) bindery_PyTuple_GetSlice(__LINE__, __VA_ARGS__)
#define PyDict_Copy(...) bindery_PyDict_Copy(__LINE__, __VA_ARGS__)
#define PyDict_Keys(...) bindery_PyDict_Keys(__LINE__, __VA_ARGS__)
#define PyDict_Values(...) bindery_PyDict_Values(__LINE__, __VA_ARGS__)
#define PyDict_Items(...) bindery_PyDict_Items(__LINE__, __VA_ARGS__)
#define PySet_New(...) bindery_PySet_New(__LINE__, __VA_ARGS__)
#define PyFrozenSet_New(...) bindery_PyFrozenSet_New(__LINE__, __VA_ARGS__)
#define PyLong_FromLong(...) bindery_PyLong_FromLong(__LINE__, __VA_ARGS__)
#define PyLong_FromLongLong(...) bindery_PyLong_FromLongLong(__LINE__, __VA_ARGS__)
#define PyLong_FromSsize_t(...) bindery_PyLong_FromSsize_t(__LINE__, __VA_ARGS__)
#define PyLong_FromSize_t(...) bindery_PyLong_FromSize_t(__LINE__, __VA_ARGS__)
#define PyLong_FromUnsignedLong(...) bindery_PyLong_FromUnsignedLong(__LINE__, __VA_ARGS__)
#define PyLong_FromUnsignedLongLong(...) bindery_PyLong_FromUnsignedLongLong(__LINE__, __VA_ARGS__)
#define PyLong_FromDouble(...) bindery_PyLong_FromDouble(__LINE__, __VA_ARGS__)
#define PyFloat_FromDouble(...) bindery_PyFloat_FromDouble(__LINE__, __VA_ARGS__)
#define PyUnicode_FromString(...) bindery_PyUnicode_FromString(__LINE__, __VA_ARGS__)
#define PyUnicode_FromStringAndSize(...) bindery_PyUnicode_FromStringAndSize(__LINE__, __VA_ARGS__)
#define PyUnicode_Concat(...) bindery_PyUnicode_Concat(__LINE__, __VA_ARGS__)
#define PyUnicode_Join(...) bindery_PyUnicode_Join(__LINE__, __VA_ARGS__)
#define PyUnicode_AsUTF8String(...) bindery_PyUnicode_AsUTF8String(__LINE__, __VA_ARGS__)
#define PyBytes_FromString(...) bindery_PyBytes_FromString(__LINE__, __VA_ARGS__)
#define PyBytes_FromStringAndSize(...) bindery_PyBytes_FromStringAndSize(__LINE__, __VA_ARGS__)
#define PySequence_Fast(...) bindery_PySequence_Fast(__LINE__, __VA_ARGS__)
#define PySequence_List(...) bindery_PySequence_List(__LINE__, __VA_ARGS__)
#define PySequence_Tuple(...) bindery_PySequence_Tuple(__LINE__, __VA_ARGS__)
#define PySequence_GetItem(...) bindery_PySequence_GetItem(__LINE__, __VA_ARGS__)
#define PyMapping_GetItemString(...) bindery_PyMapping_GetItemString(__LINE__, __VA_ARGS__)
#define PyObject_GetItem(...) bindery_PyObject_GetItem(__LINE__, __VA_ARGS__)
#define PyObject_GetIter(...) bindery_PyObject_GetIter(__LINE__, __VA_ARGS__)
#define PyObject_GetAttr(...) bindery_PyObject_GetAttr(__LINE__, __VA_ARGS__)
#define PyObject_GetAttrString(...) bindery_PyObject_GetAttrString(__LINE__, __VA_ARGS__)
#define PyObject_RichCompare(...) bindery_PyObject_RichCompare(__LINE__, __VA_ARGS__)
#define PyObject_Str(...) bindery_PyObject_Str(__LINE__, __VA_ARGS__)
#define PyObject_Repr(...) bindery_PyObject_Repr(__LINE__, __VA_ARGS__)
#define PyObject_CallNoArgs(...) bindery_PyObject_CallNoArgs(__LINE__, __VA_ARGS__)
#define PyObject_CallOneArg(...) bindery_PyObject_CallOneArg(__LINE__, __VA_ARGS__)
#define PyObject_CallObject(...) bindery_PyObject_CallObject(__LINE__, __VA_ARGS__)
#define PyObject_Call(...) bindery_PyObject_Call(__LINE__, __VA_ARGS__)
#define PyNumber_Add(...) bindery_PyNumber_Add(__LINE__, __VA_ARGS__)
#define PyNumber_Subtract(...) bindery_PyNumber_Subtract(__LINE__, __VA_ARGS__)
#define PyNumber_Multiply(...) bindery_PyNumber_Multiply(__LINE__, __VA_ARGS__)
#define PyNumber_TrueDivide(...) bindery_PyNumber_TrueDivide(__LINE__, __VA_ARGS__)
#define PyNumber_FloorDivide(...) bindery_PyNumber_FloorDivide(__LINE__, __VA_ARGS__)
#define PyNumber_Float(...) bindery_PyNumber_Float(__LINE__, __VA_ARGS__)
#define PyNumber_Long(...) bindery_PyNumber_Long(__LINE__, __VA_ARGS__)
#define PyNumber_Index(...) bindery_PyNumber_Index(__LINE__, __VA_ARGS__)
#define PyImport_ImportModule(...) bindery_PyImport_ImportModule(__LINE__, __VA_ARGS__)
#define PyIter_Next(...) bindery_PyIter_Next(__LINE__, __VA_ARGS__)
#define PyDict_GetItemWithError(...) bindery_PyDict_GetItemWithError(__LINE__, __VA_ARGS__)
#define PyDict_SetDefault(...) bindery_PyDict_SetDefault(__LINE__, __VA_ARGS__)
#define PyList_Append(...) bindery_PyList_Append(__LINE__, __VA_ARGS__)
#define PyList_Insert(...) bindery_PyList_Insert(__LINE__, __VA_ARGS__)
#define PyList_Sort(...) bindery_PyList_Sort(__LINE__, __VA_ARGS__)
#define PyDict_SetItem(...) bindery_PyDict_SetItem(__LINE__, __VA_ARGS__)
#define PyDict_SetItemString(...) bindery_PyDict_SetItemString(__LINE__, __VA_ARGS__)
#define PyDict_Contains(...) bindery_PyDict_Contains(__LINE__, __VA_ARGS__)
#define PyDict_Update(...) bindery_PyDict_Update(__LINE__, __VA_ARGS__)
#define PySet_Add(...) bindery_PySet_Add(__LINE__, __VA_ARGS__)
#define PySet_Contains(...) bindery_PySet_Contains(__LINE__, __VA_ARGS__)
#define PySequence_Contains(...) bindery_PySequence_Contains(__LINE__, __VA_ARGS__)
#define PySequence_SetItem(...) bindery_PySequence_SetItem(__LINE__, __VA_ARGS__)
#define PyObject_SetItem(...) bindery_PyObject_SetItem(__LINE__, __VA_ARGS__)
#define PyObject_SetAttr(...) bindery_PyObject_SetAttr(__LINE__, __VA_ARGS__)
#define PyObject_SetAttrString(...) bindery_PyObject_SetAttrString(__LINE__, __VA_ARGS__)
#define PyObject_IsTrue(...) bindery_PyObject_IsTrue(__LINE__, __VA_ARGS__)
#define PyObject_IsInstance(...) bindery_PyObject_IsInstance(__LINE__, __VA_ARGS__)
#define PyObject_RichCompareBool(...) bindery_PyObject_RichCompareBool(__LINE__, __VA_ARGS__)
#define PyObject_Hash(...) bindery_PyObject_Hash(__LINE__, __VA_ARGS__)
#define PyObject_Size(...) bindery_PyObject_Size(__LINE__, __VA_ARGS__)
#define PySequence_Size(...) bindery_PySequence_Size(__LINE__, __VA_ARGS__)
#define PyMapping_Size(...) bindery_PyMapping_Size(__LINE__, __VA_ARGS__)
#define PyLong_AsLong(...) bindery_PyLong_AsLong(__LINE__, __VA_ARGS__)
#define PyLong_AsSsize_t(...) bindery_PyLong_AsSsize_t(__LINE__, __VA_ARGS__)
#define PyLong_AsSize_t(...) bindery_PyLong_AsSize_t(__LINE__, __VA_ARGS__)
#define PyLong_AsDouble(...) bindery_PyLong_AsDouble(__LINE__, __VA_ARGS__)
#define PyFloat_AsDouble(...) bindery_PyFloat_AsDouble(__LINE__, __VA_ARGS__)
#define PyUnicode_AsUTF8(...) bindery_PyUnicode_AsUTF8(__LINE__, __VA_ARGS__)
#define PyUnicode_AsUTF8AndSize(...) bindery_PyUnicode_AsUTF8AndSize(__LINE__, __VA_ARGS__)
#define malloc(...) bindery_malloc(__LINE__, __VA_ARGS__)
#define calloc(...) bindery_calloc(__LINE__, __VA_ARGS__)
#define realloc(...) bindery_realloc(__LINE__, __VA_ARGS__)
#define PyMem_Malloc(...) bindery_PyMem_Malloc(__LINE__, __VA_ARGS__)
#define PyMem_Calloc(...) bindery_PyMem_Calloc(__LINE__, __VA_ARGS__)
#define PyMem_Realloc(...) bindery_PyMem_Realloc(__LINE__, __VA_ARGS__)
#define PyMem_RawMalloc(...) bindery_PyMem_RawMalloc(__LINE__, __VA_ARGS__)
#define PyObject_Malloc(...) bindery_PyObject_Malloc(__LINE__, __VA_ARGS__)
#define PyList_SetItem(...) bindery_PyList_SetItem(__LINE__, __VA_ARGS__)
#define PyTuple_SetItem(...) bindery_PyTuple_SetItem(__LINE__, __VA_ARGS__)
#define PyObject_GetBuffer(...) bindery_PyObject_GetBuffer(__LINE__, __VA_ARGS__)
#define Py_BuildValue(...) bindery_Py_BuildValue(__LINE__, __VA_ARGS__)
#define PyUnicode_FromFormat(...) bindery_PyUnicode_FromFormat(__LINE__, __VA_ARGS__)
#define PyTuple_Pack(...) bindery_PyTuple_Pack(__LINE__, __VA_ARGS__)
#define PyObject_CallFunction(...) bindery_PyObject_CallFunction(__LINE__, __VA_ARGS__)
#define PyObject_CallMethod(...) bindery_PyObject_CallMethod(__LINE__, __VA_ARGS__)
#define PyObject_CallFunctionObjArgs(...) bindery_PyObject_CallFunctionObjArgs(__LINE__, __VA_ARGS__)
#define PyArg_ParseTuple(...) bindery_PyArg_ParseTuple(__LINE__, __VA_ARGS__)

#endif
