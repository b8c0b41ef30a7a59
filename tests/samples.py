"""Samples of the long walks: by a seed another every day, in time everything; the drills leave nothing out."""


def part(things, seed, number, of):
    """Those that fall to one of so many; where no seed draws, all."""
    return [thing for place, thing in enumerate(things) if seed is None or (place + seed) % of == number % of]


def spared(items, seed):
    """Of tests that run for one value of a parameter a day, those for its others."""
    together = {}
    for item in items:
        mark = item.get_closest_marker("one_a_day")
        if mark and "drills" not in item.path.parts:
            others = {name: place for name, place in item.callspec.indices.items() if name not in mark.args}
            key = item.path, item.originalname, *others.values()
            together.setdefault(key, []).append(item)
    for (_path, _name, *places), alike in together.items():
        alike.pop((seed + sum(places)) % len(alike))
        yield from alike
