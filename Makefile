# Two commands do all: `make graph` and `make test`. Each makes the virtual environment where it is missing.
PYTHON ?= python3
VENV ?= .venv
SOURCES ?= examples/landmarks.jsonl
STORE ?= graph.kg
FOCUS ?=

bin := $(VENV)/bin
installed := $(VENV)/.installed
tested := $(VENV)/.test-installed

.PHONY: graph test test-all bench train clean help ontology-docs

help:
	@echo "make graph      build a graph of the demo papers, or of SOURCES=\"a.txt b.jsonl\", and draw graph.html"
	@echo "make test       tests, ruff and mypy"
	@echo "make test-all   the long checks too"
	@echo "make train      learn the shipped models anew"
	@echo "make bench      the benchmarks"
	@echo "make ontology-docs   docs/ontology.html, a reference made from the Turtle"

$(bin)/python:
	$(PYTHON) -c 'import sys; sys.exit("methodome needs Python 3.11 or newer: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(installed): pyproject.toml | $(bin)/python
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(tested): pyproject.toml $(installed)
	$(bin)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(bin)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

graph: $(installed)
	$(bin)/kg build $(SOURCES) --store $(STORE)
	$(bin)/kg stats --store $(STORE)
	$(bin)/kg view lineage $(if $(FOCUS),"$(FOCUS)") --store $(STORE) -o graph.html

test: $(tested)
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/python -m pytest -n 2 -m "not slow"

test-all: test
	$(bin)/python -m pytest -n 2 -m slow

bench: $(installed)
	$(bin)/python benchmarks/build.py $(SOURCES)
	$(bin)/python benchmarks/extraction.py speed $(SOURCES)

# The shipped models, from the annotated papers that stand beside the project: an hour of two cores.
train: $(installed)
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(bin)/kg train ../shared/gold/train.jsonl ../shared/gold/papers.json -o kg/extraction/models \
		--texts ../shared/corpus/papers.jsonl.gz --without ../shared/gold/dev.jsonl

ontology-docs: $(installed)
	$(bin)/python docs/ontology_page.py docs/ontology.html

clean:
	rm -rf $(VENV) build dist graph.kg graph.html .pytest_cache .mypy_cache .ruff_cache .hypothesis
