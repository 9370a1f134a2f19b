"""C++ that does not catch, called by Python, called by C++ that catches everything."""

import resource

import vault_capi
import vault_pybind11

resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# ANCHOR: between_two_cpps
def between(key):
    try:
        return vault_capi.open_bare(key)
    finally:
        print("finally", flush=True)


try:
    vault_pybind11.through_python(between, 1)
except RuntimeError as error:
    print("caught:", error, flush=True)
# ANCHOR_END: between_two_cpps
