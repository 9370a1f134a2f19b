import ctypes

names = ["c_int", "c_long", "c_longlong", "c_size_t", "c_wchar", "c_bool", "c_int64"]
for name in names:
    print(f"{name:10} {ctypes.sizeof(getattr(ctypes, name))}")
