# ANCHOR: linked_here_and_lost_there
mkdir built wheel
cc -shared -fPIC -o built/libgas.so gas.c
cc -shared -fPIC -o built/hob.so hob.c -Lbuilt -lgas
cp built/hob.so wheel/
readelf --dynamic --wide wheel/hob.so | grep -o 'libgas[^]]*'
"$PYTHON" -c 'import ctypes; ctypes.CDLL("./wheel/hob.so")' 2>&1 | grep -o 'libgas.*'
# ANCHOR_END: linked_here_and_lost_there

# ANCHOR: brought_along
cc -shared -fPIC -o built/hob.so hob.c -Lbuilt -lgas -Wl,-rpath,'$ORIGIN'
cp built/hob.so built/libgas.so wheel/
rm -r built
"$PYTHON" -c 'import ctypes; print(ctypes.CDLL("./wheel/hob.so").hob_burns())'
# ANCHOR_END: brought_along
