library() { cc -shared -fPIC "$@" -Wl,-soname,libtea.so.1 -o libtea.so.1 tea.c; }

library
cc -o party party.c libtea.so.1 -Wl,-rpath,'$ORIGIN'
echo the program asks for:
readelf --dynamic --wide party | grep -o 'libtea[^]]*'
./party

library -DVERSION_2 # and nobody builds the party again
./party
