"""A log book and one project's plan are read like registers, and said to look like something else."""

from __future__ import annotations


def codes(register):
    return {one.code for one in register.findings}


def test_entries_with_a_time_one_after_another_look_like_a_log(register):
    """
    Date|Time|Event|Reported by|Action taken
    2026-10-01|'06:10|Pump 2 tripped|Ana|Restarted
    2026-10-01|'09:45|High turbidity|Bo|Sample sent to lab
    2026-10-02|'02:30|Power dip|Cy|None
    2026-10-02|'11:05|Leak at valve 7|Ana|Clamp fitted
    2026-10-03|'07:00|Pump 2 tripped again|Bo|Motor replaced
    """
    assert len(register.items) == 5
    assert "R25" in codes(register)


def test_work_in_order_of_its_dates_is_no_log(register):
    """
    Date|Task|Owner|Status
    2026-10-01|Replace pumps|Ana|Open
    2026-10-01|Read meters|Bo|Open
    2026-10-02|Paint tanks|Cy|Open
    2026-10-05|Clean filters|Ana|Open
    2026-10-09|Order salt|Bo|Open
    """
    assert "R25" not in codes(register)


def test_tasks_with_predecessors_and_codes_look_like_one_plan(register):
    """
    ID|WBS|Task Name|Duration|Start|Finish|Predecessors|% Complete
    1|1|Website|60 days|2026-03-02|2026-05-22||0.4
    2|1.1|Design|20 days|2026-03-02|2026-03-27||1
    3|1.1.1|Wireframes|10 days|2026-03-02|2026-03-13||1
    4|1.1.2|Visual design|10 days|2026-03-16|2026-03-27|3|1
    5|1.2|Build|30 days|2026-03-30|2026-05-08|2|0.2
    6|1.2.1|Templates|15 days|2026-03-30|2026-04-17|4|0.5
    7|1.2.2|Content|15 days|2026-04-20|2026-05-08|6|0
    8|1.3|Test|10 days|2026-05-11|2026-05-22|5|0
    9|1.3.1|Acceptance|5 days|2026-05-11|2026-05-15|7|0
    10|1.3.2|Fixes|5 days|2026-05-18|2026-05-22|9|0
    """
    (one,) = [one for one in register.findings if one.code == "R26"]
    assert "a column of predecessors, codes such as 1.2.3, a duration and a share done" in one.message
    assert "within 81 days" in one.message
    assert len(register.items) == 10


def test_a_portfolio_over_years_is_no_plan(register):
    """
    ID|Project|Duration|Start|Finish|% Complete
    1.1|Replace pumps|60 days|2024-03-02|2026-05-22|0.4
    1.2|New billing|20 days|2025-03-02|2027-03-27|1
    1.3|Leak pilot|10 days|2026-03-02|2026-03-13|1
    1.4|Archive|10 days|2023-03-16|2026-03-27|1
    2.1|Office move|30 days|2026-03-30|2026-05-08|0.2
    2.2|Laptops|15 days|2026-03-30|2026-04-17|0.5
    2.3|Helpdesk|15 days|2026-04-20|2026-05-08|0
    2.4|Payroll|10 days|2026-05-11|2026-05-22|0
    3.1|Training|5 days|2026-05-11|2026-05-15|0
    3.2|Survey|5 days|2026-05-18|2028-05-22|0
    """
    assert "R26" not in codes(register)
