# needs: embed-python
cat > guest.py <<'END'
import host


def greet():
    return f"cyan is at {host.level('cyan')} per cent"


def ask_for_mauve():
    return host.level("mauve")
END

./embed-python guest.py greet ask_for_mauve || echo "the program ended with $?"
