from pathlib import Path

from cffi import FFI

ffi = FFI()
# ANCHOR: a_ticket_from_the_manual
ffi.cdef("""
    typedef enum { SINGLE, RETURN } fare;

    typedef struct {
        fare fare;
        uint8_t seat;
        int32_t price;
    } ticket;

    void ticket_issue(ticket *out);
""")
lib = ffi.dlopen(str(Path(__file__).with_name("libticket.so")))

room = ffi.new("ticket[2]")  # one for C, and one behind it
lib.ticket_issue(room)
print(room[0].fare, room[0].seat, room[0].price)
print("untouched" if bytes(ffi.buffer(room + 1, 12)) == bytes(12) else "overwritten")
# ANCHOR_END: a_ticket_from_the_manual
