"""Tables of strangers, read: CSV and XLSX."""
