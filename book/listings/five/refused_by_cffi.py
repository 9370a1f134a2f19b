from by_cffi import ffi, lib, sheets

for pages in (98, 10**12, 9.8, "98"):
    try:
        print(sheets(pages))
    except (OverflowError, TypeError) as error:
        print(type(error).__name__)

try:
    lib.quire_block_sheets(ffi.new("int *"))
except TypeError:
    print("an int is no block")
