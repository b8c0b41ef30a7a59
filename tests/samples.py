"""Samples of the long walks: by a seed another every day, in time everything; the drills leave nothing out."""


def part(things, seed, number, of):
    """Those that fall to one of so many; where no seed draws, all."""
    return [thing for place, thing in enumerate(things) if seed is None or (place + seed) % of == number % of]


def spared(items, seed):
    """Of tests that run for one value of a parameter a day, those for its others."""
    together = {}
    for item in items:
        mark = item.get_closest_marker("one_a_day")
        if mark:
            others = [id(value) for name, value in item.callspec.params.items() if name not in mark.args]
            groups = together.setdefault((item.path, item.originalname), {})
            groups.setdefault(tuple(others), []).append(item)
    for groups in together.values():
        for number, alike in enumerate(groups.values()):
            alike.pop((seed + number) % len(alike))
            yield from alike
