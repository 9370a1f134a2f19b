import ctypes
import time

kitchen = ctypes.CDLL("./kitchen.so")
kitchen.cook_soup.argtypes = [ctypes.c_long]
kitchen.cook_soup.restype = ctypes.c_double


def lunch():
    return kitchen.cook_soup(1_000_000)


def main():
    until = time.monotonic() + 1
    while time.monotonic() < until:
        lunch()


main()
