#!/bin/sh
# Makes sure that the shared libraries the PDF engine loads, and one font, are on this machine.
# Usage: system-libraries.sh PYTHON
# Installs what is missing with apt-get, as root or by password-less sudo; elsewhere it says in one line what to
# install and exits 1. Excel and HTML reports need none of it.
set -u
python=$1
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"

is_complete() {
    "$python" - <<'PYTHON'
import ctypes
import ctypes.util
import pathlib
import sys

# Linux names first: the loader finds them without the compiler that find_library may ask for.
libraries = {
    "pango-1.0": "libpango-1.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
}
home = pathlib.Path.home()
font_folders = (
    pathlib.Path("/usr/share/fonts"),
    pathlib.Path("/usr/local/share/fonts"),
    home / ".fonts",
    home / ".local/share/fonts",
    pathlib.Path("/System/Library/Fonts"),
)


def loads(name: str, linux_name: str) -> bool:
    found = linux_name if sys.platform == "linux" else ctypes.util.find_library(name)
    try:
        return found is not None and bool(ctypes.CDLL(found))
    except OSError:
        return False


has_font = any(next(folder.rglob("*.[to]t[fc]"), None) for folder in font_folders if folder.is_dir())
sys.exit(not (has_font and all(loads(*pair) for pair in libraries.items())))
PYTHON
}

is_complete && exit 0
# shellcheck disable=SC2086 # the list is meant to be split
sh setup/apt-install.sh $packages && is_complete && exit 0
case $(uname -s) in
Darwin) echo "PDF reports need Pango: run 'brew install pango'. Excel and HTML reports work without it." >&2 ;;
*) echo "PDF reports need some libraries: run 'sudo apt-get install $packages'. Excel and HTML reports work without them." >&2 ;;
esac
exit 1
