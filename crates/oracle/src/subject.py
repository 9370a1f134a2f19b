"""The subject: a Python process that does what the judge asks and reports.

It imports what the learner built, calls it, and sends back what came of it. It
holds no expected value and passes no judgement. Everything travels on private
descriptors in the tagged format of `crates/wire`; standard output belongs to
the learner.

Kept small on purpose: every check starts one, and pays for each import here.
"""

import faulthandler
import gc
import json
import os
import sys

CHANNEL = int(os.environ.pop("BINDERY_CHANNEL"))
ECHO = int(os.environ.pop("BINDERY_ECHO"))
STACKS = int(os.environ.pop("BINDERY_STACKS"))
PROBE = os.environ.pop("BINDERY_PROBE", "")
MAX_FRAME = 8 << 20
MAX_DEPTH = 50
MAX_REPR = 400

# What the learner's code may replace later is fetched once, now.
read, write, dumps, loads = os.read, os.write, json.dumps, json.loads
getrefcount = sys.getrefcount
cause_of = BaseException.__cause__.__get__
context_of = BaseException.__context__.__get__
args_of = BaseException.args.__get__
traceback_of = BaseException.__traceback__.__get__
mro_of = type.__dict__["__mro__"].__get__

# The names that the checks' own Python sees.
scene = {"__name__": "scene", "__builtins__": __builtins__}
probe = None
# Objects with fewer references than owners: who let go of them would free them
# too early, so nobody does.
doomed = []
other_thread = None


class Refused(Exception):
    """The judge asked for something that cannot be done: its fault, no mark."""


# --- values ------------------------------------------------------------------


def encode(value, depth=0):
    kind = type(value)
    if depth > MAX_DEPTH:
        raise Refused("the value is nested too deep to be judged")
    if value is None:
        return ["n"]
    if kind is bool:
        return ["o", value]
    if kind is int:
        return ["i", format(value, "x")]
    if kind is float:
        import struct

        return ["f", struct.pack(">d", value).hex()]
    if kind is str:
        try:
            value.encode()
            return ["s", value]
        except UnicodeEncodeError:
            return ["u", [ord(c) for c in value]]
    if kind in (bytes, bytearray):
        return ["b", bytes(value).hex()]
    if kind in (list, tuple, set, frozenset):
        tag = "l" if kind is list else "t" if kind is tuple else "e"
        return [tag, [encode(item, depth + 1) for item in value]]
    if kind is dict:
        return ["d", [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]]
    try:
        text = repr(value)[:MAX_REPR]
        text.encode()
    except Exception:
        text = "<%s whose repr() fails>" % kind.__name__
    return ["x", name_of(kind), text]


def decode(tagged):
    tag, rest = tagged[0], tagged[1:]
    if tag == "n":
        return None
    if tag == "i":
        return int(rest[0], 16)
    if tag in "os":
        return rest[0]
    if tag == "f":
        import struct

        return struct.unpack(">d", bytes.fromhex(rest[0]))[0]
    if tag == "u":
        return "".join(map(chr, rest[0]))
    if tag == "b":
        return bytes.fromhex(rest[0])
    if tag == "d":
        return {decode(k): decode(v) for k, v in rest[0]}
    return {"l": list, "t": tuple, "e": set}[tag](decode(item) for item in rest[0])


def name_of(kind):
    module = getattr(kind, "__module__", "")
    return kind.__qualname__ if module in ("builtins", "scene") else "%s.%s" % (module, kind.__qualname__)


def encode_exception(error, depth=0):
    if error is None or depth > 8:
        return None
    try:
        message = str(error)
        message.encode()
    except Exception:
        message = "<str() fails>"
    try:
        args = [encode(a) for a in args_of(error)]
    except Exception:
        args = []
    places, tb = [], traceback_of(error)
    while tb is not None:
        code = tb.tb_frame.f_code
        if code.co_filename != __file__:
            places.append([code.co_filename, tb.tb_lineno, code.co_name])
        tb = tb.tb_next
    return {
        "type": name_of(type(error)),
        "bases": [name_of(base) for base in mro_of(type(error))],
        "args": args,
        "message": message,
        "cause": encode_exception(cause_of(error), depth + 1),
        "context": encode_exception(context_of(error), depth + 1),
        "traceback": places[-40:],
    }


# --- what the judge may ask --------------------------------------------------


