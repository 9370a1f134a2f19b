"""A Python program that calls functions of a module, two Python functions deep. For each
call it prints what came back, and how many nanoseconds it took."""

import importlib
import sys
import time

module = importlib.import_module(sys.argv[1])


def read_page(function, argument):
    return getattr(module, function)(argument)


def read_book(calls):
    for function, argument in calls:
        argument = int(argument) if argument.isdigit() else argument
        begun = time.thread_time_ns()
        result = read_page(function, argument)
        print(result, time.thread_time_ns() - begun, sep=", ")


read_book(zip(sys.argv[2::2], sys.argv[3::2]))
