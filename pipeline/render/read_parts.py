"""What reading a finished report back gives."""

from __future__ import annotations

from dataclasses import dataclass, field

Line = tuple[str, ...]
"""The texts that stand on one line: the cells of a row, or one text."""


@dataclass
class Read:
    """The texts of a finished report.

    `lines`: what stands on a line each. `flows`: whole pages with their line breaks, in which words and IDs go on from
    line to line. `unread`: parts that cannot be read back, in words; none where everything was read.
    """

    lines: list[Line] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, *texts: str) -> None:
        """Texts that are a line each."""
        self.lines += [(text,) for text in texts if text and not text.isspace()]

    def join(self, other: Read) -> None:
        """What was read of a file inside this one."""
        self.lines += other.lines
        self.flows += other.flows
        self.unread += other.unread
