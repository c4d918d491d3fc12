# Two commands on a fresh machine: `make demo` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PAIR := corpora/grues-du-lac/grues-du-lac

.PHONY: demo test lint types docs coverage release clean

demo: $(VENV)/.core
	$(BIN)/checker diff $(PAIR).fr.txt $(PAIR).de.txt || test $$? -eq 1

test: $(VENV)/.test
	@scripts/browser.sh
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy -p checker

# Pages made from the program are fresh and links lead somewhere; that the commands on the pages
# do what they say is part of `make test`.
docs: $(VENV)/.test
	$(BIN)/python -m pytest -q tests/docs --ignore tests/docs/test_blocks.py

coverage: $(VENV)/.test
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

release: $(BIN)/python
	$(BIN)/python scripts/release.py $(PYTHONS)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[transformers,documents,web,cluster,test]'
	@touch $@ $(VENV)/.core