def hello(ask):
    global probe
    faulthandler_options = {"file": STACKS, "all_threads": True}
    if PROBE:
        import ctypes

        probe = ctypes.CDLL(PROBE)
        probe.bindery_bytes_in_use.restype = ctypes.c_int64
        # Before faulthandler, so that faulthandler runs first.
        probe.bindery_report_crashes_to(STACKS)
    faulthandler.enable(**faulthandler_options)
    if probe is not None:
        probe.bindery_make_room_for_crashes()
    if hasattr(faulthandler, "register"):
        import signal

        faulthandler.register(signal.SIGUSR1, **faulthandler_options)
    return [list(sys.version_info[:2]), not getattr(sys, "_is_gil_enabled", lambda: True)()]


def load(ask):
    how, name, path = ask["how"], ask["name"], ask["path"]
    if how == "library":
        import ctypes

        scene[name] = ctypes.CDLL(path)
        return None
    from importlib.machinery import ExtensionFileLoader, ModuleSpec, SourceFileLoader

    sys.dont_write_bytecode = True
    loader = (ExtensionFileLoader if how == "extension" else SourceFileLoader)(name, path)
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    from importlib.util import module_from_spec

    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    scene[name] = module
    return None


def add_path(ask):
    sys.path.append(ask["path"])


def run(ask):
    exec(compile(ask["source"], ask["name"], "exec"), scene)


def call(ask):
    target = eval(ask["target"], scene)
    value = target(*[decode(arg) for arg in ask["args"]])
    if ask.get("bind"):
        scene[ask["bind"]] = value
        return None
    return value


def refcounts(ask):
    """How far the counts of the arguments and of what is in them moved, and the result's surplus."""
    function, make, rounds = eval(ask["call"], scene), eval(ask["make"], scene), ask["rounds"]
    arguments = make()
    names, watched = watch(arguments)
    for name, argument in zip(names, arguments):
        if is_immortal(argument):
            return [name]
    # A function that releases too much must not free what is being measured.
    kept = [[a] * (4 * rounds) for a in watched]
    for _ in range(3):
        call_quietly(function, arguments)
    result, again = call_quietly(function, arguments), call_quietly(function, arguments)
    surplus = 0
    if result is again:
        # One that was there before the call: its count must not move either.
        if not is_immortal(result) and all(result is not a for a in watched):
            names.append("its result")
            watched.append(result)
            kept.append([result] * (4 * rounds))
    elif all(result is not a for a in watched):
        # A fresh one, held by one local like `control`.
        control = object()
        surplus = getrefcount(result) - getrefcount(control)
    del result, again
    before = [getrefcount(a) for a in watched]
    for _ in range(rounds):
        call_quietly(function, arguments)
    moved = [getrefcount(a) - n for a, n in zip(watched, before)]
    if min(moved, default=0) < 0:
        doomed.append((kept, watched, arguments))
    return [names, moved, surplus]


def watch(arguments):
    """The arguments and the mortal objects right inside them, with a name for each."""
    names, watched = [], []
    for place, argument in enumerate(arguments):
        names.append("its argument" if len(arguments) == 1 else "argument %d" % (place + 1))
        watched.append(argument)
    for whose, argument in list(zip(names, watched)):
        parts = []
        if type(argument) in (list, tuple):
            parts = [("item %d" % (i + 1), item) for i, item in enumerate(argument[:32])]
        elif type(argument) is dict:
            for i, (key, value) in enumerate(list(argument.items())[:16]):
                parts += [("key %d" % (i + 1), key), ("value %d" % (i + 1), value)]
        elif not isinstance(argument, type) and type(getattr(argument, "__dict__", None)) is dict:
            parts = [("attribute `%s`" % name, value) for name, value in argument.__dict__.items()]
        for name, part in parts:
            if not is_immortal(part) and all(part is not a for a in watched):
                names.append("%s of %s" % (name, whose))
                watched.append(part)
    return names, watched


def is_immortal(value):
    """Whether its count never moves, in this Python or in a later one."""
    kind = type(value)
    return (
        getrefcount(value) > 1 << 28
        or value is None
        or value is Ellipsis
        or kind is bool
        or (kind is int and -5 <= value <= 256)
        or (kind in (str, bytes) and len(value) < 2)
        or (kind is tuple and not value)
    )


def call_quietly(function, arguments):
    try:
        return function(*arguments)
    except Exception:
        return None


def memory(ask):
    """Bytes and blocks that `rounds` calls left behind, and what as many empty calls do."""
    function, rounds = eval(ask["call"], scene), ask["rounds"]

    def empty():
        pass

    def left_by(function):
        for _ in range(64):
            function()
        bytes_before, blocks_before = in_use()
        for _ in range(rounds):
            function()
        bytes_after, blocks_after = in_use()
        return [bytes_after - bytes_before, blocks_after - blocks_before]

    return left_by(empty) + left_by(function)


