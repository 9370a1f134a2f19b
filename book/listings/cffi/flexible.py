from compiled import compiled

time = compiled("_flexible", """
    typedef int... time_t;
    struct tm {
        int tm_year;
        ...;
    };
    struct tm *gmtime(const time_t *seconds);
""")

when = time.lib.gmtime(time.ffi.new("time_t *", 0))
print(1900 + when.tm_year)
