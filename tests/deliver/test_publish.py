"""A period's folder is the old one or the new one, whatever fails, and people's own files survive."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.deliver import folder, locks, publish
from pipeline.errors import DeliveryError
from pipeline.model import Delivery, Period, Report
from pipeline.settings import DeliverSettings

PERIOD = Period(2026, 10)
ROOT = Path(__file__).parents[2]


def reports(text: str, names: tuple[str, ...] = ("organisation.pdf", "organisation.xlsx")) -> tuple[Report, ...]:
    return tuple(Report(name, "executive", "", name.rpartition(".")[2], f"{name} {text}".encode()) for name in names)


def put(output: Path, text: str, **more: Any) -> tuple[Delivery, ...]:
    return publish(reports(text, **more), {"period": str(PERIOD)}, DeliverSettings(output=output), PERIOD)


def read(output: Path) -> dict[str, str]:
    """What a person sees in the period's folder, without the manifest."""
    published = output / "2026-10"
    return {entry.name: entry.read_text() for entry in published.iterdir() if entry.name != "run.json"}


def expected(text: str) -> dict[str, str]:
    return {report.name: report.content.decode() for report in reports(text)}


def leftovers(output: Path) -> list[str]:
    return [entry.name for entry in output.iterdir() if entry.name not in {"2026-10", ".publishing.lock"}]


def test_reports_and_manifest_are_published(tmp_path: Path) -> None:
    deliveries = put(tmp_path / "a" / "output", "one")
    output = tmp_path / "a" / "output"
    assert read(output) == expected("one")
    text = (output / "2026-10" / "run.json").read_text()
    document = json.loads(text)
    assert text.endswith("}\n")
    assert list(document) == sorted(document)
    assert {one.carrier for one in deliveries} == {"folder"}
    assert document["period"] == "2026-10"
    assert [(one["name"], one["sha256"], one["size"]) for one in document["outputs"]] == [
        (one.report, one.sha256, one.path.stat().st_size) for one in deliveries
    ]
    assert leftovers(output) == []


def test_second_run_leaves_the_same_bytes_and_drops_reports_no_longer_made(tmp_path: Path) -> None:
    put(tmp_path, "one", names=("organisation.pdf", "closed-department.pdf"))
    first = (tmp_path / "2026-10" / "organisation.pdf").read_bytes()
    put(tmp_path, "one", names=("organisation.pdf",))
    assert (tmp_path / "2026-10" / "organisation.pdf").read_bytes() == first
    assert list(read(tmp_path)) == ["organisation.pdf"]


def test_files_and_folders_of_people_are_kept(tmp_path: Path) -> None:
    put(tmp_path, "one")
    published = tmp_path / "2026-10"
    (published / "minutes.txt").write_text("ours")
    (published / "photos").mkdir()
    (published / "photos" / "board.jpg").write_text("picture")
    put(tmp_path, "two")
    assert (published / "minutes.txt").read_text() == "ours"
    assert (published / "photos" / "board.jpg").read_text() == "picture"
    assert (published / "organisation.pdf").read_text() == "organisation.pdf two"
    assert leftovers(tmp_path) == []


def test_a_report_somebody_edited_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    for edit in ("decided", "decided again"):
        put(tmp_path, "one")
        (tmp_path / "2026-10" / "organisation.xlsx").write_text(edit)
    put(tmp_path, "two")
    assert read(tmp_path) == {
        **expected("two"),
        "organisation.kept-1.xlsx": "decided",
        "organisation.kept-2.xlsx": "decided again",
    }


NOT_OURS = hashlib.sha256(b"not ours").hexdigest()


@pytest.mark.parametrize(
    "manifest",
    ["", "[]", '{"outputs": 3}', json.dumps({"outputs": [{"name": "../../../minutes.txt", "sha256": NOT_OURS}]})],
)
def test_nothing_is_removed_on_the_word_of_a_damaged_manifest(tmp_path: Path, manifest: str) -> None:
    outside = tmp_path / "minutes.txt"
    outside.write_text("not ours")
    output = tmp_path / "shared" / "output"
    put(output, "one")
    (output / "2026-10" / "run.json").write_text(manifest)
    put(output, "two")
    assert outside.read_text() == "not ours"
    assert read(output)["organisation.kept-1.pdf"] == "organisation.pdf one"
    assert read(output)["organisation.pdf"] == "organisation.pdf two"


@pytest.mark.parametrize(
    "name",
    [
        "../x.pdf",
        "a/b/c.pdf",
        "a/../b.pdf",
        "/b.pdf",
        "a\\b.pdf",
        ".hidden",
        "",
        "x\n.pdf",
        "é.pdf",
        "run.json",
        "con.pdf",
        "x.",
        "a b",
    ],
)
def test_a_name_that_is_no_plain_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeliveryError, match=r"cannot be the name|would be called"):
        put(tmp_path, "one", names=(name,))
    assert list(tmp_path.iterdir()) == []


def test_two_reports_that_share_a_name_on_windows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="two files"):
        put(tmp_path, "one", names=("IT.pdf", "it.pdf"))


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep.txt").write_text("keep")
    output = tmp_path / "output"
    output.mkdir()
    (output / "2026-10").symlink_to(elsewhere)
    with pytest.raises(DeliveryError, match="is a link"):
        put(output, "one")
    assert [entry.name for entry in elsewhere.iterdir()] == ["keep.txt"]


