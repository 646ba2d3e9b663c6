"""What a mark says when it is pointed at, and what a drawing's description says of it: the values in words."""

from __future__ import annotations

from pipeline.render.facts import Load
from pipeline.render.language import Language


def load_told(one: Load, say: Language) -> str:
    """`October: 1,240 h run, 400 h change; 99% of 1,660 h capacity (forecast)`."""
    hours = [
        say.gettext("{hours} run", hours=say.hours(one.run)),
        say.gettext("{hours} change", hours=say.hours(one.change)),
    ]
    if one.undecided:
        hours.append(say.gettext("{hours} undecided", hours=say.hours(one.undecided)))
    values = {"name": one.name, "hours": ", ".join(hours), "capacity": say.hours(one.capacity)}
    if one.load is None:
        said = say.gettext("{name}: {hours}", **values)
    else:
        said = say.gettext("{name}: {hours}; {load} of {capacity} capacity", load=say.percent(one.load), **values)
    return say.gettext("{said} (forecast)", said=said) if one.forecast else said
