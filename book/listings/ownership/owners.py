import ctypes
import weakref

# ANCHOR: what_the_header_says
larder = ctypes.CDLL("./liblarder.so")
larder.jar_new.argtypes, larder.jar_new.restype = [ctypes.c_char_p], ctypes.c_void_p
larder.jar_free.argtypes, larder.jar_free.restype = [ctypes.c_void_p], None
larder.shelf_put.argtypes = [ctypes.c_void_p]
larder.letters.argtypes = [ctypes.c_char_p]
larder.jar_label.argtypes, larder.jar_label.restype = [ctypes.c_void_p], ctypes.c_void_p
larder.jar_copy_label.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
larder.jar_copy_label.restype = None
# ANCHOR_END: what_the_header_says

# ANCHOR: caller_frees
jar = larder.jar_new(b"plums")
print("given to us:", larder.jars())
larder.jar_free(jar)
print("ended by us:", larder.jars())
# ANCHOR_END: caller_frees

# ANCHOR: callee_frees
jar = larder.jar_new(b"pears")
if larder.shelf_put(jar) != 0:
    larder.jar_free(jar)  # it was not taken, so it is still ours
jar = None  # it was taken: not ours to end any more
print("taken over:", larder.jars())
larder.shelf_clear()
print("ended by its new owner:", larder.jars())
# ANCHOR_END: callee_frees

# ANCHOR: for_the_call
print("letters:", larder.letters(b"quinces"))
# ANCHOR_END: for_the_call


# ANCHOR: a_child_keeps_its_parent
class Jar:
    def __init__(self, text):
        self.address = larder.jar_new(text)
        self.end = weakref.finalize(self, larder.jar_free, self.address)

    def label(self):
        return Label(self)


class Label:
    def __init__(self, jar):
        self.jar = jar  # what the address points into
        self.address = larder.jar_label(jar.address)

    def __str__(self):
        return ctypes.string_at(self.address).decode()


label = Jar(b"medlars").label()
print(f"{label} is in one of", larder.jars())
del label
print("and with it went the jar:", larder.jars())
# ANCHOR_END: a_child_keeps_its_parent

# ANCHOR: shared_by_count
jar = Jar(b"sloes")
pantry, table = [jar], {"breakfast": jar}
del jar
pantry.clear()
print("one of two owners left:", larder.jars())
table.clear()
print("none of them:", larder.jars())
# ANCHOR_END: shared_by_count

# ANCHOR: copied
jar = Jar(b"damsons")
text = ctypes.create_string_buffer(16)
larder.jar_copy_label(jar.address, text, len(text))
del jar
print(text.value.decode(), "are gone, their label is here:", larder.jars())
# ANCHOR_END: copied
