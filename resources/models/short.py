"""Short addresses, which stand in print: the same for good, whatever becomes of titles."""

from django.urls import reverse


class Short:
    """Has a short address: without language, made of the first digits of its key."""

    SHORT = 10  # hexadecimal digits: a trillion of them

    def get_short_url(self):
        return reverse("short", args=[self.key.hex[: self.SHORT]])
