# make all: raw pages in raw/ to decks, handouts and bundles in build/. All else is for those who work on guidepress.

VENV := .venv/bin
STAMPS := .venv/.guidepress

.PHONY: all setup test check package bench silent rich histories damages anki-versions docs pictures clean help

all: $(STAMPS)-run
	$(VENV)/guidepress all

# The virtual environment, once for each change of what it holds; PYTHON=... chooses the interpreter.
$(STAMPS)-run: pyproject.toml constraints.txt scripts/setup
	PYTHON="$(PYTHON)" sh scripts/setup
	@touch $@

$(STAMPS)-dev: pyproject.toml constraints.txt scripts/setup
	PYTHON="$(PYTHON)" sh scripts/setup dev
	@touch $@ $(STAMPS)-run

setup: $(STAMPS)-dev

# Neighbours stay in one process, which makes what they share once.
test: $(STAMPS)-dev
	$(VENV)/python -m pytest -n auto --dist worksteal

check: $(STAMPS)-dev
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/lint-imports --no-cache
	$(VENV)/python scripts/walls.py

bench: $(STAMPS)-dev
	@for one in tests/bench/bench_*.py; do echo "== $$one"; $(VENV)/python $$one || exit 1; done

# 300 pages with everything that a page may hold, through the whole pipeline: ends well if nothing differs.
rich: $(STAMPS)-dev
	$(VENV)/python tests/generations/run_rich.py

# 2,000 right pages, one thing on each damaged: how many records are wrong with nothing told?
silent: $(STAMPS)-dev
	$(VENV)/python -m tests.silent.run --count 2000

# Builds what is published, installs it into a bare environment, and uses and tests it there.
package: $(STAMPS)-dev
	sh scripts/try-package

# 64 random histories of a source, five builds each, imported into the real Anki: ends well if no note was lost.
histories: $(STAMPS)-dev
	$(VENV)/python -m tests.histories.run

# What learners keep in five versions of Anki, each in an environment of its own.
anki-versions: $(STAMPS)-dev
	$(VENV)/python -m tests.versions.run

# 200 seeded damages of the state: ends well if the run after each made what an undisturbed one makes.
damages: $(STAMPS)-dev
	DAMAGES=200 $(VENV)/python -m pytest -n auto tests/stages/build/test_damages.py

docs: $(STAMPS)-run
	$(VENV)/python -m pipeline.config > docs/configuration.md
	$(VENV)/python scripts/python_reference.py > docs/python.md
	$(VENV)/python scripts/report_reference.py > docs/report.md
	for one in report diff error; do $(VENV)/guidepress schema $$one > docs/$$one.schema.json || exit 1; done

# The pictures of the documentation, drawn in headless Chromium (apt-get install chromium).
pictures: $(STAMPS)-dev
	@for one in tests/previews/*.py; do echo "== $$one"; $(VENV)/python $$one || exit 1; done

clean: $(STAMPS)-run
	$(VENV)/guidepress clean

help:
	@echo "make all | setup | test | check | package | bench | silent | rich | histories | damages | anki-versions | docs | pictures | clean"
