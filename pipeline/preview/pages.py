"""What the preview says around the reports: the frame with their list, that one is being drawn, why one cannot be."""

from __future__ import annotations

import html
from collections.abc import Sequence

from pipeline.errors import PipelineError
from pipeline.render.environment import told


def frame(names: Sequence[str], state: str) -> str:
    """The page that lists the reports and shows one."""
    options = "".join(f'<option value="{html.escape(name)}">{html.escape(name)}</option>' for name in names)
    return _FRAME.replace("STATE", state).replace("OPTIONS", options)


def being_drawn(name: str) -> str:
    """That a report, or with "" the list of them, is not ready yet; the page asks again by itself."""
    what = "Being drawn" if name else "The register is being read"
    rest = " The workbook is offered for download as soon as it is ready." if name.endswith(".xlsx") else ""
    return _SAID.replace("EVERY", "1").replace("WHAT", f"<p>{rest.strip()}</p>" if rest else "").replace("HEAD", what)


def cannot_be_drawn(problem: Exception) -> str:
    """What is wrong, in the place of the report; it goes away when the file is saved right."""
    known = isinstance(problem, PipelineError)
    where, what = (problem.where, f"{problem.what} {problem.hint}") if known else ("", told(problem))  # type: ignore[attr-defined]
    place = f"<p><b>{html.escape(where)}</b></p>" if where else ""
    said = f"{place}<p>{html.escape(what)}</p><p>Save the file again: this page follows.</p>"
    return _SAID.replace("EVERY", "2").replace("HEAD", "This report cannot be drawn").replace("WHAT", said)


_SAID = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"/><title>HEAD</title><meta http-equiv="refresh" content="EVERY"/></head>
<body style="font: 16px/1.5 sans-serif; margin: 3em; max-width: 50em; color: #1a1917; background: #fff">
<h1 style="font-size: 1.4em" role="status">HEAD</h1>WHAT</body></html>
"""

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"/><title>Preview</title>
<style>
html, body { margin: 0; height: 100%; font: 15px/1.4 sans-serif; color: #1a1917; background: #f5f2ec }
header { padding: .6em 1em; border-bottom: 1px solid #cdc6b8 }
select { font: inherit; padding: .2em }
iframe { display: block; width: 100%; height: calc(100% - 3.2em); border: 0; background: #fff }
</style></head>
<body><header><label>Report <select id="name">OPTIONS</select></label> <span id="said" role="status"></span></header>
<iframe id="report" title="Report"></iframe>
<script>
const name = document.getElementById("name"), report = document.getElementById("report");
const said = document.getElementById("said");
let state = "STATE";
function show() { location.hash = name.value; report.src = "report/" + encodeURIComponent(name.value); }
if (location.hash) name.value = decodeURIComponent(location.hash.slice(1));
name.addEventListener("change", show);
async function follow() {
  for (;;) {
    try {
      const now = await (await fetch("changed?" + state)).text();
      if (now !== state) { state = now; said.textContent = "Saved: drawn anew"; show(); }
    } catch { said.textContent = "The preview has stopped"; await new Promise(done => setTimeout(done, 2000)); }
  }
}
show();
follow();
</script></body></html>
"""
