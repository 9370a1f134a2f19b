# needs: embed-python
cat > left_behind.py <<'END'
import host


def forget():
    return host.forget_an_error()


def call():
    return host.call_with_an_error_set(dict)


def take_it_first():
    return host.take_the_error_first(dict)
END

./embed-python --c left_behind.py forget call take_it_first | grep -v '\^'
