# The two commands of a newcomer: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
TEXTS ?=
SHARED ?= ../shared
PROCESSES ?= auto
VENV := .venv
BIN := $(VENV)/bin
LOCK := archive/requirements

.PHONY: help setup run test score relevance bench linear faults fuzz lint format

help:
	@echo 'make run                 set up, ingest the sample texts, serve on http://127.0.0.1:$(PORT)/'
	@echo 'make run TEXTS=folder    the same for your own texts, in an archive of their own'
	@echo 'make run PORT=8080       serve on another port'
	@echo 'make test                set up, run all tests that this machine can run'
	@echo 'make test ARGS=...       only some of them, say ARGS="-k search"; in one process: PROCESSES=0'
	@echo 'make score               compare what is read and tagged with facts counted by hand, in ../shared'
	@echo 'make relevance           measure how well judged searches are answered, with the texts in ../shared'
	@echo 'make bench               measure the tagger, the ingest (minutes), then the search beside other engines (half an hour'
	@echo '                         the first time, then half of it: ARCHIVE_BENCH_DATA keeps the indexes of the others),'
	@echo '                         how soon readers see what curators did, how long the whole archive takes as a bundle,'
	@echo '                         and how soon pages are painted'
	@echo 'make bench FILES=1000    only the ingest, of that many made transcripts; 1000 5000 unless you say'
	@echo 'make bench SIZE=10000    only the search, of that many made answers (5 minutes); 1000 10000 50000 unless you say'
	@echo 'make faults              kill an ingest of 500 files, and who writes the index, at 20 random moments each (long)'
	@echo 'make setup               only make .venv and install what the tests and tools need'
	@echo 'make fuzz MINUTES=5      read mutated texts: no crash, no hang, nothing lost'
	@echo 'make linear              measure that time grows no faster than the text (minutes)'
	@echo 'make lint, make format   check the code, put it in shape'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed; name it with: make $(MAKECMDGOALS) PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo 'This Python cannot make virtual environments. On Debian: apt-get install python3-venv'; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-run: $(BIN)/python $(LOCK)/run.txt
	@echo 'Installing what the archive needs ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)/run.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-run $(LOCK)/dev.txt
	@echo 'Installing what the tests need ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)/dev.txt
	@touch $@

setup: $(VENV)/.installed-dev

# The shell reads TEXTS and PORT from the environment, whatever characters they hold.
run: export TEXTS := $(value TEXTS)
run: export PORT := $(PORT)
run: $(VENV)/.installed-run
	@PYTHON='$(BIN)/python' sh archive/run.sh

test: setup
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(ARGS)

score: export SHARED := $(value SHARED)
score: $(VENV)/.installed-run
	@PYTHON='$(BIN)/python' sh archive/score.sh

relevance: export SHARED := $(value SHARED)
relevance: setup
	@$(BIN)/python tests/benchmarks/relevance.py "$$SHARED"

bench: setup
	@$(if $(FILES)$(SIZE),:,$(BIN)/python tests/benchmarks/tagging.py)
	@$(if $(SIZE),:,$(BIN)/python tests/benchmarks/ingest.py $(FILES))
	@$(if $(FILES),:,$(BIN)/python tests/benchmarks/search.py $(SIZE))
	@$(if $(FILES)$(SIZE),:,$(BIN)/python tests/benchmarks/curation.py)
	@$(if $(FILES)$(SIZE),:,$(BIN)/python tests/benchmarks/bundle.py)
	@$(if $(FILES)$(SIZE),:,$(BIN)/python tests/benchmarks/pages.py)

faults: setup
	@$(BIN)/python tests/faults/kills.py $(FILES) $(KILLS)
	@$(BIN)/python tests/faults/index_kills.py

fuzz: setup
	@$(BIN)/python tests/faults/fuzz.py $(MINUTES) $(SEED)

linear: setup
	@$(BIN)/python tests/benchmarks/linear.py

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files --cached --others --exclude-standard 'templates/*.html')
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check --fail-level WARNING

format: setup
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files --cached --others --exclude-standard 'templates/*.html') || true
