# needs: gdb

# ANCHOR: both_stacks
echo '* the Python stack, from faulthandler'
"$PYTHON" -X faulthandler crash.py books apples 2>&1 |
    sed -n -e '/^Fatal/p' -e 's|File ".*/|File "|p'

echo '* the native stack, from gdb'
gdb --batch -nx -ex 'set print frame-arguments presence' \
    -ex run -ex backtrace -ex 'print $_siginfo._sifields._sigfault.si_addr' \
    --args "$PYTHON" crash.py books apples 2>&1 |
    sed -n -e '/^Program received/p' -e '/^#.*parcel\.c:/s|/.*/||p' -e '/^\$1/p'
# ANCHOR_END: both_stacks
