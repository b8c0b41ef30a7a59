"""Places in a row of things: one step earlier or later, by a button."""

from portal.errors import Refused


def step(thing, standing, by_one, why_not):
    """Put a thing by one place earlier or later among those that stand with it, which are locked and in order."""
    place = standing.index(thing) + by_one
    if not 0 <= place < len(standing):
        raise Refused(why_not)
    standing.remove(thing)
    standing.insert(place, thing)
    for position, row in enumerate(standing):
        row.position = position
    type(thing).objects.bulk_update(standing, ["position"])
