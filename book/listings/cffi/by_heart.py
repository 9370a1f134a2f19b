from cffi import FFI

ffi = FFI()
ffi.cdef("""
    struct tm {
        int tm_sec, tm_min, tm_hour, tm_mday, tm_year;
    };
    struct tm *gmtime(const int64_t *seconds);
""")
libc = ffi.dlopen(None)

when = libc.gmtime(ffi.new("int64_t *", 0))
print(1900 + when.tm_year)
