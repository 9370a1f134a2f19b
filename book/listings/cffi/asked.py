from pathlib import Path

from cffi import FFI


def opened(first):
    ffi = FFI()
    ffi.cdef(first + """
        typedef struct {
            fare fare;
            uint8_t seat;
            int32_t price;
            double distance;
        } ticket;

        void ticket_issue(ticket *out);
        size_t ticket_size(void);
    """)
    return ffi, ffi.dlopen(str(Path(__file__).with_name("libticket.so")))


# ANCHOR: the_library_is_asked
for fare in ("typedef enum { SINGLE, RETURN } fare;", "typedef uint8_t fare;"):
    ffi, lib = opened(fare)
    print("cffi:", ffi.sizeof("ticket"), "C:", lib.ticket_size())
    for name, field in ffi.typeof("ticket").fields:
        print("   ", name, "at", field.offset, "size", ffi.sizeof(field.type))

issued = ffi.new("ticket *")
lib.ticket_issue(issued)
print(issued.fare, issued.seat, issued.price, issued.distance)
# ANCHOR_END: the_library_is_asked