def in_use():
    """Bytes and blocks in use, without what the interpreter itself would give back.

    A name looked up through C (`PyObject_GetAttrString`) is a new string each
    time, and the type cache keeps hundreds of them.
    """
    gc.collect()
    (getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache)()
    return probe.bindery_bytes_in_use(), sys.getallocatedblocks()


def start_echo(ask):
    """Starts the thread that answers while a kernel is at work; there is only one."""
    global other_thread
    if other_thread is not None:
        return other_thread.native_id
    import threading

    free_threaded = not getattr(sys, "_is_gil_enabled", lambda: True)()

    def echo():
        while nonce := read(ECHO, 16):
            # Here this thread holds the GIL. Where there is none to hold, stopping
            # the world is what an attached kernel would prevent.
            if free_threaded:
                gc.collect()
            write(ECHO, nonce)

    other_thread = threading.Thread(target=echo, name="the other thread", daemon=True)
    other_thread.start()
    return other_thread.native_id


def rehearse(ask):
    """Which calls that can fail the function comes by, when none does."""
    global faults
    import ctypes

    # The module's own library, which is loaded already. It frees objects, so it
    # is called with the GIL held.
    faults = ctypes.PyDLL(scene[ask["module"]].__file__)
    faults.bindery_fault_name.restype = ctypes.c_char_p
    function, make = eval(ask["call"], scene), eval(ask["make"], scene)
    arguments = make()
    kept = [[a] * 16 for a in watch(arguments)[1]]
    faults.bindery_fault_arm(0)
    try:
        function(*arguments)
    finally:
        over = faults.bindery_fault_settle()
    if over:
        doomed.append((kept, arguments))
    calls = range(1, min(faults.bindery_fault_count(), 256) + 1)
    return [[[faults.bindery_fault_name(i).decode(), faults.bindery_fault_line(i)] for i in calls], over]


def inject(ask):
    """Makes one of them fail, over and over, and sees what is left each time."""
    function, make, at = eval(ask["call"], scene), eval(ask["make"], scene), ask["at"]
    arguments = make()
    names, watched = watch(arguments)
    kept = [[a] * 1000 for a in watched]
    over = 0

    def once():
        nonlocal over
        faults.bindery_fault_arm(at)
        try:
            function(*arguments)
            return "a value"
        except SystemError as error:
            # The function itself raised no SystemError: the interpreter did,
            # about a value beside an exception, about NULL without one, or
            # about an argument that no caller should pass.
            said = str(error)
            kind = "both" if cause_of(error) else "neither" if "returned NULL" in said else "misuse"
            return kind + ": " + said
        except Exception:
            return "raised"
        finally:
            over = faults.bindery_fault_settle() or over

    outcome = once()
    if outcome != "raised" or over:
        doomed.append((kept, watched, arguments))
        return [outcome, over, "", 0, 0, 0]
    for _ in range(16):
        once()
    batches, rounds, left = 3, 40, []
    before = [getrefcount(a) for a in watched]
    for _ in range(batches):
        bytes_before, blocks_before = in_use()
        for _ in range(rounds):
            once()
        bytes_after, blocks_after = in_use()
        left.append((bytes_after - bytes_before, blocks_after - blocks_before))
    moved = [round((getrefcount(a) - n) / batches / rounds) for a, n in zip(watched, before)]
    # A leak leaves something in each batch; a cache that grows does so in one.
    left = [round(min(batch) / rounds) for batch in zip(*left)]
    worst = min(range(len(moved)), key=lambda i: (moved[i] >= 0, moved[i] == 0), default=None)
    if min(moved, default=0) < 0:
        doomed.append((kept, watched, arguments))
    if worst is None:
        return [outcome, over, "", 0] + left
    return [outcome, over, names[worst], moved[worst]] + left


ASKS = {
    f.__name__: f
    for f in (hello, load, add_path, run, call, refcounts, memory, start_echo, rehearse, inject)
}


# --- the conversation --------------------------------------------------------


def receive(count):
    parts = b""
    while len(parts) < count:
        part = read(CHANNEL, count - len(parts))
        if not part:
            os._exit(0)
        parts += part
    return parts


def send(reply):
    body = dumps(reply).encode()
    if len(body) > MAX_FRAME:
        body = dumps({"id": reply["id"], "refused": "the answer is too long to be judged"}).encode()
    body = memoryview(len(body).to_bytes(4, "big") + body)
    while body:
        body = body[write(CHANNEL, body) :]


def converse():
    while True:
        ask = loads(receive(int.from_bytes(receive(4), "big")))
        reply = {"id": ask["id"]}
        try:
            reply["value"] = encode(ASKS[ask["op"]](ask))
        except Refused as error:
            reply["refused"] = str(error)
        except BaseException as error:
            reply["raised"] = encode_exception(error)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        send(reply)


converse()
