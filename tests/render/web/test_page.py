"""The web page in a real browser: no network, no complaint, accessible, nothing cut off, light and dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.render.conftest import page_of
from tests.render.sample import make_summary

PACKS = ("executive", "department", "pmo")


@pytest.mark.parametrize(
    ("pack", "wide", "narrow"),
    [("executive", "light", "dark"), ("department", "dark", "light"), ("pmo", "dark", "light")],
)  # what packs share is seen in both schemes at both widths
def test_axe_finds_no_violation(
    opened: Callable[..., Any], short_files: dict[str, Path], pack: str, wide: str, narrow: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(short_files[pack], reduced_motion="reduce").page
    for width, scheme in ((1280, wide), (390, narrow)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == [], (width, scheme)


@pytest.mark.parametrize("pack", PACKS)
def test_it_asks_nothing_of_the_network_and_complains_of_nothing(opened: Callable[..., Any], pack: str) -> None:
    one = opened(pack)
    assert one.said == []
    assert len(one.requests) == 1, "the file itself"


@pytest.mark.parametrize("pack", PACKS)
def test_no_page_is_wider_than_its_window(opened: Callable[..., Any], pack: str) -> None:
    page = opened(pack, 320).page
    unreachable = """[...document.querySelectorAll('.scroll, .desk, .phone')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.tabIndex !== 0).length"""
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(unreachable) == 0, f"what scrolls can be reached by keyboard, {width} wide"


@pytest.mark.parametrize("pack", ["executive", "department"])
def test_drawings_are_shown_whole_with_letters_that_can_be_read(opened: Callable[..., Any], pack: str) -> None:
    page = opened(pack, 360).page
    cut = """[...document.querySelectorAll('.body, .desk, .phone')].filter((one) => one.querySelector('svg.chart')
        && one.scrollWidth > one.clientWidth + 1).map((one) => one.closest('.exhibit').id)"""
    small = """[...document.querySelectorAll('.body > svg.chart, .desk > .chart, .phone > .chart')]
        .filter((one) => one.checkVisibility() && [...one.querySelectorAll('text')].some((text) =>
            text.getAttribute('font-size') * one.getBoundingClientRect().width / one.viewBox.baseVal.width < 9.5))
        .map((one) => one.closest('.exhibit').id)"""
    for width in (360, 390, 768, 1001, 1024, 1100, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert (page.evaluate(cut), page.evaluate(small)) == ([], []), width


@pytest.mark.parametrize("width", [390, 1280])
def test_text_can_be_read_and_controls_can_be_hit(opened: Callable[..., Any], width: int) -> None:
    page = opened("executive", width).page
    small = """[...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.ownerSVGElement
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML.slice(0, 90))"""
    assert page.evaluate(small) == []
    narrow = """[...document.querySelectorAll('button, input, select, summary, nav a')].filter((one) =>
        one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 90))"""
    assert page.evaluate(narrow) == []


def test_a_script_that_slipped_in_is_not_run(opened: Callable[..., Any], files: dict[str, Path]) -> None:
    text = files["pmo"].read_text(encoding="utf-8").replace("</main>", "<script>window.slipped = 1</script></main>", 1)
    forged = files["pmo"].with_name("forged.html")
    forged.write_text(text, encoding="utf-8")
    one = opened(forged)
    assert one.page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in said for said in one.said)


def test_the_reader_turns_the_lights_off_and_on(opened: Callable[..., Any]) -> None:
    page = opened("pmo", color_scheme="light").page
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) == "rgb(23, 22, 20)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)", "paper is white"
    assert page.locator(".tools, nav, .theme").evaluate_all("all => all.every((one) => !one.checkVisibility())")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_the_first_key_skips_to_the_report(opened: Callable[..., Any]) -> None:
    page = opened("pmo").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


def test_a_chart_tells_its_values_by_pointer_keys_and_list(opened: Callable[..., Any]) -> None:
    page = opened("executive").page
    chart, tip = page.locator("#months .desk svg.chart"), page.locator(".tip")
    told = chart.locator("g[data-told]").evaluate_all("all => all.map((one) => one.dataset.told)")
    assert len(told) > 1
    chart.focus()
    page.keyboard.press("ArrowRight")
    assert tip.inner_text() == told[0]
    page.keyboard.press("End")
    assert tip.inner_text() == told[-1]
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    chart.locator("g[data-told] rect").first.hover()
    assert tip.inner_text() == told[0]
    page.locator("#months summary").click()
    assert page.locator("#months .values li").all_inner_texts() == told


class Skeleton(HTMLParser):
    """Every element with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def skeleton(text: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = Skeleton()
    parser.feed(text)
    return parser.found


@pytest.fixture(scope="session")
def plain_skeleton() -> list[tuple[str, tuple[str, ...]]]:
    return skeleton(page_of(make_summary(items=4, people=2, title="Plain", department="Plain"), pack="pmo"))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["</script><script>x()</script>", "<img src=x onerror=x()>", '" onclick="x()', "javascript:x()",
                     "\u202egpj.exe", "-->", "</style>", "]]>", "{{ 7 * 7 }}", "<!--"]),
    st.text(max_size=12).map(str.strip),
)  # fmt: skip
def test_what_stands_in_a_register_stays_text(plain_skeleton: Any, hostile: str, more: str) -> None:
    text = f"{hostile} x{more}"
    assert skeleton(page_of(make_summary(items=4, people=2, title=text, department=text), pack="pmo")) == plain_skeleton


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_are_ink_underlined_and_show_where_the_keyboard_is(opened: Callable[..., Any], scheme: str) -> None:
    page = opened("executive", color_scheme=scheme).page
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p><a href=\"#month\">link</a></p>')"
    )
    link = page.locator("main a").last
    look = "one => [getComputedStyle(one).color, getComputedStyle(one).textDecorationLine]"
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert link.evaluate(look) == [ink, "underline"]
    page.keyboard.press("Tab")
    link.focus()
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


