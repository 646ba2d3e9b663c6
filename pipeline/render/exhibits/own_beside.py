"""What is said above the two lists that stand beside each other on one person's pages."""

from __future__ import annotations

from pipeline.render.exhibits import own_lists
from pipeline.render.exhibits.own_lists import mine
from pipeline.render.facts import Facts
from pipeline.render.language import sentence


def due_message(facts: Facts) -> str:
    """How much is overdue or due."""
    say, every = facts.language, own_lists.due(facts)
    if not every:
        return say.gettext("Nothing of yours is overdue or due within 30 days")
    late = sum(bool(row["alert"]) for row in every)
    if not late:
        return say.gettext("Nothing of yours is overdue; this is due within 30 days")
    return sentence(say.ngettext("{n} thing of yours is overdue", "{n} things of yours are overdue", late))


def handovers_message(facts: Facts) -> str:
    """How much the person hands over, and how much they take on."""
    say, own = facts.language, mine(facts)
    gives = sum(row["item"] in own for row in facts.rows("handover"))
    takes = sum(row["item"] not in own for row in facts.rows("incoming"))
    if not gives and not takes:
        return say.gettext("You hand nothing over soon and take nothing on")
    gave = say.ngettext("You hand one project over soon", "You hand {n} projects over soon", gives)
    took = say.ngettext("You take one project on soon", "You take {n} projects on soon", takes)
    if not takes:
        return gave
    return say.gettext("{gives}. {takes}", gives=gave, takes=took) if gives else took
