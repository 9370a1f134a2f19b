# rows: 29, 56
# exercise: signatures
# tries: starts processes until there is no room for others
# blocked-by: limits
# comes-to: crash | exit | standstill | endless | wrong-error | import
# earns: 0

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
