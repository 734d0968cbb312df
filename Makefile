# make demo: set up and run the main job on a sample. make test: set up and run every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
WORKERS ?= 2
TESTS = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
PIP_FLAGS := --disable-pip-version-check --quiet

.PHONY: setup demo test check bench soak model clean help

help:
	@grep -E '^# make' Makefile; grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/:/'

setup: $(STAMP) ## create .venv with everything that tests need

$(STAMP): pyproject.toml configs/constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("Palladius needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (about a minute) ..."
	@$(BIN)/pip install $(PIP_FLAGS) -c configs/constraints.txt -e ".[hub,review,serve,dev]"
	@touch $(STAMP)

demo: $(STAMP) ## translate and check a sample article, and write out/demo.html
	@$(BIN)/python -m pipeline.cli.demo

test: $(STAMP) ## run every test (under ten minutes, no data outside the repository; WORKERS=2 at a time)
	@$(TESTS)

check: $(STAMP) ## ruff, mypy --strict, glossary lint, tests
	@$(BIN)/ruff check pipeline tests
	@$(BIN)/mypy
	@$(BIN)/palladius glossary lint --quiet
	@$(TESTS)

bench: $(STAMP) ## benchmarks, as ratios against a peer in the same run
	@$(BIN)/python -m tests.bench

soak: $(STAMP) ## long reliability runs
	@$(BIN)/python -m pytest -m soak

model: $(STAMP) ## train the bundled model from the corpora in PALLADIUS_DATA, resumable
	@$(BIN)/pip install $(PIP_FLAGS) -c configs/constraints.txt -e ".[train]"
	@$(BIN)/python -m pipeline.training all

clean: ## remove what was built (not the trained model)
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache
