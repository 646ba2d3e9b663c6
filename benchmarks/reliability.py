"""A reliability plot: how often rows called so certain are right, drawn as a small SVG."""

from __future__ import annotations

from collections.abc import Sequence

SIZE, EDGE = 320, 44
_STYLE = (
    "text{font:12px sans-serif;fill:#444}.axis{stroke:#888;fill:none}.even{stroke:#bbb;stroke-dasharray:4 4}"
    ".dot{fill:#1f5f8b;fill-opacity:.75}.line{stroke:#1f5f8b;fill:none;stroke-width:1.5}"
)


def draw(points: Sequence[tuple[float, float, int]]) -> str:
    """Points of (mean chance, share of projects, rows) -> an SVG; the dashed line is a perfect forecast."""
    largest = max(rows for _, _, rows in points)

    def x(value: float) -> float:
        return round(EDGE + value * (SIZE - 2 * EDGE), 1)

    def y(value: float) -> float:
        return round(SIZE - EDGE - value * (SIZE - 2 * EDGE), 1)

    line = " ".join(f"{x(chance)},{y(share)}" for chance, share, _ in points)
    dots = "".join(
        f'<circle class="dot" cx="{x(chance)}" cy="{y(share)}" r="{round(2 + 8 * (rows / largest) ** 0.5, 1)}">'
        f"<title>{rows} rows: said {chance:.0%}, were {share:.0%}</title></circle>"
        for chance, share, rows in points
    )
    ticks = "".join(
        f'<text x="{x(value)}" y="{y(0) + 16}" text-anchor="middle">{value:.0%}</text>'
        f'<text x="{x(0) - 6}" y="{y(value) + 4}" text-anchor="end">{value:.0%}</text>'
        for value in (0, 0.5, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" '
        f'aria-label="Reliability: said chance of a project against the share that were projects">'
        f"<style>{_STYLE}</style>"
        f'<path class="axis" d="M{x(0)},{y(1)}V{y(0)}H{x(1)}"/><path class="even" d="M{x(0)},{y(0)}L{x(1)},{y(1)}"/>'
        f'<polyline class="line" points="{line}"/>{dots}{ticks}'
        f'<text x="{SIZE / 2}" y="{SIZE - 8}" text-anchor="middle">chance of a project, as said</text>'
        f'<text x="14" y="{SIZE / 2}" text-anchor="middle" transform="rotate(-90 14 {SIZE / 2})">'
        "share that were projects</text></svg>\n"
    )
