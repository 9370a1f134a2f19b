import importlib.metadata
import sys
import zipfile
from by_hand import make_wheel

# ANCHOR: imported_from_the_wheel
code = "def pour():\n    return 'tea'\n"
name = make_wheel("teapot", "py3-none-any", {"teapot.py": code})
print(name)
for entry in zipfile.ZipFile(name).namelist():
    print("   ", entry)

sys.path.insert(0, name)
import teapot

print(teapot.pour(), importlib.metadata.version("teapot"))
# ANCHOR_END: imported_from_the_wheel
