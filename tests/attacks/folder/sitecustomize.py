open("@TRAPS@/@NAME@.trace", "w").close()
