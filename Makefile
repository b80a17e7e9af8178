# make install | demo | test | check | bench. Each does its own set-up; nothing else is needed than
# Python 3.11 and the package index.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# What a person installs who drafts, aligns and exports: no torch.
THIN := $(VENV)/.installed-thin
# The CPU build: the default wheel brings gigabytes of CUDA that a drafting machine does not use.
TORCH ?= torch==2.13.0
INPUT ?=
CORPUS ?= demo-corpus

.PHONY: install demo test check bench clean
install: $(STAMP)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "make: no $(PYTHON) here; name yours: make PYTHON=python3 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(THIN): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[marian,formats]"
	touch $@

$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(TORCH)
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(THIN)
	$(BIN)/python -m trilogue.scripts.demo --corpus $(CORPUS) $(INPUT)

test: install
	$(BIN)/python -m pytest -q

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q

bench: install
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf demo-corpus demo-out .mypy_cache .pytest_cache .ruff_cache