def test_links_left_in_place_of_working_folders_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep.txt").write_text("keep")
    output = tmp_path / "output"
    put(output, "one")
    (output / ".2026-10.new").symlink_to(elsewhere)
    (output / ".2026-10.old").symlink_to(elsewhere)
    put(output, "two")
    assert [entry.name for entry in elsewhere.iterdir()] == ["keep.txt"]
    assert leftovers(output) == []


@pytest.mark.parametrize("spot", ["output", "output/2026-10"])
def test_a_file_in_place_of_a_folder_is_explained(tmp_path: Path, spot: str) -> None:
    (tmp_path / spot).parent.mkdir(exist_ok=True)
    (tmp_path / spot).write_text("a file")
    with pytest.raises(DeliveryError, match="file") as caught:
        put(tmp_path / "output", "one")
    assert caught.value.where.endswith("2026-10")
    assert "move it away" in caught.value.hint.lower()
    assert (tmp_path / spot).read_text() == "a file"


class FailingCalls:
    """Wraps a function so that its nth call fails as on a full disk."""

    def __init__(self, real: Callable[..., Any], nth: int) -> None:
        self.real, self.left = real, nth

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.real(*arguments, **options)


# With a folder to replace: 3 files and their folder are synced, then, after the swap, the output folder and the new
# folder again; two renames swap and a third brings a person's file over; the second mkdir makes the working folder;
# what is unlinked is the old folder's files.
@pytest.mark.parametrize(
    ("call", "nth", "published"),
    [
        *[("fsync", nth, "old") for nth in (1, 2, 3, 4)],
        *[("fsync", nth, "new") for nth in (5, 6)],
        *[("replace", nth, "old") for nth in (1, 2)],
        ("replace", 3, "new"),
        ("mkdir", 2, "old"),
        *[("unlink", nth, "new") for nth in (1, 2, 3)],
        ("rmdir", 1, "new"),
    ],
)
def test_a_full_disk_at_any_step_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, published: str
) -> None:
    put(tmp_path, "old")
    (tmp_path / "2026-10" / "minutes.txt").write_text("ours")
    failing = FailingCalls(getattr(os, call), nth)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        with pytest.raises(DeliveryError) as caught:
            put(tmp_path, "new")
    assert failing.left <= 0, "the step was never reached"
    seen = read(tmp_path)
    seen.pop("minutes.txt", None)
    assert seen == expected(published)
    if published == "old":
        assert "Free some space" in caught.value.hint
        assert leftovers(tmp_path) == []
    else:
        assert "in place" in caught.value.what
    put(tmp_path, "next")
    assert read(tmp_path) == {**expected("next"), "minutes.txt": "ours"}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_disk_that_fills_while_writing_leaves_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    put(tmp_path, "old")
    writes = FailingCalls(lambda handle, content: handle.write(content), nth)

    class Full:
        def __init__(self, handle: Any) -> None:
            self.handle = handle

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.handle.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.handle, name)

        def write(self, content: bytes) -> int:
            return int(writes(self.handle, content))

    def full_open(path: Path, mode: str) -> Any:
        return Full(path.open(mode)) if mode == "xb" else path.open(mode)

    with monkeypatch.context() as patch:
        patch.setattr(folder, "open", full_open, raising=False)
        with pytest.raises(DeliveryError, match="no space left"):
            put(tmp_path, "new")
    assert read(tmp_path) == expected("old")
    assert leftovers(tmp_path) == []


def test_an_error_in_the_manifest_leaves_the_old_folder(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with pytest.raises(ValueError, match="not JSON compliant"):
        publish(reports("new"), {"x": float("nan")}, DeliverSettings(output=tmp_path), PERIOD)
    assert read(tmp_path) == expected("old")
    assert leftovers(tmp_path) == []


def test_another_run_publishing_is_not_disturbed(tmp_path: Path) -> None:
    put(tmp_path, "old")
    who = rf"another run is publishing here: process {os.getpid()} on .*, since 20.* UTC"
    with locks.locked(tmp_path), pytest.raises(DeliveryError, match=who):
        put(tmp_path, "new")
    assert read(tmp_path) == expected("old")


KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from tests.deliver.test_publish import put

    calls, fatal = 0, int(sys.argv[2])
    def deadly(real):
        def call(*arguments, **options):
            global calls
            calls += 1
            if calls == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)
        return call
    for name in ("fsync", "replace", "unlink", "rmdir"):
        setattr(os, name, deadly(getattr(os, name)))
    put(Path(sys.argv[1]), "new")
    print(calls)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_run_killed_at_any_step_leaves_old_or_new_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED.format(root=str(ROOT))))
    killed_with: list[str] = []
    for fatal in range(1, 40):
        output = tmp_path / f"output-{fatal}"
        put(output, "old")
        (output / "2026-10" / "minutes.txt").write_text("ours")
        done = subprocess.run([sys.executable, script, output, str(fatal)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        killed_with.append(_state_after_kill(output))
        put(output, "next")
        assert read(output) == {**expected("next"), "minutes.txt": "ours"}, f"killed before step {fatal}"
        assert leftovers(output) == []
    assert set(killed_with) == {"old", "between", "new"}
    assert killed_with.count("between") == 1
    assert killed_with == sorted(killed_with, key=["old", "between", "new"].index)


def _state_after_kill(output: Path) -> str:
    if not (output / "2026-10").exists():
        assert (output / ".2026-10.old").is_dir()
        return "between"
    seen = read(output)
    seen.pop("minutes.txt", None)
    assert seen in (expected("old"), expected("new")), "half a folder was published"
    return "old" if seen == expected("old") else "new"
