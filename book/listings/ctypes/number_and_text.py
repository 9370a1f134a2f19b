import errno

for name in ["ENOENT", "EACCES", "EEXIST", "ETIMEDOUT", "ENOSPC"]:
    error = OSError(getattr(errno, name), "what went wrong")
    print(name, "is", type(error).__name__)

error = OSError("what went wrong")
print("a text alone is", type(error).__name__, "with", error.errno)
