# needs: py-spy

# ANCHOR: busiest_stack
# Each line of `seen.txt` is a stack, then how often it was seen. Prints the one
# that was seen most often, the outermost call first, and of it our own frames.
busiest() {
    py-spy record "$@" --nolineno --format raw --output seen.txt \
        -- "$PYTHON" busy.py >&2
    sed 's/\(.*\) \([0-9]*\)$/\2 \1/' seen.txt | sort -n | tail -n 1 |
        cut -d ' ' -f 2- | tr ';' '\n' | grep -F -e '(busy.py)' -e '(kitchen.c)'
}

echo '* Python alone'
busiest
echo '* Python and native code'
busiest --native
# ANCHOR_END: busiest_stack
