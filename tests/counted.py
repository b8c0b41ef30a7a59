"""What tests counted, at the end of their report, also where several processes share the suite."""

COUNTED = "counted"  # the name of the property of a test


def lines(terminalreporter):
    """What the tests that held have counted, in order."""
    reports = terminalreporter.getreports("passed")
    return sorted(said for report in reports for name, said in report.user_properties if name == COUNTED)
