# needs: embed-python
cat > guest.py <<'END'
import host


def greet():
    return f"cyan is at {host.level('cyan')} per cent"


def ask_for_mauve():
    return host.level("mauve")
END

./embed-python guest.py greet ask_for_mauve > said.txt
code=$?
grep -v '\^' said.txt # without the marks that newer versions put below a line
echo "the program ended with $code"
