"""Where a ledger may lie: on a disk of this machine, since SQLite's locks and shared memory fail on network shares."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from pipeline.errors import DeliveryError

NETWORK = frozenset(
    """9p acfs afpfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.cephfs fuse.davfs fuse.gcsfuse fuse.glusterfs
    fuse.goofys fuse.grpcfuse fuse.jmtpfs fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse gfs gfs2
    glusterfs gpfs lustre ncpfs nfs nfs3 nfs4 ocfs2 orangefs prl_fs pvfs2 smb2 smb3 smbfs vboxsf virtiofs vmhgfs webdav
    """.split()
)
"""Kinds of file systems that other machines can change meanwhile, as mount tables name them. Why it matters:
https://www.sqlite.org/wal.html ("WAL does not work over a network filesystem") and
https://www.sqlite.org/howtocorrupt.html, 2.1."""

_LINUX = Path("/proc/self/mountinfo")
_REMOTE = 4
"""DRIVE_REMOTE of Windows' GetDriveType."""
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTED = re.compile(r"^.+ on (?P<point>/.*) \((?P<kind>[A-Za-z0-9_.-]+)[,)].*$")


def check_place(path: Path) -> None:
    """Raises DeliveryError where a ledger at this path would lie on a network share."""
    kind = share_of(path)
    if kind:
        raise DeliveryError(
            f"is on a network share ({kind}), where a database in a file can lose what it was told.",
            str(path),
            "Set ledger under [deliver] to a folder on a disk of this machine; for several machines, ledger_url.",
        )


def share_of(path: Path) -> str:
    """The kind of the network share that a path lies on; "" where it is on none, as far as the system tells."""
    if sys.platform == "win32":
        return _windows_share(path)
    try:
        table = _mount_table()
    except (OSError, subprocess.SubprocessError):
        return ""
    kind = kind_at(path.resolve(), table)
    return kind if kind in NETWORK else ""


def kind_at(path: Path, table: list[tuple[Path, str]]) -> str:
    """The kind of the file system of a resolved path, by the deepest mount point above it; the latest of two wins."""
    points = dict(table)
    return next((points[at] for at in (path, *path.parents) if at in points), "")


def linux_mounts(text: str) -> list[tuple[Path, str]]:
    """Mount points and kinds out of `/proc/self/mountinfo`, as proc(5) describes its fields."""
    lines = [line.split(" ") for line in text.splitlines() if " - " in line]
    return [(Path(_plain(line[4])), line[line.index("-") + 1]) for line in lines]


def bsd_mounts(text: str) -> list[tuple[Path, str]]:
    """Mount points and kinds out of what `mount` prints on macOS: `//a@b/c on /Volumes/c (smbfs, nodev)`."""
    found = (_MOUNTED.match(line) for line in text.splitlines())
    return [(Path(one["point"]), one["kind"]) for one in found if one]


def _mount_table() -> list[tuple[Path, str]]:
    if _LINUX.exists():
        return linux_mounts(_LINUX.read_text(encoding="utf-8", errors="surrogateescape"))
    done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=True)
    return bsd_mounts(done.stdout)


def _plain(point: str) -> str:
    r"""A mount point with its blanks as themselves: the table has `\040`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), point)


if sys.platform == "win32":
    import ctypes

    def _windows_share(path: Path) -> str:
        anchor = path.resolve().anchor
        if anchor.startswith("\\\\"):
            return "a folder of another computer"
        return "a network drive" if ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE else ""

else:

    def _windows_share(path: Path) -> str:
        raise AssertionError("asked on Windows only")
