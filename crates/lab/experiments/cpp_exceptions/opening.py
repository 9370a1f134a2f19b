"""Opens the vault with one key after the other, in a process that may die of it.

Run as `opening.py MODULE.FUNCTION KEY...`; prints a line for each key that it outlived.
"""

import importlib
import resource
import sys

# Whoever aborts leaves no memory image behind.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def found(name):
    if name.endswith(".so") or name.endswith(".dylib"):
        import ctypes

        return ctypes.CDLL(name).vault_open_c
    module, *path = name.split(".")
    found = importlib.import_module(module)
    for part in path:
        found = getattr(found, part)
    return found


def main():
    vault_open = found(sys.argv[1])
    for key in map(int, sys.argv[2:]):
        # ANCHOR: every_net_python_has
        try:
            vault_open(key)
            print("nothing", flush=True)
        except BaseException as error:
            print(type(error).__name__, flush=True)
        finally:
            print("finally", flush=True)
        # ANCHOR_END: every_net_python_has


if __name__ == "__main__":
    main()
