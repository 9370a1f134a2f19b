headers=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("include"))')
for debugging in -g0 -g; do
    cc -O2 -fPIC $debugging -I "$headers" -c kitchen.c -o kitchen$debugging.o
    objcopy -O binary --only-section=.text kitchen$debugging.o code$debugging
done
cmp code-g0 code-g && echo 'the machine code is the same'
test "$(wc -c <kitchen-g.o)" -gt "$(wc -c <kitchen-g0.o)" &&
    echo 'the file with -g is larger'
