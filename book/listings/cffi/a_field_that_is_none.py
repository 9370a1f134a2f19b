from cffi import VerificationError
from compiled import compiled

try:
    compiled("_misnamed", """
        struct tm {
            int tm_sec, tm_min, tm_hour, tm_mday, tm_month, tm_year;
            ...;
        };
    """)
except VerificationError:
    print("it is not compiled")
