"""Four mistakes in C, and who notices which."""

import ctypes
import os
import signal
import sys
import sysconfig

import lab

PROGRAM = lab.here / "page.py"
SOURCE = lab.here / "frail.c"

CRASH = ["letters", 2]
OVERFLOW = ["copied", "Emma Woodhouse"]
OVERFLOW_IN_PYTHONS = ["copied_by_python", "Emma Woodhouse"]
UNDEFINED = ["next", 2**31 - 1]
ROUNDS = 7
WORK = ["shuffled", 500_000] * ROUNDS


def line(mistake):
    """File and line of a mistake, as a debugger writes it."""
    lines = enumerate(SOURCE.read_text().splitlines(), 1)
    number = next(number for number, text in lines if f"mistake: {mistake}" in text)
    return f"frail.c:{number}"


def program(*calls, options=(), module="frail"):
    return [sys.executable, "-s", *options, PROGRAM, module, *calls]


def said(run):
    return run.stdout + run.stderr


def results(run):
    return [line.rsplit(", ", 1)[0] for line in run.stdout.splitlines()]


def best(run):
    """The least time that a call of `WORK` took, or 0 where it was not reached."""
    calls = run.stdout.splitlines()[-ROUNDS:]
    return min((int(line.rsplit(", ", 1)[1]) for line in calls), default=0)


def sanitized(name, kind):
    """`frail` once more, with the compiler looking on; the path of what it needs to run."""
    cc = lab.tool("cc", for_facts=[name])
    runtime = cc and lab.run([cc, f"-print-file-name=lib{name}.so"]).stdout.strip()
    if not runtime or not os.path.isabs(runtime):
        lab.missing(name, f"the C compiler has no lib{name} here")
        return None
    # ANCHOR: compiled_with_a_sanitizer
    file = lab.scratch / f"frail_{name}.so"
    options = ["-g", "-O1", "-fPIC", "-shared", f"-fsanitize={kind}"]
    options += [f"-DMODULE=frail_{name}", "-I", sysconfig.get_path("include")]
    compiled = lab.run([cc, *options, SOURCE, "-o", file])
    # ANCHOR_END: compiled_with_a_sanitizer
    if compiled.returncode != 0:
        lab.missing(name, f"the C compiler refuses -fsanitize={kind}")
        return None
    return runtime


sys.path.insert(0, str(lab.scratch))
frail = lab.module("frail", for_series=["plain", "gdb", "valgrind", "asan", "ubsan", "dev"])

# What a user sees, with no tool at all.
if frail:
    crash = lab.run(program(*CRASH))
    died = crash.returncode < 0
    lab.fact("plain_signal", signal.Signals(-crash.returncode).name if died else "none")
    lab.fact("plain_words", len(said(crash).split()))

    # The overflow goes into room that `malloc` had left over.
    unseen = lab.run(program(*OVERFLOW))
    lab.fact("plain_overflow_unseen", (unseen.returncode, results(unseen)) == (0, OVERFLOW[1:]))
    unseen = lab.run(program(*UNDEFINED))
    lab.fact("plain_sum_unseen", unseen.returncode == 0 and not unseen.stderr)
    lab.fact("plain_sum", int((results(unseen) or [0])[0]))
    usual = best(lab.run(program(*WORK)))

    handler = said(lab.run(program(*CRASH, options=["-X", "faulthandler"])))
    lab.fact("plain_handler_knows_python", "in read_page" in handler and "in read_book" in handler)
    lab.fact("plain_handler_knows_c", "frail.c" in handler)

    # The debug hooks of Python's own allocator put a fence around each block of it.
    dev = lab.run(program(*OVERFLOW_IN_PYTHONS, options=["-X", "dev"]))
    lab.fact("dev_sees_its_own", dev.returncode != 0 and "bad trailing pad byte" in said(dev))
    dev = lab.run(program(*OVERFLOW, options=["-X", "dev"]))
    lab.fact("dev_sees_others", dev.returncode != 0)

# gdb: the crash alone, for what does not crash is not its business.
if frail and (gdb := lab.tool("gdb")):
    # ANCHOR: both_stacks_from_gdb
    watched = program(*CRASH, options=["-X", "faulthandler"])
    steps = ["-ex", "run", "-ex", "backtrace", "-ex", "continue"]
    report = lab.run([gdb, "--batch", "-nx", *steps, "--args", *watched])
    # ANCHOR_END: both_stacks_from_gdb
    if "SIGSEGV" in said(report) or "[Inferior 1" in said(report):
        lab.fact("gdb_names_the_line", line("no title") in said(report))
        lab.fact("gdb_python_stack_too", "in read_page" in said(report))
    else:
        lab.missing("gdb", "gdb is not allowed to run a program here")

# valgrind: the program as it is, on a processor made of software.
if frail and (valgrind := lab.tool("valgrind")):
    watched = program(*OVERFLOW, *UNDEFINED, *WORK, options=["-S"])
    report = lab.run([valgrind, *watched])
    lab.fact("valgrind_says", "Invalid write" in said(report))
    lab.fact("valgrind_names_the_line", line("no room") in said(report))
    lab.fact("valgrind_sees_the_sum", line("too large") in said(report))
    lab.fact("valgrind_slower", best(report) / usual)

# AddressSanitizer: the module compiled anew, and its runtime loaded before anything else.
if frail and (runtime := sanitized("asan", "address")):
    late = lab.run(program(*OVERFLOW, module="frail_asan"))
    lab.fact("asan_must_be_first", late.returncode != 0 and "does not come first" in said(late))
    # ANCHOR: its_runtime_first
    first = {"LD_PRELOAD": runtime, "ASAN_OPTIONS": "detect_leaks=0"}
    report = lab.run(program(*OVERFLOW, module="frail_asan"), environment=first)
    # ANCHOR_END: its_runtime_first
    lab.fact("asan_says", report.returncode != 0 and "heap-buffer-overflow" in said(report))
    lab.fact("asan_names_the_line", line("no room") in said(report))
    unseen = lab.run(program(*UNDEFINED, *WORK, module="frail_asan"), environment=first)
    lab.fact("asan_sees_the_sum", unseen.returncode != 0 or line("too large") in said(unseen))
    lab.fact("asan_slower", best(unseen) / usual)

if frail and sanitized("ubsan", "undefined"):
    report = lab.run(program(*UNDEFINED, module="frail_ubsan"))
    lab.fact("ubsan_says", "signed integer overflow" in said(report))
    lab.fact("ubsan_names_the_line", line("too large") in said(report))

# Wrong types, which no tool above can know of: to the processor these are bytes.
if path := lab.library("average", for_series=["wrong_types"]):
    # ANCHOR: half_as_wide
    library = ctypes.CDLL(path)
    library.average.restype = ctypes.c_double
    pages = (ctypes.c_float * 4)(10, 20, 30, 40)  # C reads doubles
    told = library.average(pages, ctypes.c_size_t(2))
    # ANCHOR_END: half_as_wide
    lab.fact("wrong_types_right", told == 15.0)
    lab.fact("wrong_types_told", told)
    library.average.argtypes = [ctypes.POINTER(ctypes.c_double), ctypes.c_size_t]
    lab.fact("wrong_types_declared", lab.raised(library.average, pages, 2))
