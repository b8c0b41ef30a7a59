"""Long lists a window at a time: the address names the row before or after it, so no page costs more than the first.

An offset counts every row that it passes over. Where an address gives only a number, it is counted from the nearer
end of the list, over keys alone; the first page needs none.
"""

import uuid
from dataclasses import dataclass
from math import ceil

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True)
class Order:
    """An order of rows: by an expression that is never NULL; among equals the primary key decides."""

    by: object
    is_descending: bool = False

    def columns(self, *, backwards=False):
        """What a queryset is ordered by."""
        columns = (self.by, F("id"))
        is_descending = self.is_descending != backwards
        return [column.desc() if is_descending else column.asc() for column in columns]

    def beyond(self, place, *, backwards=False):
        """The condition of standing after a place, which is what `place_of` gives; or before it."""
        comparison = TupleLessThan if self.is_descending != backwards else TupleGreaterThan
        return comparison(Tuple(self.by, F("id")), place)

    def place_of(self, rows, key):
        """Where the row with this key stands, if it is among these rows."""
        try:
            return rows.filter(key=uuid.UUID(key)).order_by().values_list(self.by, "pk").first()
        except (TypeError, ValueError):
            return None


@dataclass(frozen=True)
class Window:
    """Some rows of a list, and what leads on from here; components/pagination.html takes it as it takes a Page."""

    rows: list
    number: int
    pages: int
    count: int
    has_previous: bool
    has_next: bool

    names_rows = True  # in its addresses; those of a Page hold numbers alone

    def __iter__(self):
        return iter(self.rows)

    @property
    def has_other_pages(self):
        return self.has_previous or self.has_next

    @property
    def before(self):
        """The row that the address of the page before names; the first page needs none."""
        return self.rows[0].key.hex if self.rows and self.number > 2 else None

    @property
    def after(self):
        """The row that the address of the next page names."""
        return self.rows[-1].key.hex if self.rows else None

    @property
    def previous_page_number(self):
        return self.number - 1 if self.number > 2 else None

    @property
    def next_page_number(self):
        return self.number + 1


def window(rows, order, asked, *, size, count):
    """The window onto `rows` that the parameters of an address ask for: `after` or `before` a key, or a `page`."""
    pages = max(ceil(count / size), 1)
    number = min(_number(asked.get("page")), pages)
    backwards = "before" in asked
    place = order.place_of(rows, asked.get("before" if backwards else "after"))
    if place is None or number == 1:
        return _counted(rows, order, number, pages, size=size, count=count)
    beside = rows.filter(order.beyond(place, backwards=backwards)).order_by(
        *order.columns(backwards=backwards)
    )
    found = list(beside[: size + 1])
    has_more = len(found) > size
    if backwards and not has_more:
        return _counted(rows, order, 1, pages, size=size, count=count)
    shown = found[:size][::-1] if backwards else found[:size]
    return Window(shown, number, pages, count, has_previous=True, has_next=backwards or has_more)


def _counted(rows, order, number, pages, *, size, count):
    """The window of a number, found from the nearer end."""
    first, last = (number - 1) * size, min(number * size, count)
    shown = rows.order_by(*order.columns())
    if first:
        backwards = first > count - last
        keys = rows.order_by(*order.columns(backwards=backwards)).values_list("pk", flat=True)
        found = keys[count - last : count - first] if backwards else keys[first:last]
        shown = shown.filter(pk__in=list(found))
    return Window(list(shown[:size]), number, pages, count, number > 1, number < pages)


def _number(text):
    """The number of a page, as far as the address gives one."""
    is_number = text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return max(int(text), 1) if is_number else 1
