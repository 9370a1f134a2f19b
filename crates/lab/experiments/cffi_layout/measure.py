"""Where CFFI and ctypes put the fields of a struct, and what they notice."""

import ctypes
import os
import re
import shlex
import shutil
import sys
import sysconfig
import warnings

import lab
from cffi import FFI

STRUCTS = (lab.here / "structs.h").read_text()
NAMES = re.findall(r"^struct (\w+)", STRUCTS, re.M)
PACKET = "struct packet { char tag; double value; };"

PRIMITIVES = {
    "char": ctypes.c_char,
    "unsigned char": ctypes.c_ubyte,
    "short": ctypes.c_short,
    "int": ctypes.c_int,
    "unsigned int": ctypes.c_uint,
    "double": ctypes.c_double,
    "long double": ctypes.c_longdouble,
}


class Row(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("field", ctypes.c_char_p),
        ("offset", ctypes.c_size_t),
        ("width", ctypes.c_size_t),
        ("size", ctypes.c_size_t),
    ]


def compilers_table(path):
    """Name of a struct and field, to the field's offset and width and the struct's size."""
    rows = (Row * 100).in_dll(ctypes.CDLL(path), "rows")
    table = {}
    for row in rows:
        if not row.name:
            return table
        table[row.name.decode(), row.field.decode()] = row.offset, row.width, row.size


def ctypes_of(of):
    """What somebody would write for ctypes, from what CFFI has read."""
    if of.kind == "primitive":
        return PRIMITIVES[of.cname]
    if of.kind in ("pointer", "function"):
        return ctypes.c_void_p
    if of.kind == "array":
        return ctypes_of(of.item) * of.length
    base = ctypes.Union if of.kind == "union" else ctypes.Structure
    fields = []
    for name, field in of.fields:
        width = () if field.bitsize < 0 else (field.bitsize,)
        fields.append((name, ctypes_of(field.type), *width))
    return type(of.cname, (base,), {"_fields_": fields})


def gaps(table):
    # ANCHOR: cffi_beside_the_compiler
    ffi = FFI()
    ffi.cdef(STRUCTS)
    wrong = 0
    for (name, field), expected in table.items():
        struct = ffi.typeof("struct " + name)
        of_it = dict(struct.fields)[field]
        wrong += (of_it.offset, ffi.sizeof(of_it.type), ffi.sizeof(struct)) != expected
    # ANCHOR_END: cffi_beside_the_compiler
    lab.fact("cffi_compared", len(table))
    lab.fact("cffi_wrong", wrong)
    ours = {name: ctypes_of(ffi.typeof("struct " + name)) for name in NAMES}
    wrong = 0
    for (name, field), expected in table.items():
        of_it = getattr(ours[name], field)
        wrong += (of_it.offset, of_it.size, ctypes.sizeof(ours[name])) != expected
    lab.fact("ctypes_wrong", wrong)
    mixed = table["mixed", "tag"][2]
    lab.fact("cffi_gaps", mixed - (1 + 8 + 2))
    return ffi, ours


def bits(path, ffi, ours):
    fill = ctypes.CDLL(path).fill_bits
    one, other = ffi.new("struct bits *"), ours["bits"]()
    size = fill(ctypes.c_void_p(int(ffi.cast("intptr_t", one))))
    fill(ctypes.byref(other))
    expected = [5, 100, b"x", 1000000]
    lab.fact("cffi_bits", [one.a, one.b, one.c, one.d] == expected and ffi.sizeof(one[0]) == size)
    if sys.version_info >= (3, 14):
        return lab.missing("ctypes_bits", "ctypes lays bit fields out anew since Python 3.14")
    lab.fact("ctypes_bits_right", [other.a, other.b, other.c, other.d] == expected)
    lab.fact("ctypes_bits_size", ctypes.sizeof(other))
    lab.fact("ctypes_bits_in_c", size)


def forgotten(path, table):
    """ABI mode, which believes what it is told."""
    # ANCHOR: packed_and_not
    careless, careful = FFI(), FFI()
    careless.cdef(PACKET)
    careful.cdef(PACKET, packed=True)
    lab.fact("packed_in_c", table["packet", "value"][2])
    lab.fact("packed_careless", careless.sizeof("struct packet"))
    lab.fact("packed_careful", careful.sizeof("struct packet"))
    # ANCHOR_END: packed_and_not
    for name, ffi in ("careless", careless), ("careful", careful):
        ffi.cdef("struct packet *a_packet(void);")
        value = ffi.dlopen(path).a_packet().value
        lab.fact(f"packed_{name}_right", value == 21.5)

    class Packet(ctypes.Structure):
        _pack_ = 1
        _layout_ = "ms"  # Python 3.14 wants to be told; older ones do not look
        _fields_ = [("tag", ctypes.c_char), ("value", ctypes.c_double)]

    lab.fact("packed_ctypes", ctypes.sizeof(Packet))

    ffi = FFI()
    # ANCHOR: a_field_is_missing
    ffi.cdef("struct reading { long id; double value; };"  # there is a `long unit` between
             "struct reading *a_reading(void);"
             "long third(long a, long b, long c);")  # b is a double
    lib = ffi.dlopen(path)
    lab.fact("missing_abi_right", lib.a_reading().value == 21.5)
    lab.fact("types_abi", lib.third(1, 20, 3))
    # ANCHOR_END: a_field_is_missing


