"""A custom property is written out only where it has one value, so that nothing looks otherwise."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from pipeline.render.css_constants import write_out


def written(css: str, body: str = "<p/>") -> str:
    page = fromstring(f"<html><head><style>{css}</style></head><body>{body}</body></html>")
    write_out(page)
    return page.findtext("head/style") or ""


def test_a_property_of_the_root_is_written_out() -> None:
    assert written(":root { --ink: #111; --sans: A, B }p { color: var(--ink); font: 9pt var(--sans) }").endswith(
        "p { color: #111; font: 9pt A, B }"
    )


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("p { --ink: #111; color: var(--ink) }", "<p/>"),
        (":root { --ink: #111 } p { --ink: #222; color: var(--ink) }", "<p/>"),
        (":root { --ink: #111 } p { color: var(--ink) }", '<p style="--ink: #222"/>'),
        ("@media screen { :root { --ink: #111 } } p { color: var(--ink) }", "<p/>"),
        (":root { --ink: #111 } p { color: var(--other, #222) }", "<p/>"),
        (":root { --a: var(--b); --b: red } .d { --b: blue } .d p { color: var(--a) }", "<p/>"),
        (":root { --i: url(data:image/png;base64,AA) } p { background: var(--i) }", "<p/>"),
        (":root { --s: '; ' } p { content: var(--s) }", "<p/>"),
        (":root { --x: red !important } p { border: 1px solid var(--x) }", "<p/>"),
        (":root { /* --x: 3px; */ } p { margin: var(--x) }", "<p/>"),
    ],
)
def test_a_property_that_may_differ_stays(css: str, body: str) -> None:
    assert written(css, body) == css
