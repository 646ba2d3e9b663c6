"""A row is left out as a total only where words or all its amounts say so for certain; else it stays, with a note."""

from __future__ import annotations


def _doubts(register):
    """The cells that the note tells of."""
    return [one.ranges for one in register.findings if one.code == "R28"]


def test_words_that_merely_look_like_what_is_summed_make_titles(register):
    """
    Title|Hours
    Replace pumps|40
    Total de-risking of payments|18
    Total for-profit arm wind-down|18
    Total 360 feedback rollout|7
    SOMA 2 upgrade|9
    Total network budget|9
    Total: quality programme|7
    Summe der Anforderungen prüfen|20
    Total for the north|5
    Total rewards 2025|31
    Total rewards 2026|32
    """
    assert len(register.items) == 11
    assert _doubts(register) == ["A3:A12"]


def test_what_is_summed_is_only_amounts_or_what_a_cell_above_says(register):
    """
    Title|Department|Hours
    Infrastructure costs|IT|40
    Read meters|Field works|9
    Total for Infrastructure (first month)||1
    Total: Field works||2
    Total Initial Budget Estimate||3
    Total des coûts 2026||4
    Field work costs total||5
    """
    assert list(register.items["title"]) == ["Infrastructure costs", "Read meters"]
    assert _doubts(register) == []


def test_a_priority_or_one_sum_of_two_columns_is_no_sum(register):
    """
    Title|Priority|Progress|Hours|Budget
    Replace pumps|1|10|40|10
    Read meters|1|10|30|10
    Move the desks|1|10|30|10
    Total quality rollout|3|30|55|
    Total rewards|||100|7

    Total refurbishment|||100|30
    """
    assert list(register.items["title"])[3:] == ["Total quality rollout", "Total rewards"]


def test_a_row_that_says_its_department_or_id_is_no_sum_by_figures_alone(register):
    """
    ID|Title|Department|Hours
    1|Replace pumps|IT|40
    2|Read meters|Works|40
    3|Paint|Works|20
    |Total rewards|IT|100
    |Total everything||100
    4|Total quality rollout||100
    """
    assert list(register.items["title"])[3:] == ["Total rewards", "Total quality rollout"]


def test_two_figures_are_a_sum_only_where_a_block_ends(register):
    """
    Title|Owner|Hours
    Replace pumps|Ana|40
    Read meters|Bo|40
    Total quality rollout||80
    Paint|Bo|5
    Mend the roof|Bo|6
    Hall and roof total||11

    Move the desks|Bo|2
    """
    assert list(register.items["title"])[2:] == ["Total quality rollout", "Paint", "Mend the roof", "Move the desks"]
