"""A ledger is on a disk of this machine, or it is said that it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.deliver.ledger import open_ledger, place
from pipeline.deliver.ledger.place import bsd_mounts, kind_at, linux_mounts, share_of
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings

LINUX = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 27 0:40 / /srv/team\040files rw,relatime shared:9 master:3 - cifs //files/team rw,vers=3.0
41 27 0:41 / /home rw - nfs4 files:/home rw
42 41 254:1 / /home/ada/disk rw - ext4 /dev/vdb rw
43 27 0:43 / /mnt/far rw - fuse.sshfs ada@far:/ rw
44 27 0:44 / /mnt/c rw - 9p drvfs rw
"""

MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@files/team on /Volumes/team (smbfs, nodev, nosuid, mounted by ada)
/dev/disk4 on /Volumes/a (b) disk (apfs, local)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/team files/ledger.sqlite", "cifs"),
        ("/home/bo/ledger.sqlite", "nfs4"),
        ("/home/ada/disk/ledger.sqlite", "ext4"),
        ("/home2/ledger.sqlite", "ext4"),
        ("/mnt/far/ledger.sqlite", "fuse.sshfs"),
        ("/mnt/c/Users/ledger.sqlite", "9p"),
    ],
)
def test_linux_says_what_a_path_lies_on(path: str, kind: str) -> None:
    assert kind_at(Path(path), linux_mounts(LINUX)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/Volumes/team/l", "smbfs"), ("/Volumes/a (b) disk/l", "apfs"), ("/Users/ada/l", "apfs")],
)
def test_macos_says_what_a_path_lies_on(path: str, kind: str) -> None:
    assert kind_at(Path(path), bsd_mounts(MACOS)) == kind


def test_a_mount_over_another_hides_it() -> None:
    table = [(Path("/"), "ext4"), (Path("/srv"), "ext4"), (Path("/srv"), "nfs")]
    assert kind_at(Path("/srv/ledger"), table) == "nfs"


def test_this_machines_own_disk_is_no_share(tmp_path: Path) -> None:
    assert share_of(tmp_path / "not" / "there" / "yet") == ""


def test_a_ledger_on_a_share_is_refused_before_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 0:1 / / rw - ext4 /dev/vda rw\n2 1 0:2 / {tmp_path}/share rw - nfs4 files:/ rw\n")
    monkeypatch.setattr(place, "_LINUX", table)
    path = tmp_path / "share" / "ledger.sqlite"
    with pytest.raises(DeliveryError, match=r"network share \(nfs4\).*ledger_url"):
        open_ledger(DeliverSettings(ledger=path))
    assert not path.exists()
    open_ledger(DeliverSettings(ledger=tmp_path / "share2" / "ledger.sqlite"))


def test_a_link_to_a_share_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"2 1 0:2 / {tmp_path}/share rw - cifs //files/team rw\n")
    monkeypatch.setattr(place, "_LINUX", table)
    (tmp_path / "share").mkdir()
    (tmp_path / "own").symlink_to(tmp_path / "share")
    assert share_of(tmp_path / "own" / "ledger.sqlite") == "cifs"
