"""Tables on a web page: sorted by a button in each heading, searched in one box, by mouse and by keyboard alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

ITEMS = "#every-item"


def column(page: Any, heading: str, where: str = ITEMS) -> list[str]:
    """The keys of a column's visible cells, as listed."""
    return page.evaluate(
        """([where, heading]) => {
            const table = document.querySelector(where + " table");
            const head = [...table.tHead.rows[0].cells].find((one) => one.textContent.trim() === heading);
            return [...table.tBodies[0].rows].filter((row) => !row.hidden)
                .map((row) => row.cells[head.cellIndex].dataset.value ?? row.cells[head.cellIndex].textContent.trim());
        }""",
        [where, heading],
    )


def head(page: Any, name: str) -> Any:
    return page.locator(f"{ITEMS} th").filter(has_text=name)


def test_hours_sort_as_numbers_in_three_states(opened: Callable[..., Any]) -> None:
    page = opened().page
    listed = column(page, "Hours")
    button = head(page, "Hours").get_by_role("button")
    button.click()
    assert head(page, "Hours").get_attribute("aria-sort") == "ascending"
    known = sorted((one for one in listed if one), key=float)
    assert column(page, "Hours") == known + [one for one in listed if not one], "unknown last"
    button.click()
    assert head(page, "Hours").get_attribute("aria-sort") == "descending"
    assert [one for one in column(page, "Hours") if one] == known[::-1]
    assert column(page, "Hours")[-1] == "", "unknown last this way, too"
    button.click()
    assert head(page, "Hours").get_attribute("aria-sort") is None
    assert column(page, "Hours") == listed


def test_dates_sort_by_day_and_one_column_at_a_time(opened: Callable[..., Any]) -> None:
    page = opened().page
    head(page, "Hours").get_by_role("button").click()
    head(page, "Finish").get_by_role("button").click()
    known = [one for one in column(page, "Finish") if one]
    assert known == sorted(known)
    assert len({one[:4] for one in known}) > 1, "the sample spans two years"
    assert page.locator(f"{ITEMS} th[aria-sort]").count() == 1


def test_equal_cells_keep_their_order(opened: Callable[..., Any]) -> None:
    page = opened().page
    head(page, "Kind").get_by_role("button").click()
    kinds, ids = column(page, "Kind"), column(page, "ID")
    assert kinds == sorted(kinds, key=str.lower)
    assert all(one < other for one, other, a, b in zip(ids, ids[1:], kinds, kinds[1:], strict=False) if a == b)


def test_sorting_by_keyboard(opened: Callable[..., Any]) -> None:
    page = opened().page
    head(page, "Item").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head(page, "Item").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert head(page, "Item").get_attribute("aria-sort") == "descending"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Department"


def test_searching_shows_the_rows_that_hold_every_word_and_says_how_many(opened: Callable[..., Any]) -> None:
    page = opened().page
    box, status = page.locator(f"{ITEMS} input[type=search]"), page.locator(f"{ITEMS} [role=status]")
    total = page.locator(f"{ITEMS} tbody tr").count()
    box.fill("ESTATES operation")
    rows = page.locator(f"{ITEMS} tbody tr:not([hidden])")
    assert 0 < rows.count() < total
    assert all("estates" in text.lower() and "operation" in text.lower() for text in rows.all_inner_texts())
    assert status.inner_text() == f"{rows.count()} of {total} rows"
    box.fill("no such row")
    assert rows.count() == 0
    assert status.inner_text() == "No row holds “no such row”"
    box.fill("")
    assert rows.count() == total


def test_the_box_is_labelled_and_found_by_its_label(opened: Callable[..., Any]) -> None:
    page = opened().page
    assert page.locator(ITEMS).get_by_label("Search these rows").count() == 1


def test_on_a_phone_rows_are_cards_ordered_by_a_list(opened: Callable[..., Any]) -> None:
    page = opened(width=390).page
    assert page.locator(f"{ITEMS} tbody tr").first.evaluate("row => getComputedStyle(row).display") == "block"
    page.locator(ITEMS).get_by_label("Order").select_option(label="Hours, descending")
    known = [float(one) for one in column(page, "Hours") if one]
    assert known == sorted(known, reverse=True)


def test_everything_can_be_read_without_the_script(opened: Callable[..., Any]) -> None:
    page = opened(java_script_enabled=False).page
    assert page.locator(f"{ITEMS} tbody tr").count() == 150
    assert page.locator("button, input").count() == 0


def test_a_long_list_shows_its_first_rows_and_the_rest_when_asked(opened: Callable[..., Any]) -> None:
    page = opened(width=390).page
    rows, shown = page.locator(f"{ITEMS} tbody tr"), page.locator(f"{ITEMS} tbody tr:visible")
    total = rows.count()
    assert shown.count() == 30 < total
    more = page.locator(f"{ITEMS} .more")
    assert (more.inner_text(), more.get_attribute("aria-expanded")) == (f"Show all {total} rows", "false")
    page.locator(ITEMS).get_by_label("Order").select_option(label="Hours, descending")
    known = [float(one or -1) for one in column(page, "Hours")]
    assert known[:30] == [float(one.get_attribute("data-value") or -1) for one in shown.locator("td:last-child").all()]
    page.emulate_media(media="print")
    assert shown.count() == total, "paper has all of it"
    page.emulate_media(media="screen")
    more.focus()
    page.keyboard.press("Enter")
    assert shown.count() == total
    assert page.evaluate("document.activeElement.sectionRowIndex") == 30, "reading goes on where it ended"
    more.click()
    assert shown.count() == 30


WRITTEN = """() => [...document.querySelectorAll(".tools + .scroll table")].flatMap((table) =>
    [...table.querySelectorAll("tbody tr:not(.sum) td")]
        .filter((cell) => !("value" in cell.dataset) && /^\\d[\\d,.]*( ?%| h)?$|^\\d+ [A-Z][a-z]{2}/.test(cell.textContent.trim())
            && !cell.matches(".id, .first, .after"))
        .map((cell) => cell.outerHTML.slice(0, 120)))"""
"""Numbers and days in tables that sort, which say nothing of what they are sorted by."""


@pytest.mark.parametrize("pack", ["executive", "department"])
def test_numbers_and_days_say_what_they_are_sorted_by(opened: Callable[..., Any], pack: str) -> None:
    page = opened(pack).page
    assert page.locator(".tools + .scroll td[data-value]").count() > 0
    assert page.evaluate(WRITTEN) == []


@pytest.mark.parametrize(("pack", "table", "heading"), [
    ("executive", "#attention", "Finish"), ("department", "#every-item", "Finish"),
])  # fmt: skip
def test_a_column_of_days_is_sorted_by_day(opened: Callable[..., Any], pack: str, table: str, heading: str) -> None:
    page = opened(pack).page
    page.locator(f"{table} th").filter(has_text=heading).get_by_role("button").click()
    known = [one for one in column(page, heading, table) if one]
    assert len(set(known)) > 1
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", one) for one in known)
    assert known == sorted(known)
