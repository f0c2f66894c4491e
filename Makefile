# The desk in one word: make run. Everything else is for those who work on it.

PYTHON ?= python3
PORT ?= 8000
DEMO ?= yes
HUB_BASE_URL ?= http://127.0.0.1:$(PORT)
export HUB_BASE_URL

HUB := .venv/bin/hub
IN := .venv/bin/python
CODE := hub config.py scripts
PARALLEL ?= 2

.DEFAULT_GOAL := help
.PHONY: help run install test bench verapdf bidi sdc lint format types strings strings-check migration wheel audit python for-tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: install ## start the desk on http://127.0.0.1:8000 (PORT=8080, DEMO=no)
	@exec $(HUB) prepare --port $(PORT) $(if $(filter no,$(DEMO)),--no-demo) --and-serve

install: python ## make .venv with everything to run, start nothing
	@$(PYTHON) scripts/set_up.py run

test: for-tests ## install what tests need and run every check and every test
	@bad=""; \
	for part in lint types strings-check; do \
		$(MAKE) --no-print-directory $$part || bad="$$bad $$part"; \
	done; \
	$(IN) -m pytest -n $(PARALLEL) || bad="$$bad pytest"; \
	if [ -n "$$bad" ]; then echo "not in order:$$bad" >&2; exit 1; fi

bench: .venv-bench/installed ## measure against rivals and limits, side by side (ARGS="--only sheets"); writes bench/results.json
	@.venv-bench/bin/python -m bench $(ARGS)

sdc: .venv-bench/installed ## protect public test tables beside others (DIR=folder of CSV files, PROTOTYPE=file, ARGS="--only small")
	@test -n "$(DIR)" || { echo "say where the test tables are: make sdc DIR=folder" >&2; exit 1; }
	@.venv-bench/bin/python -m bench.statistics_sdc "$(DIR)" $(if $(PROTOTYPE),--prototype "$(PROTOTYPE)") $(ARGS)

# An environment of its own: the rivals' packages have no place beside the desk's.
.venv-bench/installed: requirements/bench.txt | python
	@echo "Installing what is measured against into .venv-bench; this takes a minute the first time."
	@$(PYTHON) -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip install -qq --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r $<
	@touch $@

verapdf: for-tests ## check a sheet of every language and format with veraPDF (needs Java 17 and JAXB)
	@$(IN) -m tests.sheets.verapdf

bidi: for-tests ## compare the order of 100,000 random texts with another implementation's (COUNT=…)
	@$(IN) -m tests.sheets.bidi_by_hand $(COUNT)

lint: for-tests ## check style and layout
	@$(IN) -m ruff check
	@$(IN) -m ruff format --check

format: for-tests ## mend the layout
	@$(IN) -m ruff check --fix
	@$(IN) -m ruff format

types: for-tests ## check types
	@$(IN) -m mypy $(CODE)

strings: for-tests ## collect messages into translations/ and say which lack a translation
	@$(IN) scripts/strings.py

strings-check: for-tests
	@$(IN) scripts/strings.py --check

migration: for-tests ## write the next migration from the models (NAME=retire_answers)
	@$(IN) scripts/new_migration.py $(NAME)

wheel: for-tests ## build dist/*.whl with the pinned build tool
	@$(IN) -m hatchling build -t wheel

audit: python ## ask the advisory database about the pinned packages (needs the network; not part of CI)
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit==2.10.1
	@build/audit/bin/pip-audit --require-hashes --disable-pip -r requirements/run.txt

for-tests: python
	@$(PYTHON) scripts/set_up.py test

python:
	@command -v $(PYTHON) >/dev/null || { echo "python3 is missing: sudo apt-get install python3-venv" >&2; exit 1; }
