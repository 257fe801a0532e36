# Two commands are enough: `make book` builds the book, `make test` proves it.
# Each sets up its environment in .venv first.  `make help` lists the rest.

PYTHON ?= python3
FILES ?=
PORT ?= 8000
WORKERS ?= 2
FIGURES ?=
PORTABLE ?=
UPGRADE ?=

# Paths are relative, so that a folder with a space in its name will do.
PY := .venv/bin/python
READY := .venv/ready
FRAMEWORKS := .venv-frameworks/ready
KERNEL := .venv/share/jupyter/kernels/frameworks/kernel.json
BUILD := import sys; from jupyter_book.cli.main import main; sys.argv[0] = "jupyter-book"; main()

# Settings in your home change no figure and no output, and it need not be writable.
export MPLCONFIGDIR := $(CURDIR)/.venv/share/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/share/ipython

# Without compiled files every start of Python is slow.
unexport PYTHONDONTWRITEBYTECODE

# The chapters and tests already run side by side: threads within each would only get in the way.
test test-portable test-frameworks outputs: export OPENBLAS_NUM_THREADS = 1
test test-portable test-frameworks outputs: export OMP_NUM_THREADS = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book pdf test lab serve outputs lint format bench test-portable test-browser test-frameworks \
  requirements clean

help:  ## list the goals
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1|/' \
	  | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c "" 2> /dev/null || { \
	  echo '$(PYTHON) does not run here: install Python 3.11 or newer, or name one, `make book PYTHON=…`.'; \
	  exit 1; }
	@echo 'Setting up .venv'
	@$(PYTHON) tools/set_up.py
	@$(PY) -c 'import matplotlib.font_manager'  # lists the fonts once, which takes a while
	@touch $(READY)

$(FRAMEWORKS): requirements-frameworks.txt pyproject.toml
	@echo 'Setting up .venv-frameworks (about 3 GB)'
	@$(PYTHON) tools/set_up.py --frameworks
	@touch $(FRAMEWORKS)

# So that the chapter that needs them can be run, and read in `make lab`.
$(KERNEL): $(READY) $(FRAMEWORKS)
	@JUPYTER_PATH="$$PWD/.venv/share/jupyter" .venv-frameworks/bin/python -m ipykernel install \
	  --prefix .venv --name frameworks --display-name 'Python 3 (frameworks)' > /dev/null

book: $(READY)  ## build the book
	@rm -rf _build/built _build/html  # no page of an older book, nor of a failed build
	@$(PY) -c '$(BUILD)' build . --all -W -n --keep-going -q
	@touch _build/built
	@echo 'The book is built: open _build/html/index.html in a browser, or run `make serve`.'

pdf: book  ## print the whole book to _build/book.pdf, through Chromium
	@$(PY) tools/browser.py
	@$(PY) tools/pdf.py

test: $(READY)  ## test the package, its examples, every chapter and the book (FIGURES=1: figures too)
	$(PY) -m pytest -q --durations 12 -n $(WORKERS) --dist loadfile --nbval --nbval-current-env \
	  $(if $(FIGURES),--figures) $(if $(PORTABLE),--portable) tests lossbook tools book

test-portable: $(READY)  ## run chapters as on a processor without AVX-512 (FILES=… or all): nothing may change
	$(PY) tools/execute.py --check --portable $(FILES)

test-browser: $(READY)  ## look at the built book in Chromium: scripts, keyboard, search, access
	@$(PY) tools/browser.py
	$(PY) -m pytest -q -n $(WORKERS) --browser tests/browser

test-frameworks: $(KERNEL)  ## compare with PyTorch, Keras, optax and JAX; run their chapter
	.venv-frameworks/bin/python -m pytest -q --frameworks tests/conventions
	$(PY) tools/execute.py --check --frameworks

lab: $(READY)  ## open the book in JupyterLab
	-@find book -name '*.ipynb' ! -path '*/.*' -exec $(PY) -m nbformat.sign --log-level=ERROR {} + \
	  > /dev/null  # trusted: their figures show before they are run
	$(PY) -m jupyterlab book/intro.ipynb

serve: book  ## build the book and serve it to this machine (PORT=8000)
	@echo 'http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)'
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

outputs: $(READY)  ## run chapters and write their outputs (FILES=… or all)
	$(PY) tools/execute.py $(FILES)

lint: $(READY)  ## check style and form of code and chapters
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: $(READY)  ## put code and chapters into form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(READY)  ## measure the losses beside other libraries, with those of test-frameworks if they are there
	$(if $(wildcard $(FRAMEWORKS)),.venv-frameworks/bin/python,$(PY)) -m benchmarks \
	  --write book/reference/benchmarks.json

requirements: $(READY)  ## pin what pyproject.toml names (UPGRADE=1: newest versions)
	$(PY) tools/set_up.py --pin $(if $(UPGRADE),--upgrade)

clean:  ## remove what was built (not .venv, .venv-frameworks)
	rm -rf _build .pytest_cache .ruff_cache .hypothesis build
	find . -name '.venv*' -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d \
	  -exec rm -rf {} +
