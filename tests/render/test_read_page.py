"""A page that is written as XML is read as one, to what the reader of every page finds; any other is not."""

from __future__ import annotations

import pytest

from pipeline.render.read_page import _read_as_html, _read_as_xml

PAGE = "<!doctype html>\n<html lang='en'><head>{}</head><body>{}</body></html>\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Ana &amp; Roy</title>", "<table><tr><td>a <b>b</b>\n c</td><td>&#34;d&#34;</td></tr></table>tail"),
        ("<style>a > b { content: '&amp;' }</style>", "<p>x</p><script>if (a && b < c) { '</p>' }</script><p>y</p>"),
        ("<meta name='author' content='Cy%20Fox'/>", "<svg viewBox='0 0 9 9'><path d='M1 2'/><text>1</text></svg>"),
        ("", "<p><!-- Cy Fox -->a<br/>b</p><img src='data:image/png;base64,AA==' alt='&lt;1 &#39;'/>"),
        ("", "<a href='data:text/plain,Cy'>x</a><a href='data:text/plain,Cy'>y</a>"),
        ("", "<TABLE><TR><TD>Plan</TD><TD ID='1'>FI-201</TD></TR></TABLE><P>Total</P><STYLE>a &amp; b</STYLE>"),
    ],
)
def test_it_is_read_to_the_same(head: str, body: str) -> None:
    page = PAGE.format(head, body)
    found = _read_as_xml(page)
    assert found is not None
    assert (found.lines, found.flows) == (_read_as_html(page).lines, [])
    assert dict.fromkeys(found.unread) == dict.fromkeys(_read_as_html(page).unread)


@pytest.mark.parametrize(
    "body",
    [
        "<p>open",
        "<p class=plain>x</p>",
        "<p>Cy&nbsp;Fox</p>",
        "<p>Cy&#160;Fox</p>",
        "<p>Cy\r\nFox</p>",
        "<p title='FI-\n201'>x</p>",
        """<p>"</p><p title="FI-\n201">"</p>""",
        "<![CDATA[Cy Fox]]>",
        "<?note Cy Fox?>",
        "<!-- <style>Cy Fox</style> -->",
        "<p title='<style>Cy Fox</style>'>x</p>",
    ],
)
def test_what_means_another_thing_in_xml_is_not(body: str) -> None:
    assert _read_as_xml(PAGE.format("", body)) is None
    assert _read_as_xml(PAGE.format("", "<p>x</p>")) is not None


def test_a_page_that_declares_words_of_its_own_is_not() -> None:
    assert _read_as_xml("<!DOCTYPE html [<!ENTITY who 'Cy Fox'>]><html>&who;</html>") is None
    assert _read_as_xml("<!DOCTYPE html SYSTEM 'about:legacy-compat'><html>&who;</html>") is None
