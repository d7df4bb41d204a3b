"""One library for the tests that only read, and a home with a built index for those that harm it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built")
    Library.open(home).close()
    return home


@pytest.fixture(scope="session")
def library(built_home: Path) -> Iterator[Library]:
    library = Library.open(built_home)
    yield library
    library.close()


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(built_home, home)
    return home
