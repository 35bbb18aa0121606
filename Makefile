# make demo · make test · make lab        (PYTHON=python3.12 chooses another Python)

PYTHON ?= python3
FOLDER ?= $(CURDIR)
# Found before the environment comes first on the path: it is the one that makes the environment.
SYSTEM_PYTHON := $(or $(shell command -v $(PYTHON)),$(PYTHON))
# Relative, so that no recipe breaks in a folder with spaces in its name.
BIN := .venv/bin
NPM := $(shell command -v npm)
TESTS := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
# nbgrader starts `alembic` and `jupyter` by name.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup demo test test-long test-walk lab lint unit coverage js docs bench fairness test-oldest test-pythons release requirements clean

help:
	@echo "To teach:"
	@echo "  make demo          set up, then run the whole classroom loop on a simulated class"
	@echo "  make lab           set up, then open JupyterLab in this folder (ROLE=student STUDENT=student01: at a student's seat)"
	@echo "  make release       make the student notebooks in release/ again from source/"
	@echo "  make clean         remove what demo and tests left (not the environment)"
	@echo "To work on the module:"
	@echo "  make test          set up, then lint, type-check and run the tests (12 minutes)"
	@echo "  make test-long     the others: whole classes, hostile submissions, the hub (20 minutes)"
	@echo "  make test-walk     each practice of each notebook in a browser, by mouse and by keyboard (30 minutes)"
	@echo "  make lint          the first of it alone; make unit: the tests alone"
	@echo "  make coverage      run all tests and say which share of the code they reach"
	@echo "  make js            bundle the panels again (after a change of their .js files; needs node)"
	@echo "  make docs          write the pages of docs/ as a site, to docs/_build/html"
	@echo "  make bench         measure what grading costs, against nbgrader and otter-grader, and what a student waits for"
	@echo "  make fairness      print what answers without reading earn, question by question"
	@echo "  make test-oldest   run the tests on the oldest packages that pyproject.toml allows"
	@echo "  make test-pythons  run the tests on every Python of this machine that the module allows"
	@echo "  make requirements  pin the packages again (after a change of pyproject.toml)"

setup:
	@"$(SYSTEM_PYTHON)" scripts/bootstrap.py

demo: setup
	@$(BIN)/course demo

lab: setup
	@cd "$(FOLDER)" && "$(CURDIR)/$(BIN)/course" lab $(if $(ROLE),--role $(ROLE)) $(if $(STUDENT),--student $(STUDENT))

test: lint unit

# What is JavaScript is checked where node is there; nobody needs it to set up or to teach.
lint: setup $(if $(NPM),node_modules)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
ifneq ($(NPM),)
	npm run --silent check
endif

unit: setup $(if $(NPM),node_modules)
ifneq ($(NPM),)
	npm test --silent
endif
	$(TESTS) -m "not long and not walk"

test-long: setup
	$(TESTS) -m long

test-walk: setup
	$(BIN)/python -m pytest -m walk

coverage: setup
	$(TESTS) -m "not walk" --cov --cov-report=term:skip-covered

js: node_modules
	npm run --silent build

node_modules: package-lock.json
	npm ci --silent
	@touch node_modules

docs: setup
	$(BIN)/python -m sphinx -W --keep-going -q docs docs/_build/html
	@echo "The site is docs/_build/html/index.html"

bench: setup
	$(BIN)/python -m bench.grading --size 50 200 --growth 50 200 1000

fairness: setup
	$(BIN)/python -m bench.fairness

release: setup
	@$(BIN)/course generate

test-oldest:
	"$(SYSTEM_PYTHON)" scripts/otherpythons.py oldest

test-pythons:
	"$(SYSTEM_PYTHON)" scripts/otherpythons.py all

requirements: setup
	@# Lines that begin with a dash are settings of this machine and stay here; so does the course,
	@# which names its own lists of packages and is installed from this folder.
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --all-extras --allow-unsafe --generate-hashes \
	  --no-header --no-annotate --output-file - pyproject.toml \
	  | grep -Ev '^(-|backyard-course |# WARNING|# Consider)' > requirements.new
	mv requirements.new requirements.txt

clean:
	rm -rf demo docs/_build docs/generated .pytest_cache .mypy_cache .ruff_cache .hypothesis
