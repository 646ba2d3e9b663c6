"""One unattended run: reports, letters where they are set, and what is written down and told of it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.log import Log, Value
from pipeline.unattended.child import Outcome, run_apart
from pipeline.unattended.ping import ping
from pipeline.unattended.sending import Sending

if TYPE_CHECKING:
    from pipeline.model import Period
    from pipeline.settings import Settings

MEANS: Mapping[int, str] = {
    1: "it ended with findings that were asked for",
    2: "the settings cannot be used",
    3: "the run could not go on",
    4: "something could not be published or sent",
    143: "it was told to stop",
}
"""What an exit code above 0 means, in words that hold nothing of the registers."""


_MADE = "The reports of {} are made."
_FATES: Mapping[str, str] = {"new": "new", "replaced": "replaced", "same": "as before", "held": "held for a look"}


class Work:
    """Makes the reports of a month with these settings, whose file is `config`. `by` is watch or schedule."""

    def __init__(self, settings: Settings, config: Path | None, by: str, *, aloud: bool) -> None:
        self.settings, self.by, self.aloud = settings, by, aloud
        self.log = Log(settings.unattended.log)
        self._config = ("--config", str(config)) if config else ()
        self.sending = Sending(settings.deliver, self._send)
        self._last_sent: Outcome | None = None

    def run(self, period: Period, only: Mapping[Path, tuple[int, ...]] | None = None) -> Outcome:
        """Make the reports, of `only` the files that still are as their stamps say, and send what is to be sent.

        The outcome is that of the reports: whether their mails were sent too says `sending`, which tries again.
        """
        self.log.note("begun", period=str(period), by=self.by)
        self._last_sent = None
        begun, before = time.monotonic(), self.sending.wanted
        if self.settings.unattended.send:
            self.sending.want_now()  # before the run, so that a process that dies after it leaves no mail behind
        outcome = self._apart(self._arguments(period, listed=only is not None), only)
        self._told(period, outcome, round(time.monotonic() - begun, 1))
        if outcome.code:
            self.sending.want(before)
            self._ping(succeeded=False)
        elif self.settings.unattended.send:
            self.send()
        else:
            self._ping(succeeded=True)
        return outcome

    def send(self) -> bool:
        """Send what is approved, without a run; whether all that was due was sent."""
        sent = self.sending.attempt()
        self._ping(succeeded=sent and self.sending.wanted is None)
        return sent

    def send_due(self) -> bool:
        """Send where it is time to try again; whether nothing that was due is left."""
        return self.send() if self.settings.unattended.send and self.sending.due else True

    def made(self, period: Period, outcome: Outcome) -> list[str]:
        """What a run that succeeded made, in sentences: the reports by name, then what became of their mails."""
        names = [Path(one["name"]).name for one in outcome.answer.get("reports") or ()]
        folder = self.settings.deliver.output / str(period)
        lines = [
            f"The reports of {period} are made, in {folder}: {', '.join(names)}." if names else _MADE.format(period)
        ]
        if self._last_sent:
            answer = self._last_sent.answer
            expected, sent = (
                answer.get("expected", 0),
                len(answer.get("sent") or ()) + len(answer.get("sent_before") or ()),
            )
            lines.append(f"Mails: expected {expected}, sent {sent}. `pipeline status` lists them.")
        elif outbox := outcome.answer.get("outbox"):
            counts = {fate: len(outbox.get(fate) or ()) for fate in ("new", "replaced", "same", "held")}
            told = ", ".join(f"{count} {_FATES[fate]}" for fate, count in counts.items() if count)
            lines.append(f"Mails in the outbox: {told or 'none'}. `pipeline status` lists them.")
        return lines

    def why(self, period: Period, outcome: Outcome) -> str:
        """Why a run did not succeed, and how to see more."""
        means = MEANS.get(outcome.code, f"it ended with {outcome.code}")
        return f"{period} was not finished: {means}. `pipeline run --period {period}` says more."

    def _arguments(self, period: Period, *, listed: bool) -> list[str]:
        one = self.settings.unattended
        chosen = {"--archive": one.archive, "--approve-automatically": one.approve, "--arrived": listed}
        return ["run", "--period", str(period), "--json", *(name for name, wanted in chosen.items() if wanted)]

    def _apart(self, arguments: list[str], only: Mapping[Path, tuple[int, ...]] | None = None) -> Outcome:
        text = "" if only is None else json.dumps({str(path): stamp for path, stamp in only.items()})
        return run_apart([*arguments, *self._config], aloud=self.aloud, text=text)

    def _send(self) -> bool:
        sent = self._last_sent = self._apart(["send", "--really", "--json"])
        self.log.note("sent", code=sent.code)
        return not sent.code

    def _told(self, period: Period, outcome: Outcome, seconds: float) -> None:
        if outcome.code:
            self.log.note("failed", period=str(period), by=self.by, code=outcome.code, seconds=seconds)
        else:
            counts = _counts(outcome.answer)
            self.log.note("done", period=str(period), by=self.by, code=0, **{**counts, "seconds": seconds})

    def _ping(self, *, succeeded: bool) -> None:
        address = self.settings.unattended.ping
        problem = ping(address, succeeded) if address else ""
        if problem:
            self.log.note("unpinged", problem=problem)


def _counts(answer: Mapping[str, Any]) -> dict[str, Value]:
    """The counts of a run's answer; those it does not give are left out."""

    def within(name: str) -> Mapping[str, Any]:
        return answer.get(name) or {}

    found = {
        "rows": within("rows").get("used"),
        "reports": len(answer.get("reports") or ()),
        "errors": within("findings").get("error"),
        "warnings": within("findings").get("warning"),
        "notes": within("findings").get("note"),
        **{fate: within("intake").get(fate) for fate in ("archived", "quarantined", "waiting")},
    }
    return {name: count for name, count in found.items() if isinstance(count, int)}
