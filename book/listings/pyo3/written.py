import ctypes

import by_macro

# ANCHOR: what_is_exported
library = ctypes.PyDLL(by_macro.__file__)
init = library.PyInit_by_macro
init.restype = ctypes.c_void_p
given = ctypes.cast(init(), ctypes.py_object).value
print("PyInit_by_macro gives a", type(given).__name__)
print("the function itself is exported:", hasattr(library, "sheets"))
# ANCHOR_END: what_is_exported

# ANCHOR: what_a_function_is
print(type(by_macro.sheets).__name__, "of", by_macro.sheets.__self__.__name__)
print("signature:", by_macro.sheets.__text_signature__)
print("docstring:", by_macro.sheets.__doc__)

NAMES = {2: "KEYWORDS", 4: "NOARGS", 0x80: "FASTCALL"}
get_flags = ctypes.pythonapi.PyCFunction_GetFlags
get_flags.argtypes = [ctypes.py_object]
for function in by_macro.sheets, by_macro.ring:
    flags = get_flags(function)
    print(f"{function.__name__}:", *(name for bit, name in NAMES.items() if flags & bit))
# ANCHOR_END: what_a_function_is

# ANCHOR: what_a_class_is
HEAP, BASE = 1 << 9, 1 << 10
Pile = by_macro.Pile
print("made while the program runs:", bool(Pile.__flags__ & HEAP))
print("may be derived from:", bool(Pile.__flags__ & BASE))
print("its module, as far as it knows:", Pile.__module__)
print("type of `sheets`:", type(Pile.__dict__["sheets"]).__name__)
print("type of `__len__`:", type(Pile.__dict__["__len__"]).__name__)
print("len:", len(Pile(7)))
# ANCHOR_END: what_a_class_is
