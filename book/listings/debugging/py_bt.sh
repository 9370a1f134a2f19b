# needs: gdb, python-gdb

# ANCHOR: python_stack_from_gdb
gdb --batch -nx -iex 'set auto-load safe-path /' -ex run -ex py-bt \
    --args "$PYTHON" crash.py books apples 2>&1 |
    sed -n -e '1,/^Traceback/d' -e 's|File ".*/|File "|' -e '/File/,$p'
# ANCHOR_END: python_stack_from_gdb
