# needs: embed-python
cat > leaving.py <<'END'
import sys


class Mute(Exception):
    def __str__(self):
        raise LookupError("no words")


def look_up():
    try:
        return {}["ink"]
    except KeyError as error:
        raise ValueError("there is no ink") from error


def leave():
    sys.exit()


def leave_with_a_number():
    sys.exit(3)


def leave_with_words():
    sys.exit("the paper is out")


def say_nothing():
    raise Mute
END

./embed-python --c leaving.py look_up leave leave_with_a_number leave_with_words say_nothing ||
    echo "the program ended with $?"
