# De to kommandoer: make book og make test. README.md viser de samme trin uden make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: book test lint cells check coverage bench hook lab notebooks reference diffs clean

book: .venv/ready
	$(BIN)/kontaktbogen build

# Koden ses igennem ved siden af notebookene, der hver bruger én kerne.
test: .venv/ready
	$(MAKE) -j2 lint cells
	$(BIN)/python -m pytest tests -n auto --dist loadfile --no-loadscope-reorder

# Notebooks prøves efter hinanden: To kerner, der starter på samme tid, kan vælge den samme port, og så dør den ene.
cells: .venv/ready
	$(BIN)/python -m pytest --nbval notebooks

# Kodens form og typer.
lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Det, CI ville klage over, fundet på sekunder; hook kører det, bortset fra typerne, før hver commit.
check: lint
	$(BIN)/kontaktbogen check

# Hvilke linjer testene når. For sig selv, for det tager længere tid end testene alene.
coverage: .venv/ready
	$(BIN)/python -m pytest tests -n auto --dist loadfile --no-loadscope-reorder --cov=helpers --cov-report=term:skip-covered

# Hvor hurtigt det går, side om side med papermill og jupyter-book: docs/benchmarks.md. En halv time.
bench: .venv/ready
	$(BIN)/python tests/benchmarks/speed/run.py

hook: .venv/ready
	$(BIN)/kontaktbogen check --install-hook

lab: .venv/ready
	$(BIN)/jupyter lab notebooks --FileContentsManager.pre_save_hook=helpers.authoring.saving.clean

# Gemmer udskrifterne af standardkørslen i notebookene, når en ændring med vilje har flyttet dem.
notebooks: .venv/ready
	$(BIN)/python -m helpers.authoring.stored_outputs

# Skriver kodebogens opslagsside igen, når dens skema er ændret.
reference: .venv/ready
	$(BIN)/python -m helpers.authoring.reference.codebook_reference

# Hvad der er ændret i notebookene siden seneste commit: teksten og koden, celle for celle, uden udskrifter.
diffs: .venv/ready
	$(BIN)/nbdime config-git --enable
	$(BIN)/nbdiff --sources --no-color HEAD notebooks

clean:
	rm -rf _build

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch .venv/ready
