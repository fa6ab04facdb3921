# Two commands for a newcomer: `make run` and `make test`. Needed: Python 3.11+ with pip and venv, and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKSPACE ?= workspace

.PHONY: help run test check pytest kill-test bench figures lock wheel clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp  ## install, crawl the bundled sample sites over HTTP, publish a release, say what it holds
	$(BIN)/thidua run --sample --workspace $(WORKSPACE)

test: check pytest  ## install the developer tools too; lint, check types, run all tests

check: $(VENV)/dev.stamp  ## lint and check types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

pytest: $(VENV)/dev.stamp  ## run all tests
	$(BIN)/python -m pytest

kill-test: $(VENV)/dev.stamp  ## kill the whole line 50 times at random moments, then compare its release (minutes)
	THIDUA_KILLS=50 $(BIN)/python -m pytest tests/pipelines/test_kill.py

bench: $(VENV)/dev.stamp  ## measure costs as ratios within one run
	$(BIN)/python -m tests.bench.reading
	$(BIN)/python -m tests.bench.crawling

figures: $(VENV)/dev.stamp  ## write the figures of the README anew: make figures GOLD=gold.jsonl
	$(BIN)/python -m tests.test_readme $(GOLD)

lock: $(VENV)/dev.stamp  ## renew both requirement locks from pyproject.toml (hashes; no registry address is written)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

wheel: $(VENV)/dev.stamp  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean:  ## remove the environment and build products; the workspace stays
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The project itself is installed editable, without asking a registry for anything that the lock does not pin.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "thidua needs Python 3.11 or newer; call make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
