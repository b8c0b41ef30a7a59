"""Facts that come from files, beside people who change them.

What a file gave last is remembered with the row. A newer file then changes what people left as it was, and
leaves what they changed.
"""

NOTHING = (None, "", 0, False, [], {})


def merge(given, current, new):
    """Compare what a file gave before, what stands now and what it gives now: (what to set, what people keep)."""
    due = {name: value for name, value in new.items() if current[name] != value}
    kept = [name for name in due if not _is_free(given, current, name)]
    return {name: value for name, value in due.items() if name not in kept}, kept


def _is_free(given, current, name):
    """Whether nobody has touched a value since the file gave it, or nobody has given it any."""
    if name in given:
        return current[name] == given[name]
    return current[name] in NOTHING
