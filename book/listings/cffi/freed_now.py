from jars import ffi, lib

# ANCHOR: release_is_now
jar = ffi.gc(lib.jar_new(), lib.jar_free)
another_name = jar
ffi.release(jar)
print("released:  ", lib.jars_alive())
ffi.release(jar)
del jar, another_name
print("once more: ", lib.jars_alive())

with ffi.gc(lib.jar_new(), lib.jar_free) as jar:
    print("in `with`: ", lib.jars_alive())
print("behind it: ", lib.jars_alive())
# ANCHOR_END: release_is_now

# ANCHOR: the_owner_comes_off
jar = ffi.gc(lib.jar_new(), lib.jar_free)
ffi.gc(jar, None)
del jar
print("given away:", lib.jars_alive())
# ANCHOR_END: the_owner_comes_off
