"""Reads the sections of an ELF file, which is what a shared library is on Linux."""

import struct

LOADED = 2  # the flag of a section that a process has in its memory


def sections(path):
    """The name of each section: its flags and its content."""
    with open(path, "rb") as file:
        data = file.read()
    # 64 bits, the least byte first; nothing else is read here.
    if data[:6] != b"\x7fELF\x02\x01":
        return None
    (start,) = struct.unpack_from("<Q", data, 0x28)
    size, number, names_at = struct.unpack_from("<HHH", data, 0x3A)
    headers = [struct.unpack_from("<IIQQQQ", data, start + i * size) for i in range(number)]
    names = headers[names_at][4]
    found = {}
    for name, kind, flags, _, offset, length in headers:
        begin = names + name
        text = data[begin : data.index(b"\0", begin)].decode()
        # Section type 8 is zeros that take no room in the file.
        content = b"" if kind == 8 else data[offset : offset + length]
        found[text] = flags, content
    return found
