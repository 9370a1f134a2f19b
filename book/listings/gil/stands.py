import re
import subprocess
import sys

# ANCHOR: ask_where_it_stands
def try_out(name, seconds):
    command = [sys.executable, "-s", "meeting.py", name, str(seconds)]
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if ended.returncode == 0:
        return "both threads come back"
    # A headline for each thread, and below it its frames, the innermost first.
    threads = re.split(r"hread 0x", ended.stderr)[1:]
    frames = [re.findall(r'meeting\.py", line \d+ in (\w+)', thread) for thread in threads]
    return "stands still, in " + ", ".join(sorted(names[0] for names in frames if names))
# ANCHOR_END: ask_where_it_stands


for name in ["deposit", "rate"]:
    print(f"{name + ':':18}", try_out(name, seconds=4))
for name in ["deposit_attached", "deposit_unlocked", "py_rate"]:
    print(f"{name + ':':18}", try_out(name, seconds=60))
