import ctypes
import mmap

libc = ctypes.CDLL(None)
page = mmap.mmap(-1, mmap.PAGESIZE)
text = (ctypes.c_char * len(page)).from_buffer(page)
text.value = b"shelf"
third_letter = ctypes.addressof(text) + 2

print(libc.strchr(text, ord("e")) == third_letter)
