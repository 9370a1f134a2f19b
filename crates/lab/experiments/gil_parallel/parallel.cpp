// Work for several threads: Python's own, and threads that C++ starts.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sched.h>
#include <unistd.h>
#endif

using Clock = std::chrono::steady_clock;

// Where results go that nobody asks for: the compiler must not think them useless.
static std::atomic<unsigned long long> kept;

// Steps that have to be done one after the other, in registers. No Python here.
static void compute(long steps)
{
    unsigned long long x = 88172645463325252ULL;
    for (long i = 0; i < steps; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    kept = x;
}

static PyObject *held(PyObject *, PyObject *steps)
{
    compute(PyLong_AsLong(steps));
    Py_RETURN_NONE;
}

static PyObject *released(PyObject *, PyObject *arg)
{
    long steps = PyLong_AsLong(arg);
    Py_BEGIN_ALLOW_THREADS
    compute(steps);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

// Gives one of several threads a core of its own, where the system can: on a busy machine
// two threads are else often put on the same one.
static void take_core(int index, int count)
{
#ifdef __linux__
    if (count < 2) {
        return;
    }
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

// Waits for the others of a group, without sleeping: all leave it at the same moment.
static void meet(std::atomic<int> &arrived, int count)
{
    auto patience = Clock::now() + std::chrono::milliseconds(5);
    int all = (arrived++ / count + 1) * count;
    while (arrived < all) {
        if (Clock::now() > patience) {
            std::this_thread::yield();
        }
    }
}

// Does the work in so many threads. Returns the nanoseconds from the moment when all of
// them were there to the one when the last had finished.
template <typename Work> static long long in_threads(int count, Work work)
{
    std::atomic<int> arrived{0};
    std::vector<Clock::time_point> begun(count), ended(count);
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++) {
        threads.emplace_back([&, i] {
            take_core(i, count);
            meet(arrived, count);
            begun[i] = Clock::now();
            work();
            ended[i] = Clock::now();
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    auto took = *std::max_element(ended.begin(), ended.end()) -
                *std::min_element(begun.begin(), begun.end());
    return std::chrono::nanoseconds(took).count();
}

// ANCHOR: cpp_threads_without_python
// quiet_threads(count, steps): threads that touch no Python. This function does not let
// go of the GIL at all, and they run all the same: nobody asks them for it.
static PyObject *quiet_threads(PyObject *, PyObject *args)
{
    int count;
    long steps;
    if (!PyArg_ParseTuple(args, "il", &count, &steps)) {
        return nullptr;
    }
    return PyLong_FromLongLong(in_threads(count, [=] { compute(steps); }));
}
// ANCHOR_END: cpp_threads_without_python

// ANCHOR: cpp_threads_that_call_python
// calling_threads(count, items, steps, callable): for each item some steps, and then a call
// into Python, for which the thread needs the GIL.
static PyObject *calling_threads(PyObject *, PyObject *args)
{
    int count;
    long items, steps;
    PyObject *callable;
    if (!PyArg_ParseTuple(args, "illO", &count, &items, &steps, &callable)) {
        return nullptr;
    }
    long long took;
    // Who waits for these threads must not keep what they wait for. `callable` is borrowed
    // from the caller's arguments, which stay alive until this function returns.
    Py_BEGIN_ALLOW_THREADS
    took = in_threads(count, [=] {
        for (long i = 0; i < items; i++) {
            compute(steps);
            PyGILState_STATE state = PyGILState_Ensure();
            PyObject *result = PyObject_CallNoArgs(callable);
            if (result == nullptr) {
                PyErr_WriteUnraisable(callable);
            }
            Py_XDECREF(result);
            PyGILState_Release(state);
        }
    });
    Py_END_ALLOW_THREADS
    return PyLong_FromLongLong(took);
}
// ANCHOR_END: cpp_threads_that_call_python

// Two threads are inside this at the same time, or the first one gives up after a while.
class Place {
    std::atomic<int> inside{0};
    std::atomic<bool> met{false};

public:
    bool meets(int milliseconds)
    {
        auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
        if (++inside == 2) {
            met = true;
        }
        while (!met && Clock::now() < until) {
            std::this_thread::yield();
        }
        inside--;
        return met;
    }
    void clear() { met = false; }
};

static Place place;

static PyObject *meets_held(PyObject *, PyObject *milliseconds)
{
    return PyBool_FromLong(place.meets(PyLong_AsLong(milliseconds)));
}

static PyObject *meets_released(PyObject *, PyObject *arg)
{
    int milliseconds = PyLong_AsLong(arg);
    bool met;
    Py_BEGIN_ALLOW_THREADS
    met = place.meets(milliseconds);
    Py_END_ALLOW_THREADS
    return PyBool_FromLong(met);
}

// Two C++ threads, while the caller keeps the GIL.
static PyObject *meet_quietly(PyObject *, PyObject *arg)
{
    int milliseconds = PyLong_AsLong(arg);
    std::atomic<int> met{0};
    in_threads(2, [&] { met += place.meets(milliseconds); });
    return PyBool_FromLong(met == 2);
}

// together(index, count): Python threads that call this leave it at the same moment, as far
// as the GIL lets them, each on a core of its own.
static PyObject *together(PyObject *, PyObject *args)
{
    static std::atomic<int> arrived[3];
    int index, count;
    if (!PyArg_ParseTuple(args, "ii", &index, &count)) {
        return nullptr;
    }
    Py_BEGIN_ALLOW_THREADS
    take_core(index, count);
    meet(arrived[count], count);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *clear(PyObject *, PyObject *)
{
    place.clear();
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"held", held, METH_O, nullptr},
    {"released", released, METH_O, nullptr},
    {"quiet_threads", quiet_threads, METH_VARARGS, nullptr},
    {"calling_threads", calling_threads, METH_VARARGS, nullptr},
    {"meets_held", meets_held, METH_O, nullptr},
    {"meets_released", meets_released, METH_O, nullptr},
    {"meet_quietly", meet_quietly, METH_O, nullptr},
    {"together", together, METH_VARARGS, nullptr},
    {"clear", clear, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "parallel", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_parallel()
{
    return PyModule_Create(&module);
}
