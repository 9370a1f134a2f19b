# needs: embed-python
# ANCHOR: ask_and_link
config() { "$PYTHON" -c "import sysconfig; print(sysconfig.get_config_var('$1'))"; }
include=$("$PYTHON" -c "import sysconfig; print(sysconfig.get_path('include'))")
folder=$(config LIBDIR)

cc smallest.c -o smallest -I"$include" \
    -L"$folder" -lpython"$(config LDVERSION)" -Wl,-rpath,"$folder"
# ANCHOR_END: ask_and_link

# ANCHOR: usual_and_isolated
./smallest usual "$PYTHON"
./smallest isolated "$PYTHON"
echo "with a PYTHONHOME that leads nowhere:"
PYTHONHOME=/nowhere ./smallest usual "$PYTHON" 2> complaints.txt
PYTHONHOME=/nowhere ./smallest isolated "$PYTHON"
# ANCHOR_END: usual_and_isolated