@pytest.mark.parametrize("pack", PACKS)
def test_the_theme_button_stands_beside_the_heading_and_no_word_of_a_chart_is_cut(
    opened: Callable[..., Any], pack: str
) -> None:
    page = opened(pack).page
    tops = page.evaluate("[...document.querySelectorAll('.top b, .theme')].map((one) => one.getBoundingClientRect())")
    assert tops[1]["top"] < tops[0]["bottom"]
    cut = """[...document.querySelectorAll('.desk svg text')].filter((one) => one.checkVisibility()
        && one.getBoundingClientRect().right > one.ownerSVGElement.getBoundingClientRect().right + 1)
        .map((one) => one.textContent)"""
    assert page.evaluate(cut) == []


def test_what_is_said_of_the_go_lives_is_what_the_screen_draws(opened: Callable[..., Any]) -> None:
    page = opened("executive").page
    drawn = page.locator("#go_lives .desk svg.chart g[data-told]").count()
    coming = sum(int(one) for one in re.findall(r"^(\d+) go-lives", page.locator("#go_lives h2").inner_text()))
    rest = re.findall(r"and (\d+) more", page.locator("#go_lives").inner_text())
    assert coming == drawn + sum(map(int, rest))


def test_a_phone_shows_the_months_ahead(opened: Callable[..., Any]) -> None:
    page = opened("executive").page
    marks = "all => all.map((one) => one.dataset.told)"
    wide, phone = (
        page.locator(f"#months {one} svg.chart g[data-told]").evaluate_all(marks) for one in (".desk", ".phone")
    )
    assert [one for one in wide if "hours are change" not in one][-1] == [
        one for one in phone if "hours are change" not in one
    ][-1]


def test_a_large_register_makes_a_page_of_bounded_size(opened: Callable[..., Any], tmp_path: Path) -> None:
    text = page_of(make_summary(items=5_000, people=60), pack="executive")
    assert len(text.encode()) < 3_000_000
    path = tmp_path / "large.html"
    path.write_text(text, encoding="utf-8")
    page = opened(path).page
    assert "1,000 of 5,000" in page.locator("#every-item h1").inner_text()
    assert "4,000 more in the PMO workbook, sheet Register" in " ".join(
        page.locator("#every-item .what").all_inner_texts()
    )


def test_on_paper_lists_are_tables_however_narrow_it_is(opened: Callable[..., Any]) -> None:
    page = opened("pmo", 690).page
    shape = "getComputedStyle(document.querySelector('#every-item tbody td')).display"
    assert page.evaluate(shape) != "table-cell", "a phone shows cards"
    page.emulate_media(media="print")
    assert page.evaluate(shape) == "table-cell"