def what_cdef_understands():
    attribute = PACKET.replace("};", "} __attribute__((packed));")
    lab.fact("cdef_declarations", lab.raised(FFI().cdef, STRUCTS))
    lab.fact("cdef_include", lab.raised(FFI().cdef, "#include <stddef.h>\n" + STRUCTS))
    lab.fact("cdef_attribute", lab.raised(FFI().cdef, attribute))
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        ffi = FFI()
        ffi.cdef("#pragma pack(push, 1)\n" + PACKET)
    lab.fact("cdef_pragma_warns", len(heard) > 0)
    lab.fact("cdef_pragma_size", ffi.sizeof("struct packet"))


def api_mode(module):
    ffi, lib = module.ffi, module.lib
    # ANCHOR: refused_at_first_use
    lab.fact("missing_api", lab.raised(lambda: lib.a_reading().value))
    lab.fact("packed_api", lab.raised(lambda: lib.a_packet().value))
    lab.fact("types_api", lib.third(1, 20, 3))
    # ANCHOR_END: refused_at_first_use
    said = ""
    try:
        lib.a_reading().value
    except ffi.error as error:
        said = str(error)
    lab.fact("missing_api_named", "field 'value'" in said)


def compile_time(compiler):
    """What the compiler says to API mode's C file."""

    def takes(declarations):
        ffi = FFI()
        ffi.cdef(declarations)
        ffi.set_source("tried", '#include "border.h"')
        ffi.emit_c_code(str(lab.scratch / "tried.c"))
        include = ["-I", lab.here, "-isystem", sysconfig.get_path("include")]
        command = [*compiler, "-fsyntax-only", *include, lab.scratch / "tried.c"]
        return lab.run(command).returncode == 0

    lab.fact("compiler_right", takes("long third(long a, double b, long c);"))
    lab.fact("compiler_wrong_number", takes("long third(long a, double b);"))
    lab.fact("compiler_unknown_field", takes("struct reading { long id; long when; ...; };"))
    lab.fact("compiler_wrong_type", takes("long third(long a, long b, long c);"))
    lab.fact("compiler_missing_field", takes("struct reading { long id; double value; };"))


def the_pixels():
    data = lab.scratch / "data"
    script = [sys.executable, lab.here / "pixel_as_printed.py"]
    there = len(list(lab.scratch.iterdir()))
    lab.fact("pixel_no_file", "FileNotFoundError" in lab.run(script).stderr)
    before = bytes(range(256)) * (800 * 600 * 3 // 256)
    data.write_bytes(before)
    lab.fact("pixel_exit", lab.run(script).returncode)
    after = data.read_bytes()
    lab.fact("pixel_changed", after[300:303] == bytes([255, 192, 128]))
    lab.fact("pixel_rest", after[:300] + after[303:] == before[:300] + before[303:])
    with open(data) as text:  # no "b": what it reads is text, and text needs no memory of ours
        lab.fact("pixel_text_mode", lab.raised(lambda: text.readinto(bytearray(3))))
    data.write_bytes(b"short")
    lab.run(script)
    lab.fact("pixel_short_grows_to", len(data.read_bytes()))
    lab.fact("pixel_files_made", len(list(lab.scratch.iterdir())) - there - 1)
    ffi = FFI()
    ffi.cdef("typedef struct { unsigned char r, g, b; } pixel_t;")
    image = ffi.new("pixel_t[]", 1)
    lab.fact("pixel_bytes", ffi.sizeof("pixel_t"))
    lab.fact("pixel_too_bright", lab.raised(setattr, image[0], "r", 256))

    class Pixel(ctypes.Structure):
        _fields_ = [(name, ctypes.c_ubyte) for name in "rgb"]

    pixel = Pixel()
    pixel.r = 256
    lab.fact("pixel_ctypes_wraps", pixel.r)


def how_the_build_grows():
    """API mode, compiled as its users do it: which files there are in the end."""
    at = lab.scratch / "build"
    shutil.copytree(lab.here, at)
    before = set(at.rglob("*"))
    compiles = "import runpy; runpy.run_path('border_build.py')['ffibuilder'].compile()"
    ran = lab.run([sys.executable, "-c", compiles], cwd=at)
    made = {file for file in set(at.rglob("*")) - before if file.is_file()}
    lab.fact("build_works", ran.returncode)
    lab.fact("build_files", len(made))
    lab.fact("build_endings", " ".join(sorted({file.suffix for file in made})))


if path := lab.library("layout", for_series=["cffi", "ctypes", "packed", "missing", "types"]):
    table = compilers_table(path)
    packets = {key: table.pop(key) for key in list(table) if key[0] == "packet"}
    bits(path, *gaps(table))
    forgotten(path, packets)
if module := lab.module("border_api", for_series=["missing_api", "packed_api", "types_api"]):
    api_mode(module)
what_cdef_understands()
if lab.first:
    the_pixels()
    compiler = shlex.split(os.environ.get("CC") or "cc")
    if lab.tool(compiler[0], for_facts=["compiler", "build"]):
        compile_time(compiler)
        how_the_build_grows()
