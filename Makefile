# Verbs of the project; each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the verbs
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

# --without-pip: Debian's python3 may lack ensurepip; the machine's own pip fills the environment.
$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml hatch_build.py $(wildcard gazetteer/*.py gazetteer/*/*.py gazetteer/data/*.csv) maps/assets/package-lock.json
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.developer: $(BIN)/python pyproject.toml hatch_build.py maps/assets/package-lock.json
	$(PIP) install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/.installed

.PHONY: map
map: $(VENV)/.installed ## Install into .venv, read seeds/ and draw the map
	$(BIN)/conflictmap map seeds -o out
	@echo "The map lies at $(CURDIR)/out/map.html"

.PHONY: test
test: $(VENV)/.developer ## Run lints, types, contracts and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile

.PHONY: docs
docs: $(VENV)/.developer ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The documentation lies at $(CURDIR)/site/index.html"

.PHONY: dist
dist: $(VENV)/.developer ## Build the wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

.PHONY: smoke
smoke: dist ## Install the wheel in a clean environment and run the demo there
	rm -rf build/smoke && $(PYTHON) -m venv --without-pip build/smoke/venv
	$(PYTHON) -m pip --python build/smoke/venv/bin/python --disable-pip-version-check install --quiet dist/*.whl
	cd build/smoke && venv/bin/python -P ../../tests/installed.py

$(BIN)/uv: $(BIN)/python
	$(PIP) install --quiet uv
	@touch $@

# Only what stands under [project] is taken at its lowest; what runs the tests is taken as it is.
.PHONY: lowest
lowest: $(BIN)/uv $(VENV)/.installed ## Run the tests with the lowest versions that pyproject.toml allows
	$(BIN)/uv venv --quiet --clear build/lowest
	$(BIN)/uv pip install --quiet --python build/lowest --resolution lowest-direct -r pyproject.toml --extra parquet --extra excel
	$(BIN)/uv pip install --quiet --python build/lowest pytest pytest-xdist hypothesis openpyxl fsspec
	PYTHONPATH=. WARNINGS=default build/lowest/bin/python -m pytest -o filterwarnings=default --ignore tests/geo/cluster -n 2 --dist loadfile tests/gazetteer tests/geo tests/maps

.PHONY: lock
lock: $(BIN)/uv ## Make requirements-dev.lock anew
	@printf '# Versions that developers test with, and their hashes; `make lock` makes it anew from pyproject.toml.\n' > requirements-dev.lock
	@printf '# Install them with: uv pip sync --require-hashes requirements-dev.lock (pip: pip install -r requirements-dev.lock)\n' >> requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra bench --generate-hashes --no-annotate --no-header pyproject.toml >> requirements-dev.lock

.PHONY: audit
audit: $(BIN)/uv ## Look the locked versions up in the lists of known weaknesses (asks the network)
	$(BIN)/uv tool run pip-audit --require-hashes --disable-pip -r requirements-dev.lock

.PHONY: fuzz
fuzz: $(VENV)/.developer ## Mutate good files and read them; kill runs and fill disks
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.crashes

.PHONY: develop
develop: $(VENV)/.developer ## Install what developers need into .venv

$(VENV)/.bench: $(VENV)/.developer pyproject.toml
	$(PIP) install --quiet --editable ".[dev,bench]"
	@touch $@

# One after the other, so that none slows another. DATA holds the corpora (see benchmarks/coding.py).
DATA ?= data
GED := $(firstword $(wildcard $(DATA)/events/ged_*.csv.gz))
COMMA := ,
BIG ?=
WRITE := $(if $(BIG),--write)
SIZES := --sizes $(if $(BIG),10000$(COMMA)100000,1000)

.PHONY: bench
bench: $(VENV)/.bench ## Measure beside the peers into benchmarks/RESULTS.md; BIG=1: what takes long too
	$(BIN)/pytest benchmarks/test_speed.py --benchmark-timer=time.process_time --benchmark-autosave
	$(BIN)/python -m benchmarks.gold --write
	$(BIN)/python -m benchmarks.coding --data $(DATA) --write
	$(BIN)/python -m benchmarks.gazetteer --data $(DATA) --write
	$(if $(wildcard $(DATA)/events),$(BIN)/python -m benchmarks.events $(DATA)/events --write)
	$(if $(BIG),$(BIN)/python -m benchmarks.places --data $(DATA)/corpora --write)
	$(if $(GED),$(BIN)/python -m benchmarks.incidents $(GED) $(SIZES) $(WRITE))
	$(if $(GED),$(BIN)/python -m benchmarks.scale $(GED) $(SIZES) $(WRITE))
	$(BIN)/python -m benchmarks.exchange $(if $(BIG),--write,--rows 10000)
	$(BIN)/python -m benchmarks.maps --peers $(SIZES) $(WRITE)

.PHONY: format
format: $(VENV)/.developer ## Put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: clean
clean: ## Remove what the verbs made
	rm -rf $(VENV) out build dist site gazetteer/data/default.gaz maps/assets/vendor
