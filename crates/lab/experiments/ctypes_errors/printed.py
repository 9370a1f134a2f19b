"""Three handlers as they are often printed, in one line each. None of them is Python."""

HANDLER = """\
def error_handler(result, func, args): if result < 0: raise OSError(f"Error code {result}"); return result; lib.some_func.errcheck = error_handler
"""

CHECKED = """\
def func_checked(...): result = lib.func(...); if result < 0: raise RuntimeError(...); return result
"""

SAFE_CALL = """\
def safe_call(...): try: return func(...); except Exception as e: return {"error": str(e)}
"""

# The first one with a line break wherever Python insists on one, and no other change.
BROKEN_WHERE_IT_MUST = """\
# ANCHOR: broken_where_it_must
def error_handler(result, func, args):
    if result < 0: raise OSError(f"Error code {result}")
    return result; lib.some_func.errcheck = error_handler
# ANCHOR_END: broken_where_it_must
"""
