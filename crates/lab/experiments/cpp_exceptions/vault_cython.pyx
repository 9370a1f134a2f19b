"""Cython has to be told that a C++ function throws."""

# ANCHOR: except_plus
cdef extern from "vault.hpp":
    int open_undeclared "vault_open"(int key) noexcept
    int open_declared "vault_open"(int key) except +
# ANCHOR_END: except_plus


def open_bare(int key):
    return open_undeclared(key)


def open(int key):
    return open_declared(key)
