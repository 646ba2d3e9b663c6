"""A reader whose name is misspelt in the settings is told, with the nearest name that there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.deliver.mail.misnamed import misnamed, misnamed_people, misnamed_since
from pipeline.mail_settings import MailSettings
from pipeline.render.text import slug

REPORTS = [("executive", ""), ("department", "IT Services"), ("department", "Finance"), ("owner", "Ada Byron")]


def mail(*readers: str) -> MailSettings:
    return MailSettings(sender="reports@example.org", readers={name: ["a@example.org"] for name in readers})


def told(name: str, near: str, when: str = "") -> str:
    hint = f" The nearest is '{near}'." if near and ", " not in near else f" There are: {near}." if near else ""
    return f"'{name}', in readers under [deliver.mail], is the name of no report{when}: nobody gets mail by it.{hint}"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Financ", "Finance"),
        ("it servises", "IT Services"),
        ("Organization", "organisation"),
        ("department/Finanze", "department/Finance"),
        ("Ada Bryon", "Ada Byron"),
        (
            "Kitchen Stores",
            "Ada Byron, Estates, Finance, IT Services, organisation",
        ),
    ],
)
def test_a_name_that_no_report_has_is_told_with_the_nearest(name: str, near: str) -> None:
    right = ("organisation", "executive/organisation", " finance ", "IT SERVICES", "Estates")
    assert misnamed(mail(*right, name), REPORTS, ["Estates", ""]) == (told(name, near),)


def test_it_is_held_against_what_was_published_last(tmp_path: Path) -> None:
    assert misnamed_since(mail("Financ"), tmp_path / "none", slug) == ()
    for month in ("2026-09", "2026-10"):
        (tmp_path / month).mkdir()
    assert misnamed_since(mail("Financ"), tmp_path, slug) == ()
    (tmp_path / "2026-09" / "2026-09_department_stores.pdf").touch()
    names = (
        "executive.pdf",
        "department_finance.pdf",
        "department_it-services_de.pdf",
        "owner_ada-byron--1a2b3c4d.html",
    )
    for name in names:
        (tmp_path / "2026-10" / f"2026-10_{name}").touch()
    listed = ("department_finance", "department_it-services_de", "executive", "owner_ada-byron")
    right = ("organisation", "executive/organisation", "Finance", "IT Services", "department/IT Services", "Ada Byron")
    assert misnamed_since(mail(*right), tmp_path, slug) == ()
    assert misnamed_since(mail("Financ", "Stores", "owner/Finance"), tmp_path, slug) == (
        told("Financ", "2026-10_department_finance", " of 2026-10"),
        told("Stores", ", ".join(f"2026-10_{name}" for name in sorted(listed)), " of 2026-10"),
        told("owner/Finance", "2026-10_department_finance", " of 2026-10"),
    )


def test_a_misspelt_person_is_told_by_the_sheet_and_by_what_was_published_last(tmp_path: Path) -> None:
    named = MailSettings(sender="reports@example.org", people=["Viktor Hahn", "Vikctor Han", "all"])
    (said,) = misnamed_people(named, ["Viktor Hahn", "Ada Byron"])
    assert said == (
        "'Vikctor Han', in people under [deliver.mail], is nobody on the People sheet: nobody gets mail by it. "
        "The nearest is 'Viktor Hahn'."
    )
    (tmp_path / "2026-10").mkdir()
    (tmp_path / "2026-10" / "2026-10_owner_viktor-hahn_de.pdf").touch()
    (said,) = misnamed_since(named, tmp_path, slug)
    assert said.startswith("'Vikctor Han', in people under [deliver.mail], is the name of no report of 2026-10: ")


SETTINGS = """
[render]
formats = ["html"]
[render.packs]
executive = { make = false }
owner = { make = false }
pmo = { make = false }
[deliver.mail]
sender = "reports@example.org"
readers = { "IT Servises" = ["it@example.org"], Works = ["works@example.org"] }
"""
WORK = """
    ID | Title | Department | Accountable | Start | Finish | Effort
    P1 | Replace the mail system | IT Services | Ada Byron | 2026-09-01 | 2026-12-18 | 200 h
    P2 | Lay new pipes | Works | Cy Young | 2026-09-01 | 2027-01-29 | 100 h
"""


def test_a_run_the_status_and_the_doctor_say_so(
    tmp_path: Path, make_workbook: Callable[..., Path], ask: Callable[..., tuple[int, str, str]]
) -> None:
    make_workbook("input/register.xlsx", Register=WORK)
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    code, out, problem = ask("run", "--period", "2026-10")
    assert code == 0, problem
    assert told("IT Servises", "IT Services") in " ".join(out.split())
    since = told("IT Servises", "2026-10_department_it-services", " of 2026-10")
    assert since in " ".join(ask("status")[2].split())
    checks = json.loads(ask("doctor", "--json")[1])["checks"]
    assert ("look", since) in [(one["state"], one["found"]) for one in checks]
