import zipfile
from by_hand import hash_of, make_wheel

# ANCHOR: held_against_the_record
name = make_wheel("kettle", "py3-none-any", {"kettle.py": "DEGREES = 100\n"})
wheel = zipfile.ZipFile(name)
unpacked = {path: wheel.read(path).decode() for path in wheel.namelist()}
unpacked["kettle.py"] = "DEGREES = 10\n"

for line in unpacked["kettle-1.0.dist-info/RECORD"].splitlines():
    path, recorded, length = line.split(",")
    if recorded and recorded != hash_of(unpacked[path]):
        print(path, "is not what was packed")
# ANCHOR_END: held_against_the_record
