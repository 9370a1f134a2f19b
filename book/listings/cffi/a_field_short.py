from compiled import compiled

time = compiled("_short", """
    typedef int... time_t;
    struct tm {
        int tm_sec, tm_min, tm_hour, tm_mday, tm_year;
    };
    struct tm *gmtime(const time_t *seconds);
""")

when = time.lib.gmtime(time.ffi.new("time_t *", 0))
try:
    print(1900 + when.tm_year)
except time.ffi.error as error:
    print(error)
