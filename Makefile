# Everything a newcomer types. `make` alone says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Where this is set, as in many containers, every start would compile every library anew: four seconds instead of one and a half.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup web chat test lint bench eval train lock clean

help:
	@echo "make web     the chat page on http://localhost:8000"
	@echo "make chat    the same conversation in the terminal"
	@echo "make test    every test"
	@echo "make setup   only set up; the command is then $(BIN)/pilotcheck"
	@echo "make lint    style and types       make bench   time of a turn against a bare graph"
	@echo "make eval    scripted people, scored; make clean   remove what make made"
	@echo "make train   learn the reader's examples anew (docs/reader.md says what that needs)"
	@echo "make lock    renew the lock file"

# The stamp is as new as the lock file it was made from; the last step builds the index, so that nobody waits later.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pilotcheck needs Python 3.11 or later; name one with: make PYTHON=python3.12")'
	@echo "Setting up in $(VENV); about a minute the first time."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/pilotcheck warm > /dev/null
	@touch $@

setup: $(VENV)/ready

web: setup
	@$(BIN)/pilotcheck web

chat: setup
	@$(BIN)/pilotcheck chat

test: setup
	@$(BIN)/python -m pytest

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: setup
	@$(BIN)/python -m evals.bench

eval: setup
	@$(BIN)/pilotcheck eval

# Torch, transformers, onnx and the weights of MiniLM are needed here only: TRAIN names a Python that has them.
TRAIN ?= python3
TRAINED ?= build/training
MINUTES ?= 30
train: setup
	@mkdir -p $(TRAINED)
	@$(BIN)/python -m evals.training.material $(TRAINED)/material.json
	@cd evals/training && $(TRAIN) train.py $(abspath $(TRAINED))/material.json $(abspath $(TRAINED)) --minutes $(MINUTES)
	@cd evals/training && $(TRAIN) export.py $(abspath $(TRAINED))/material.json $(abspath $(TRAINED)) $(abspath agent/reading/encoder)

lock:
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev --extra postgres --extra slack -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV)
