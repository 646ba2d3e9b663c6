"""Told to stop, a process ends within seconds with the exit code of its signal, and none of its own lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pipeline.stopping import on_stop, stop, to_the_end

ROOT = Path(__file__).parents[1]
LONGEST_SECONDS = 10
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")

BUSY = """
    import os, subprocess, sys, time
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from pipeline.cli.signals import stopping

    said = Path(sys.argv[1])
    def tell(*pids):
        said.with_suffix(".new").write_text(" ".join(map(str, pids)))
        said.with_suffix(".new").rename(said)
    def sleep():
        time.sleep(60)
"""
POOL = """
    from pipeline.executor import executor
    if __name__ == "__main__":
        with stopping(), executor(2) as pool:
            work = [pool.submit(time.sleep, 60) for _ in range(4)]
            while len(pool._processes) < 2:
                time.sleep(0.01)
            tell(*pool._processes)
            work[0].result()
"""
PARSER = """
    from pipeline.parser.process import Parser
    parser = Parser()
    with stopping():
        tell(parser._process.pid)
        parser._process.wait()
"""
CHILD = """
    from pipeline.unattended import child
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    begin = f"import os, subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {stubborn!r}]); "
    begin += f"time.sleep(0.3); open({str(said)!r} + '.new', 'w').write(str(os.getpid()) + ' ' + str(p.pid)); "
    begin += f"os.rename({str(said)!r} + '.new', {str(said)!r}); time.sleep(60)"
    child.ours = lambda arguments: (sys.executable, "-c", begin)
    with stopping():
        child.run_apart([], aloud=False)
"""


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("work", [POOL, PARSER, CHILD], ids=["pool", "parser", "child"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_what_was_begun_ends_with_the_process(tmp_path: Path, work: str, number: int, code: int) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are looked up in /proc")
    script, said = tmp_path / "busy.py", tmp_path / "said"
    script.write_text(textwrap.dedent(BUSY.format(root=str(ROOT))) + textwrap.dedent(work))
    process = subprocess.Popen([sys.executable, script, said], stderr=subprocess.PIPE, text=True)
    try:
        limit = time.monotonic() + 60
        while not said.exists():
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < limit
            time.sleep(0.02)
        begun = list(map(int, said.read_text().split()))
        assert all(map(lives, begun))
        asked = time.monotonic()
        process.send_signal(number)
        _, told = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
    assert time.monotonic() - asked < LONGEST_SECONDS
    assert process.returncode == code, told
    assert "Traceback" not in told
    while any(map(lives, begun)) and time.monotonic() - asked < LONGEST_SECONDS:
        time.sleep(0.02)
    assert not any(map(lives, begun))


def test_a_block_is_brought_to_its_end() -> None:
    done, ended = [], []
    forget = on_stop(lambda: ended.append(1))

    def work() -> None:
        with to_the_end():
            with to_the_end():
                stop(SystemExit(143))
                done.append("inner")
            done.append("outer")
            assert ended == []

    with pytest.raises(SystemExit) as stopped:
        work()
    assert (stopped.value.code, done, ended) == (143, ["inner", "outer"], [1])
    forget()
    with pytest.raises(SystemExit):
        stop(SystemExit(143))
    assert ended == [1]


HANGS = """
    from pipeline.cli import signals
    signals.AT_MOST_SECONDS = 0.3
    with stopping():
        tell(os.getpid())
        try:
            time.sleep(60)
        finally:
            time.sleep(60)
"""


def test_one_that_hangs_ends_all_the_same(tmp_path: Path) -> None:
    script, said = tmp_path / "hangs.py", tmp_path / "said"
    script.write_text(textwrap.dedent(BUSY.format(root=str(ROOT))) + textwrap.dedent(HANGS))
    process = subprocess.Popen([sys.executable, script, said])
    while not said.exists():
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(LONGEST_SECONDS) == 143
