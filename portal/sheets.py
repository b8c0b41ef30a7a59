"""Cells of spreadsheets: what people typed stays text, and is never taken for a formula (safety.md, G27)."""

# A spreadsheet runs what begins so; a leading apostrophe makes it read the cell as text.
LIVE = ("=", "+", "-", "@", "\t", "\r")


def safe(value):
    """A value as a cell that no spreadsheet runs."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(LIVE) else text
