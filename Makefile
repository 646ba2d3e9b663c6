# The few verbs of this repository; continuous integration uses the same ones.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTHON ?=
PERIOD ?= 2026-10
MEASURE ?=
export PYTHON
# What is compiled once serves the many processes of the tests; machine images often say otherwise.
unexport PYTHONDONTWRITEBYTECODE

LIBRARIES := .venv/.system-libraries
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
READY_BENCH := .venv/.ready-bench
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--python-version 3.11 --custom-compile-command "make requirements"

.PHONY: help run test lint docs languages requirements upgrade bench clean

help: ## Show these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: $(READY) $(LIBRARIES) ## Set up, then report on the registers in input/ (PERIOD=2026-10, the example's month)
	@$(BIN)/pipeline run --input input --output output --period $(PERIOD)

test: $(READY_DEV) $(LIBRARIES) ## Set up, then run the tests
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

lint: $(READY_DEV) ## Style, types and layering
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_layering.py

docs: $(READY_DEV) ## Write the generated pages and the example settings anew
	@$(BIN)/python docs/generate.py

languages: $(READY_DEV) ## Bring the catalogues of the languages up to date, and say what is not translated
	@$(BIN)/python docs/catalogues.py

requirements: $(READY_DEV) ## Pin what pyproject.toml asks for, keeping today's versions where they fit
	@$(LOCK) --group build -o requirements.txt
	@$(LOCK) --group build --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --group build --group dev --group bench -c requirements-dev.txt -o requirements-bench.txt

upgrade: $(READY_DEV) ## Pin the newest versions of everything
	@$(LOCK) --upgrade --group build -o requirements.txt
	@$(LOCK) --upgrade --group build --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --upgrade --group build --group dev --group bench -c requirements-dev.txt -o requirements-bench.txt

bench: $(READY_BENCH) $(LIBRARIES) ## Measure speed and memory beside others (MEASURE="read --smallest", what and how)
	@$(BIN)/python -m benchmarks $(MEASURE)

clean: ## Remove the environment, caches and published reports
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	@find output -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.txt pyproject.toml setup/environment.sh
	@sh setup/environment.sh requirements.txt
	@touch $@

$(READY_DEV): requirements-dev.txt requirements.txt pyproject.toml setup/environment.sh
	@sh setup/environment.sh requirements-dev.txt
	@touch $(READY) $@

$(READY_BENCH): requirements-bench.txt requirements-dev.txt pyproject.toml setup/environment.sh
	@sh setup/environment.sh requirements-bench.txt
	@touch $(READY) $(READY_DEV) $@

# Not made where the libraries cannot be installed: then this says so each time, and the other formats work.
$(LIBRARIES): setup/system-libraries.sh | $(READY)
	@sh setup/system-libraries.sh $(BIN)/python && touch $@ || true
