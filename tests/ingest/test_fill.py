"""Blank stands for the label above only where the column shows it, and never for people, dates or amounts."""

from __future__ import annotations


def told(register, code):
    return [one for one in register.findings if one.code == code]


def test_a_label_on_the_first_row_of_each_group_is_carried_down_and_told(register):
    """
    Department|No|Activity|Owner|Start
    Finance|1|Budget round|Ana|2026-09-01
    |2|Month-end close|Bo|
    |3|Audit support|Ana|2026-10-01
    HR|4|Payroll|Cy|
    |5|Graduate scheme|Di|2026-06-01
    """
    assert list(register.items["department"]) == ["Finance"] * 3 + ["HR"] * 2
    (one,) = told(register, "R08")
    assert (one.cell, one.ranges) == ("A3", "A3:A4 A6")
    assert "3 blank cells of 'Department' take the label above" in one.message
    assert list(register.items["owner"]) == ["Ana", "Bo", "Ana", "Cy", "Di"]
    assert register.items["start"].isna().tolist() == [False, True, False, True, False]


def test_a_label_on_a_row_of_its_own_is_carried_down(register):
    """
    Department|Activity|Owner|Start|Status
    Finance||||
    |Budget round|Ana|2026-09-01|Open
    |Month-end close|Bo||Open
    |Audit support|Ana|2026-10-01|Open
    HR||||
    |Payroll|Cy||Open
    |Graduate scheme|Di|2026-06-01|Open
    """
    assert list(register.items["department"]) == ["Finance"] * 3 + ["HR"] * 2


def test_departments_left_out_here_and_there_stay_unknown(register):
    """
    Department|Activity|Owner
    Finance|Budget round|Ana
    |Month-end close|Bo
    HR|Payroll|Cy
    Finance|Audit support|Ana
    |Graduate scheme|Di
    """
    assert list(register.items["department"]) == ["Finance", "", "HR", "Finance", ""]
    assert told(register, "R08") == []


def test_a_column_filled_at_its_head_only_is_no_group(register):
    """
    Department|Activity|Owner
    Finance|Budget round|Ana
    HR|Month-end close|Bo
    |Payroll|Cy
    |Audit support|Ana
    |Graduate scheme|Di
    """
    assert list(register.items["department"]) == ["Finance", "HR", "", "", ""]


def test_a_column_that_is_merely_optional_is_not_filled(register):
    """
    Department|Activity|Owner
    IT|Replace servers|Ana
    |Patch laptops|Bo
    HR|Payroll|Cy
    |Graduate scheme|Di
    Legal|Contracts|Ana
    Sales|Campaign|Bo
    Finance|Budget round|Cy
    |Audit support|Di
    """
    assert list(register.items["department"]) == ["IT", "", "HR", "", "Legal", "Sales", "Finance", ""]
    assert told(register, "R08") == []


def test_a_group_of_one_among_groups_of_several_is_no_hindrance(register):
    """
    Department|Activity|Owner
    IT|Replace servers|Ana
    |Patch laptops|Bo
    |Move the helpdesk|Bo
    HR|Payroll|Cy
    |Graduate scheme|Di
    |Pay round|Di
    Legal|Contracts|Ana
    Finance|Budget round|Cy
    |Audit support|Di
    |Month-end close|Di
    """
    assert list(register.items["department"]) == ["IT"] * 3 + ["HR"] * 3 + ["Legal"] + ["Finance"] * 3


def test_people_and_dates_are_never_carried_down(register):
    """
    Owner|Finish|Budget|Title
    Ana|2026-10-01|100|Budget round
    |||Month-end close
    |||Audit support
    Bo|2026-11-01|200|Payroll
    |||Graduate scheme
    """
    assert list(register.items["owner"]) == ["Ana", "", "", "Bo", ""]
    assert register.items["finish"].notna().sum() == register.items["budget"].notna().sum() == 2


def test_a_project_named_once_over_its_tasks_is_their_parent(register):
    """
    Project|Task|Owner|Due
    Website|Design|Ana|2026-10-01
    |Build|Bo|2026-11-01
    |Test|Ana|2026-12-01
    Archive|Scan|Cy|2026-10-15
    |Index|Di|2026-11-15
    """
    assert list(register.items["title"]) == ["Design", "Build", "Test", "Scan", "Index"]
    assert list(register.items["parent"]) == ["Website"] * 3 + ["Archive"] * 2
