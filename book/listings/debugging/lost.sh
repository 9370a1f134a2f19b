# needs: valgrind

# Of a report: how much each loss was, and the line of ours that asked for it.
ours() {
    sed -n -e '/definitely lost in/h' -e '/drip\.c:/{H;x;p;}' |
        sed -e 's/^==[0-9]*== //' -e 's/ in loss record.*//' -e 's/ 0x[0-9A-F]*://'
}

# ANCHOR: leak_check
echo '* as it comes'
valgrind --leak-check=full "$PYTHON" leak.py 2>&1 | ours

echo '* with every block from the C library'
PYTHONMALLOC=malloc valgrind --leak-check=full "$PYTHON" leak.py 2>&1 | ours
# ANCHOR_END: leak_check
