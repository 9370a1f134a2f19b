# ANCHOR: which_one_was_tested
mkdir -p project/samovar installed/samovar tests
echo 'ORIGIN = "the source folder"' >project/samovar/__init__.py
echo 'ORIGIN = "the wheel"' >installed/samovar/__init__.py
export PYTHONPATH=../installed
cd project
"$PYTHON" -c 'import samovar; print("in the project:", samovar.ORIGIN)'
cd ../tests
"$PYTHON" -c 'import samovar; print("elsewhere:", samovar.ORIGIN)'
# ANCHOR_END: which_one_was_tested
