"""Refusals: what may not happen now, said to the person who asked."""


class Refused(Exception):
    """An operation declines to act.

    `message` is a whole translated sentence for the person; `field` names the form field it belongs to, if one.
    """

    def __init__(self, message, field=None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self):
        return str(self.message)
