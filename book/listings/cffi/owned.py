from jars import ffi, lib

# ANCHOR: an_owner_is_made
jar = lib.jar_new()
del jar
print("without an owner:", lib.jars_alive())

jar = ffi.gc(lib.jar_new(), lib.jar_free)
print("with one:        ", lib.jars_alive())
del jar
print("and dropped:     ", lib.jars_alive())
# ANCHOR_END: an_owner_is_made

# ANCHOR: an_owner_is_thrown_away
jar = lib.jar_new()
ffi.gc(jar, lib.jar_free)
print("not kept:        ", lib.jars_alive(), "and `jar` points to what was freed")
# ANCHOR_END: an_owner_is_thrown_away

# ANCHOR: an_owner_of_nothing
ffi.gc(ffi.NULL, lambda pointer: print("freed:           ", pointer))
# ANCHOR_END: an_owner_of_nothing
