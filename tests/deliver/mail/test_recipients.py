"""Who gets a letter: what the settings name, and of the People sheet only whom they approve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from pipeline.deliver.mail.recipients import addressed
from pipeline.letter import Letter
from pipeline.mail_settings import MailSettings
from tests.deliver.mail.server import letter

PEOPLE = pd.DataFrame(
    {
        "name": ["Ada Byron", "Bo Diddley", "Cy Young", "Cy Young", "Di Ana", "Ed Outside"],
        "email": ["ada@example.org", "", "cy@example.org", "cy.young@example.org", "di@example.org, evil@example.org", "ed@elsewhere.example"],
    },
    dtype="string[pyarrow]",
)  # fmt: skip
NOBODY = PEOPLE.head(0)
FINANCE = replace(letter("Finance"), audience="department", pack="department", report="2026-10_department_finance")
WHOLE = replace(letter(""), scope="", audience="organisation", pack="pmo", report="2026-10_pmo")


def mail(**options: Any) -> MailSettings:
    return MailSettings(sender="reports@example.org", **options)


def of(one: Letter, settings: MailSettings, people: pd.DataFrame = PEOPLE) -> list[str]:
    found = addressed([one], people, settings)
    assert bool(found.pairs) != bool(found.without), "a letter has an address or a reason"
    return [address for _, address in found.pairs]


def why(one: Letter, settings: MailSettings, people: pd.DataFrame = PEOPLE) -> str:
    (told,) = addressed([one], people, settings).without
    assert (told.report, "@" in told.reason.replace("name@example.org", "")) == (one.report, False)
    return told.reason


@pytest.mark.parametrize("people", [["all"], ["ada byron"], ["Ada Byron ", "Cy Young"]])
def test_a_person_who_is_approved_gets_theirs(people: list[str]) -> None:
    assert of(letter("Ada Byron"), mail(people=people)) == ["ada@example.org"]


@pytest.mark.parametrize(
    ("name", "people", "reason"),
    [
        ("Ada Byron", [], "not approved"),
        ("Ada Byron", ["Ada"], "not approved"),
        ("Bo Diddley", ["all"], "no e-mail address"),
        ("Nobody", ["all"], "no e-mail address"),
        ("Cy Young", ["all"], "several addresses"),
        ("Di Ana", ["all"], "no plain address"),
        ("Ed Outside", ["all"], "outside the domains"),
    ],
)
def test_everybody_else_is_told(name: str, people: list[str], reason: str) -> None:
    assert reason in why(letter(name), mail(people=people))


def test_of_two_with_one_name_neither_gets_the_page_where_one_has_no_address() -> None:
    twice = pd.DataFrame({"name": ["Cy Young", "cy young"], "email": ["cy@example.org", None]}, dtype="string[pyarrow]")
    assert "more than once" in why(letter("Cy Young"), mail(people=["all"]), twice)


def test_what_the_settings_say_comes_first() -> None:
    settings = mail(readers={"ada byron": ["a.byron@example.org", "A.Byron@example.org"]}, people=["all"])
    assert of(letter("Ada Byron"), settings) == ["a.byron@example.org"]


def test_a_department_and_the_organisation_are_named_in_the_settings_only() -> None:
    settings = mail(readers={"Finance": ["cfo@example.org"], "pmo/organisation": ["pmo@example.org"]}, people=["all"])
    assert of(FINANCE, settings, NOBODY) == ["cfo@example.org"]
    assert of(WHOLE, settings, NOBODY) == ["pmo@example.org"]
    assert "organisation" in why(replace(WHOLE, pack="executive"), settings)
    assert "'Finance'" in why(FINANCE, mail(people=["all"]))


def test_a_report_about_nothing_goes_to_nobody() -> None:
    assert "no work item" in why(replace(letter("Ada Byron"), items=0), mail(people=["all"]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"readers": {"Finance": ["cfo@elsewhere.example"]}},
        {"readers": {"Finance": ["a@example.org, b@example.org"]}},
        {"operator": "Ada <a@example.org>"},
        {"reply_to": "a@b@c"},
        {"host": "mail.example.org", "security": "none"},
        {"host": "localhost", "security": "none", "user": "ada", "password_env": "P"},
        {"user": "ada"},
        {"user": "ada", "password_env": "P", "password_keyring": "mail"},
        {"password_env": "P"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        mail(**wrong)
