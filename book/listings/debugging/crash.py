import sys

import parcel


def total(labels):
    cents = 0
    for label in labels:
        cents += parcel.price(label)
    return cents


def main():
    print(total(sys.argv[1:]))


main()
