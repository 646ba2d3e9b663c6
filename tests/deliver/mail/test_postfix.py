"""The same mails through Postfix, a server that others wrote, run from a folder of the test's own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.mail.message import opened
from pipeline.deliver.mail.sending import Sender
from pipeline.deliver.mail.smtp import Server
from tests.deliver.mail.server import (
    PERIOD,
    certificate,
    deliver_settings,
    free_port,
    mail_settings,
    page_for,
    queue_mails,
)

POSTFIX = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
mail_owner = postfix
myhostname = localhost
inet_interfaces = 127.0.0.1
mynetworks = 127.0.0.0/8
maillog_file = /dev/stdout
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {folder}/localhost.pem
smtpd_tls_key_file = {folder}/localhost.key
message_size_limit = 200000
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
virtual_minimum_uid = 1
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{later@example.org = 450 4.2.1 not now}} {{never@example.org = 550 5.1.1 nobody}} }}, permit_mynetworks, reject
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture
def postfix() -> Iterator[tuple[Path, int]]:
    """A folder with the mailboxes, and the port."""
    if POSTFIX is None or os.geteuid() != 0:
        pytest.skip("Postfix is not installed, or cannot be run: it starts as root")
    folder, port, owner = Path(tempfile.mkdtemp(prefix="postfix")), free_port(), pwd.getpwnam("postfix")
    folder.chmod(0o755)  # the folders of pytest are for one user only
    for name in ("spool", "data", "boxes", "etc"):
        (folder / name).mkdir(mode=0o755)
    for name in ("data", "boxes"):
        os.chown(folder / name, owner.pw_uid, owner.pw_gid)
    certificate(folder)
    (folder / "etc" / "main.cf").write_text(MAIN.format(folder=folder, user=owner.pw_uid, group=owner.pw_gid))
    (folder / "etc" / "master.cf").write_text(MASTER.format(port=port))
    command = [POSTFIX, "-c", str(folder / "etc")]
    with open(folder / "log", "wb") as log:
        running = subprocess.Popen([*command, "start-fg"], stdout=log, stderr=log)
    try:
        _answers(port, folder)
        yield folder, port
    finally:
        subprocess.run([*command, "abort"], capture_output=True, check=False)
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int, folder: Path) -> None:
    """Wait until the server answers."""
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail((folder / "log").read_text())


def test_mails_arrive_in_the_mailboxes_of_their_readers(postfix: tuple[Path, int], tmp_path: Path) -> None:
    folder, port = postfix
    mail = mail_settings(port, security="starttls", authorities=folder / "localhost.pem", timeout_seconds=20)
    settings = deliver_settings(tmp_path, mail)
    ledger = open_ledger(settings)
    files = {reader: page_for(reader) for reader in ("ada-byron", "later", "never", "large", "cy-young")}
    files["large"] += b"x" * 200_000
    queue_mails(settings, ledger, files)
    with Server(settings.mail) as server, ledger.holding() as holder:
        tally = Sender(ledger, settings, server, holder).send(ledger.rows(states=["approved"]))
    assert tally.stopped == ""
    found = {row.report.rpartition("_")[2]: (row.state, row.reply) for row in ledger.rows()}
    assert found == {
        "ada-byron": ("sent", "250 2.0.0"),
        "cy-young": ("sent", "250 2.0.0"),
        "later": ("retry", "450 4.2.1"),
        "never": ("failed", "550 5.1.1"),
        "large": ("failed", "552 5.3.4"),
    }
    boxes = folder / "boxes" / "all" / "new"
    for _ in range(100):
        if boxes.is_dir() and len(list(boxes.iterdir())) == 2:
            break
        time.sleep(0.2)
    arrived = [opened(path.read_bytes()) for path in boxes.iterdir()]
    assert sorted(one.address for one in arrived) == ["ada-byron@example.org", "cy-young@example.org"]
    for one in arrived:
        reader = one.address.partition("@")[0]
        assert one.files == {f"{PERIOD}_owner_{reader}.html": files[reader]}
