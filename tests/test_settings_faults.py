"""What is wrong in pipeline.toml is told with its setting, its line, what was read there, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import load_settings
from pipeline.settings_faults import line_of

MAIL = '# mail\n[deliver.mail]\nsender = "reports@example.org"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f'{MAIL}\n[deliver.mail.readers]\n"IT Services" = [\n  "cfo@elsewhere.example",\n]\n',
            "line 6: deliver.mail.readers.IT Services = 'cfo@elsewhere.example': it is outside the domains that mail may "
            "go to (example.org). Correct the address, or add 'elsewhere.example' to domains.",
        ),
        (
            f'{MAIL}readers = {{ Finance = ["a b"] }}\n',
            "line 4: deliver.mail.readers.Finance = 'a b': it is no plain address. Write one like name@example.org.",
        ),
        (
            f'{MAIL}host = "mail.example.org"\nsecurity = "none"\n',
            "line 5: deliver.mail.security = 'none': without TLS, mail goes to a server on this machine only, not to "
            "mail.example.org. Write security = 'starttls'.",
        ),
        (
            f'{MAIL}user = "me"\n',
            "line 4: deliver.mail.user = 'me': it is not said, or said more than once, how to log in. Set one of "
            "password_env, password_file, password_keyring, token_command.",
        ),
        (
            f'{MAIL}password_env = "SECRET_NAME"\n',
            "line 4: deliver.mail.password_env = '...': it needs a user to log in as. Write user beside it, or take it out.",
        ),
        (
            '[summarise]\ntimezone = "Europe/Berlyn"\n',
            "line 2: summarise.timezone = 'Europe/Berlyn': no time zone is called 'Europe/Berlyn'. Write one like "
            "Europe/Berlin.",
        ),
        ("deliver.mail.port = 0\n", "line 1: deliver.mail.port = 0: Input should be greater than 0. Write another value there."),
        (f'{MAIL}senders = "x"\n', "line 4: there is no setting 'deliver.mail.senders'. Did you mean 'sender'?"),
    ],
)  # fmt: skip
def test_it_is_told_where_it_stands_and_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as problem:
        load_settings(path)
    assert str(problem.value) == f"{path}, {told}"


def test_what_was_read_is_not_repeated_at_any_length(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text(f'[deliver.mail]\nport = "{"x" * 5000}"\n')
    with pytest.raises(SettingsError) as problem:
        load_settings(path)
    assert len(problem.value.what) < 200


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a", "b"), 3),
        (("a", "b", "c", 0), 3),
        (("a", "d e"), 5),
        (("a", "f", "g"), 6),
        (("a", "none"), 2),
        (("none",), 0),
        (("h", "i"), 8),
    ],
)
def test_the_line_is_the_one_that_sets_it_or_begins_its_section(place: tuple[str | int, ...], line: int) -> None:
    text = "# top\n[a]  # of it\nb = { c = [1] }\nx = 1\n'd e' = 2\nf.g = 3\n[h]\n\"i\"=4\n= 5\n"
    assert line_of(text, place) == line
