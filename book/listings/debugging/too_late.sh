# needs: libasan

# Of a report, what is the same each time: no addresses, and of the stacks our own frames.
ours() {
    sed -n -e '/^ *#[0-9]/{/counter\.c/!d;}' \
        -e 's/^==[0-9]*==//' -e 's/^0x[0-9a-f]*/it/' -e 's/#[0-9]* 0x[0-9a-f]* //' \
        -e 's/ on address .*//' -e 's/ at 0x[0-9a-f]*//' -e 's/ \[0x.*)//' -e 's| /.*/| |' \
        -e '/^it ran/p' -e '/runtime does not come/p' -e '/^ERROR/,/^SUMMARY/p'
}

# ANCHOR: sanitized
headers=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("include"))')
mkdir sanitized
cp look_too_late.py sanitized
cc -g -O1 -fPIC -shared -fsanitize=address -I "$headers" \
    counter.c -o sanitized/counter.so
cd sanitized
runtime=$(cc -print-file-name=libasan.so)

echo '* as it comes'
"$PYTHON" look_too_late.py 2>&1 | ours

export ASAN_OPTIONS=detect_leaks=0:fast_unwind_on_malloc=0
echo '* with its runtime loaded first'
LD_PRELOAD=$runtime "$PYTHON" look_too_late.py 2>&1 | ours

export PYTHONMALLOC=malloc
echo '* and with every block from the C library'
LD_PRELOAD=$runtime "$PYTHON" look_too_late.py 2>&1 | ours
# ANCHOR_END: sanitized
