headers=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("include"))')
mkdir made
cc -shared -fPIC -I "$headers" by_c.c quire.c -o made/by_c.so
cd made
"$PYTHON" -c 'import by_c; print(by_c.sheets(98))'
