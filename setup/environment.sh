#!/bin/sh
# Makes .venv with plain venv and pip, from the hash-pinned requirements, and puts this package into it.
# Usage: environment.sh REQUIREMENTS_FILE
set -eu
requirements=$1
oldest="3.11"

suitable() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c "import sys; sys.exit(sys.version_info < (${oldest%.*}, ${oldest#*.}))" 2>/dev/null
}

choose_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if suitable "$name"; then
            echo "$name"
            return
        fi
    done
    echo "This needs Python $oldest or newer: install it, or name it: make run PYTHON=/path/to/python3" >&2
    exit 1
}

# Debian and Ubuntu part venv's seed from Python itself.
complete_venv_module() {
    "$1" -c "import ensurepip" 2>/dev/null && return
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    sh setup/apt-install.sh "$package" && return
    echo "Python's venv module is not complete: run 'sudo apt-get install $package', then try again." >&2
    exit 1
}

# A set-up that was interrupted may have left an environment without pip.
if ! { suitable .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(choose_python)
    complete_venv_module "$python"
    "$python" -m venv --clear .venv
fi
echo "Installing $requirements into .venv (once; a few minutes on a slow line)" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
# The builder comes from the pinned requirements, so nothing is fetched here.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Else each process of a machine that keeps no compiled files compiles the package anew.
.venv/bin/python -m compileall -q pipeline
