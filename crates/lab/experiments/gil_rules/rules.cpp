// What happens to somebody who breaks the rules of the GIL, and what to do instead.
// EVERY FUNCTION HERE WHOSE NAME BEGINS WITH `wrong_` IS WRONG, on purpose.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#ifdef __linux__
#include <sched.h>
#include <unistd.h>
#endif

// ANCHOR: python_without_the_gil
static PyObject *wrong_append(PyObject *, PyObject *list)
{
    Py_BEGIN_ALLOW_THREADS
    PyList_Append(list, Py_None);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *wrong_error(PyObject *, PyObject *)
{
    Py_BEGIN_ALLOW_THREADS
    PyErr_SetString(PyExc_ValueError, "no good");
    Py_END_ALLOW_THREADS
    return nullptr;
}
// ANCHOR_END: python_without_the_gil

// ANCHOR: python_with_the_gil_again
static PyObject *right_append(PyObject *, PyObject *list)
{
    Py_BEGIN_ALLOW_THREADS
    // Native work would be here. In between, for the one call, the GIL is taken again.
    PyGILState_STATE state = PyGILState_Ensure();
    int failed = PyList_Append(list, Py_None);
    PyErr_Clear();
    PyGILState_Release(state);
    (void)failed;
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}
// ANCHOR_END: python_with_the_gil_again

// The second of two threads is put on another core than the first, where the system can:
// on a busy machine they are else often put on the same one, one after the other.
static void take_core(int index)
{
#ifdef __linux__
    cpu_set_t all, one;
    sched_getaffinity(getpid(), sizeof all, &all);
    CPU_ZERO(&one);
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (CPU_ISSET(core, &all) && index-- == 0) {
            CPU_SET(core, &one);
            sched_setaffinity(0, sizeof one, &one);
        }
    }
#endif
}

// ANCHOR: counting_without_the_gil
// Takes references. `Py_INCREF` reads the count, adds one and writes it back; between
// reading and writing, another thread may have written.
static void refer(PyObject *object, long times)
{
    for (long i = 0; i < times; i++) {
        Py_INCREF(object);
        // Keeps the compiler from adding them all at once.
        __asm__ volatile("" ::: "memory");
    }
}
// ANCHOR_END: counting_without_the_gil

// lost_references(object, times, with_gil): how many of the references that two threads
// have taken are missing from the count. Those that are in it are given back.
static PyObject *lost_references(PyObject *, PyObject *args)
{
    PyObject *object;
    long times;
    int with_gil;
    if (!PyArg_ParseTuple(args, "Olp", &object, &times, &with_gil)) {
        return nullptr;
    }
    Py_ssize_t before = Py_REFCNT(object);
    std::atomic<int> arrived{0};
    auto work = [&](int index) {
        take_core(index);
        arrived++;
        while (arrived < 2) {
        }
        if (with_gil) {
            PyGILState_STATE state = PyGILState_Ensure();
            refer(object, times);
            PyGILState_Release(state);
        } else {
            refer(object, times);
        }
    };
    Py_BEGIN_ALLOW_THREADS
    std::thread one(work, 0), other(work, 1);
    one.join();
    other.join();
    Py_END_ALLOW_THREADS
    Py_ssize_t counted = Py_REFCNT(object) - before;
    for (Py_ssize_t i = 0; i < counted; i++) {
        Py_DECREF(object);
    }
    return PyLong_FromSsize_t(2 * times - counted);
}

static PyObject *wrong_return(PyObject *, PyObject *)
{
    // Gives the GIL back and never takes it again.
    PyEval_SaveThread();
    return PyLong_FromLong(1);
}

// ANCHOR: an_exception_jumps_over_the_macro
static PyObject *wrong_throw(PyObject *, PyObject *)
{
    try {
        Py_BEGIN_ALLOW_THREADS
        throw std::runtime_error("the work failed");
        Py_END_ALLOW_THREADS
    } catch (const std::exception &error) {
        // The second macro was jumped over: this runs without the GIL.
        PyErr_SetString(PyExc_RuntimeError, error.what());
        return nullptr;
    }
    Py_RETURN_NONE;
}

class Released {
    PyThreadState *mine = PyEval_SaveThread();

public:
    ~Released() { PyEval_RestoreThread(mine); }
};

static PyObject *right_throw(PyObject *, PyObject *)
{
    try {
        Released released;
        throw std::runtime_error("the work failed");
    } catch (const std::exception &error) {
        // The destructor ran before the handler: the GIL is here again.
        PyErr_SetString(PyExc_RuntimeError, error.what());
        return nullptr;
    }
    Py_RETURN_NONE;
}
// ANCHOR_END: an_exception_jumps_over_the_macro

// What a C++ thread does that has something to tell to Python.
static void tell(PyObject *list)
{
    PyGILState_STATE state = PyGILState_Ensure();
    if (PyList_Append(list, Py_None) < 0) {
        PyErr_WriteUnraisable(list);
    }
    PyGILState_Release(state);
}

// ANCHOR: waiting_with_the_gil
static PyObject *wrong_wait(PyObject *, PyObject *list)
{
    std::thread worker(tell, list);
    // The worker waits for the GIL, which this thread has; this thread waits for the worker.
    worker.join();
    Py_RETURN_NONE;
}

static PyObject *right_wait(PyObject *, PyObject *list)
{
    std::thread worker(tell, list);
    Py_BEGIN_ALLOW_THREADS
    worker.join();
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}
// ANCHOR_END: waiting_with_the_gil

static PyMethodDef methods[] = {
    {"wrong_append", wrong_append, METH_O, nullptr},
    {"wrong_error", wrong_error, METH_NOARGS, nullptr},
    {"right_append", right_append, METH_O, nullptr},
    {"lost_references", lost_references, METH_VARARGS, nullptr},
    {"wrong_return", wrong_return, METH_NOARGS, nullptr},
    {"wrong_throw", wrong_throw, METH_NOARGS, nullptr},
    {"right_throw", right_throw, METH_NOARGS, nullptr},
    {"wrong_wait", wrong_wait, METH_O, nullptr},
    {"right_wait", right_wait, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "rules", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_rules()
{
    return PyModule_Create(&module);
}
