#!/bin/sh
# Installs Debian or Ubuntu packages as root or by password-less sudo; exits 1, silently, where neither will do.
# Usage: apt-install.sh PACKAGE...
set -eu
command -v apt-get >/dev/null || exit 1
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    exit 1
fi
echo "Installing $*" >&2
$as_root apt-get update -qq </dev/null >/dev/null
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
