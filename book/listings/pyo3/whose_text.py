import sys

import costs

title, data = "".join(["Middle", "march"]), bytes(range(99))
print("&str        in the object:", costs.a_str(title, title))
print("String      in the object:", costs.a_string(title, title))
print("PyBackedStr in the object:", costs.a_backed_str(title, title))
print("&[u8]       in the object:", costs.a_slice(data, data))
print("Vec<u8>     in the object:", costs.a_vec(data, data))
try:
    costs.a_slice(bytearray(data), data)
except TypeError:
    print("a bytearray: Vec<u8>", costs.a_vec(bytearray(data), data), "- &[u8] refuses it")

# ANCHOR: a_second_text_inside
for title in "".join(["Em", "ma"]), "".join(["Die", " Räuber"]):
    before = sys.getsizeof(title)
    costs.a_str(title, title)
    print(title, "has grown:", sys.getsizeof(title) > before)
# ANCHOR_END: a_second_text_inside
