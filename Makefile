# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
EXTRAS := .venv-extras

.PHONY: run test test-slow test-extras check types lint contracts bench bench-search screenshots docs train-ner test-whoosh3 clean

run: $(READY)
	@$(BIN)/dateline

test: $(READY) check
	$(BIN)/coverage erase
	$(BIN)/pytest -n 3 --dist loadfile --cov --cov-report=
	$(BIN)/python -m tests.coverage_floors

# Hundreds of kills, failures at every step of writing, thousands of commits beside readers.
test-slow: $(READY)
	$(BIN)/pytest -n 2 -m slow

# What needs other packages, in an environment of its own: hundreds of megabytes.
test-extras: $(EXTRAS)/ready
	$(EXTRAS)/bin/pytest tests/reader/entities/test_spacy.py tests/reader/entities/test_gliner.py \
		tests/reader/ingest/test_picture.py tests/reader/service/test_pictures.py \
		tests/reader/ui/test_pictures_drawn.py

check: $(READY) lint types contracts

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m benchmarks.run

# Other engines to compare with are no part of the program; without them the tables say so.
bench-search: $(READY)
	-$(BIN)/pip install -q --disable-pip-version-check 'tantivy>=0.27,<0.28'
	$(BIN)/python -m benchmarks.run search $(ARGS)

screenshots: $(READY)
	$(BIN)/python -m benchmarks.screenshots

docs: $(READY)
	$(BIN)/python -m reader.ui.actions > docs/keys.md
	$(BIN)/python -m reader.config.page > docs/settings.md
	$(BIN)/python -m reader.cli.manual docs/man

# The recogniser's model, from the annotated sets in DATA (docs/training.md).
DATA ?= ../shared/data/ner
train-ner: $(READY)
	$(BIN)/python -m reader.entities.training $(DATA)

# The same index on another distribution of Whoosh, in an environment of its own.
test-whoosh3:
	$(PYTHON) -m venv .venv-whoosh3
	grep -v -i '^whoosh==' requirements.lock > .venv-whoosh3/requirements.lock
	.venv-whoosh3/bin/pip install -q -r .venv-whoosh3/requirements.lock whoosh3==3.54.0
	.venv-whoosh3/bin/python -m pytest tests/index

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

$(EXTRAS)/ready: requirements.lock requirements-extras.lock pyproject.toml
	$(PYTHON) -m venv $(EXTRAS)
	$(EXTRAS)/bin/pip install -q --disable-pip-version-check -r requirements.lock -r requirements-extras.lock
	$(EXTRAS)/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(EXTRAS)/ready

clean:
	rm -rf $(VENV) $(EXTRAS) .venv-whoosh3 dist build .coverage* .mypy_cache .ruff_cache .pytest_cache
