"""Custom properties that never change are written out where they stand: the PDF engine solves each anew per element."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree.ElementTree import Element

_DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]*?)\s*(?=[;}]|$)")
_ROOT = re.compile(r"(?:^|[}/])\s*:root\s*\{([^{}]*)\}")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NOT_PLAIN = re.compile(r"""[("'!\\]|^$""")
"""Of a value that means the same only where it stands, or may have been cut at a semicolon."""
_CONDITIONAL = re.compile(r"@(?:media|supports|layer|container|import|property)\b")


def write_out(page: Element) -> None:
    """Put its value in the place of every property that the root declares and nothing declares otherwise."""
    sheets = [style for style in page.iter("style") if style.text]
    text = _COMMENT.sub(" ", "\n".join(style.text or "" for style in sheets))
    if _CONDITIONAL.search(text):
        return
    values: dict[str, set[str]] = defaultdict(set)
    for declared in (text, *(one.get("style", "") for one in page.iter())):
        for name, value in _DECLARED.findall(declared):
            values[name].add(value)
    at_root = {name for rule in _ROOT.findall(text) for name, _ in _DECLARED.findall(rule)}
    constant = {name: min(values[name]) for name in at_root if len(values[name]) == 1 and _is_plain(*values[name])}
    for style in sheets:
        style.text = _USED.sub(lambda used: constant.get(used[1], used[0]), style.text or "")


def _is_plain(value: str) -> bool:
    return not _NOT_PLAIN.search(value)
