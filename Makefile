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

# make demo INPUT=FILE builds from a file of yours, in a corpus of its own.
ifdef INPUT
TRANSCRIPTS := $(INPUT)
CORPUS ?= demo-corpus-$(basename $(notdir $(INPUT)))
else
TRANSCRIPTS := $(addprefix examples/,railway-council.txt water-commission.txt education-forum.txt)
REFERENCES := $(addprefix --reference ru=examples/,railway-council.ru.txt water-commission.ru.txt)
CORPUS ?= demo-corpus
endif
EXPORTS := $(CORPUS)/exports

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
	$(BIN)/trilogue build $(TRANSCRIPTS) --corpus $(CORPUS) $(REFERENCES)
	mkdir -p $(EXPORTS)
	$(BIN)/trilogue export $(CORPUS) --format tmx --out $(EXPORTS)/corpus.tmx
	@# A project of a CAT tool has one target language: OmegaT would fill an Armenian one with Russian.
	for lang in ru hy az; do \
	  $(BIN)/trilogue export $(CORPUS) --format tmx --lang $$lang --out $(EXPORTS)/corpus.en-$$lang.tmx || exit 1; \
	done
	$(BIN)/trilogue export $(CORPUS) --format jsonl --out $(EXPORTS)/corpus.jsonl
	$(BIN)/trilogue report $(CORPUS) > $(EXPORTS)/report.txt
	@cat $(EXPORTS)/report.txt
	@echo; echo "Exports: $(EXPORTS)/corpus.tmx, corpus.jsonl, report.txt;" \
	  "for OmegaT, a language each: corpus.en-ru.tmx, corpus.en-hy.tmx, corpus.en-az.tmx"

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
	rm -rf demo-corpus demo-corpus-* .mypy_cache .pytest_cache .ruff_cache
