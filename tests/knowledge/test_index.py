"""The index on disk: built once, switched, healed when damaged, in memory when the disk refuses."""

import resource
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.embeddings import embedder
from knowledge.library import Found, Library

QUESTION = "Who will own the system after the pilot team has left?"


def database_file(home: Path) -> Path:
    return home / "library" / "index" / "chroma.sqlite3"


def segment(home: Path) -> Path:
    return next(path for path in database_file(home).parent.iterdir() if path.is_dir())


def overwrite(path: Path, start: float, end: float) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(size * start))
        file.write(b"\xff" * int(size * (end - start)))


def truncate(path: Path, share: float) -> None:
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))


def flip_a_vector(home: Path) -> None:
    """Swap two stored vectors: the file stays valid and every count is right."""
    with sqlite3.connect(database_file(home)) as database:
        (first, a), (second, b) = database.execute("select seq_id, vector from embeddings_queue order by seq_id limit 2").fetchall()
        database.executemany("update embeddings_queue set vector = ? where seq_id = ?", [(b, first), (a, second)])
    database.close()


def drop_rows(home: Path) -> None:
    with sqlite3.connect(database_file(home)) as database:
        for table in ("embeddings_queue", "embeddings"):
            database.execute(f"delete from {table} where seq_id > 100")
    database.close()


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda home: database_file(home).write_bytes(b"garbage" * 10_000),
    "cut in half": lambda home: truncate(database_file(home), 0.5),
    "cut short": lambda home: truncate(database_file(home), 0.95),
    # The middle of the file is free: it held the index from before the own document came.
    "overwritten early": lambda home: overwrite(database_file(home), 0.02, 0.2),
    "overwritten late": lambda home: overwrite(database_file(home), 0.6, 0.9),
    "vectors swapped": flip_a_vector,
    "rows lost": drop_rows,
}
HARMLESS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda home: None,
    "segment folder gone": lambda home: shutil.rmtree(segment(home)),
    "segment files cut": lambda home: truncate(segment(home) / "data_level0.bin", 0.5),
    "segment files overwritten": lambda home: overwrite(segment(home) / "data_level0.bin", 0, 1),
    "segment header overwritten": lambda home: overwrite(segment(home) / "header.bin", 0, 1),
    "sqlite file empty": lambda home: database_file(home).write_bytes(b""),
    "sqlite file gone": lambda home: database_file(home).unlink(),
    "index gone": lambda home: shutil.rmtree(database_file(home).parent),
}


@pytest.fixture
def expected(library: Library) -> list[Found]:
    return library.search(QUESTION, limit=10)


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_noticed_on_opening_moved_aside_and_healed(kind: str, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    (home / "library" / "own").mkdir()
    (home / "library" / "own" / "policy.md").write_text("An own document that must outlive the index.")
    library = Library.open(home)
    sound = library.search(QUESTION, limit=10)
    library.close()
    DAMAGE[kind](home)
    library = Library.open(home)
    assert library.search(QUESTION, limit=10) == sound
    assert library.passage("own/policy-1")
    (aside,) = home.glob("library.damaged-*")
    assert (aside / "chroma.sqlite3").exists()
    assert [record.message for record in caplog.records if "damaged" in record.message and str(aside) in record.message]
    library.close()
    caplog.clear()
    Library.open(home).close()
    assert not caplog.records, "the new index is sound"


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_can_be_made_good_without_loss_is_not_called_damage(kind: str, home: Path, expected: list[Found], caplog: pytest.LogCaptureFixture) -> None:
    HARMLESS[kind](home)
    library = Library.open(home)
    assert library.search(QUESTION, limit=10) == expected
    assert not caplog.records and not list(home.glob("library.damaged-*"))
    library.close()


def test_damage_is_noticed_on_a_query_too(home: Path, expected: list[Found], caplog: pytest.LogCaptureFixture) -> None:
    library, neighbour = Library.open(home), Library.open(home)
    database_file(home).write_bytes(b"garbage" * 100_000)
    for _ in range(2):
        assert library.search(QUESTION, limit=10) == expected
        assert neighbour.search(QUESTION, limit=10) == expected
    assert len(list(home.glob("library.damaged-*"))) == 1
    assert "does not answer" in caplog.text and "damaged" in caplog.text
    library.close()
    neighbour.close()


def test_a_second_opening_builds_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.index._build", lambda *_: pytest.fail("built again"))
    Library.open(home).close()


def test_an_older_index_is_replaced_and_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = segment(home)
    monkeypatch.setattr(embedder(), "name", "another embedder")
    library = Library.open(home)
    after = [path for path in database_file(home).parent.iterdir() if path.is_dir()]
    assert len(after) == 1 and after != [before]
    assert [collection.name for collection in library._shelf.index._client.list_collections()] == [library._shelf.index._collection.name]
    library.close()


def test_a_build_that_was_broken_off_is_done_again(home: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Found]) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(embedder(), "name", "another embedder")
        patch.setattr("chromadb.api.models.Collection.Collection.modify", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            Library.open(home)
    library = Library.open(home)
    assert library.search(QUESTION, limit=10) == expected
    library.close()


def test_a_home_that_cannot_be_made_is_met_in_memory(tmp_path: Path, expected: list[Found], caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("a regular file, where a folder should be")
    library = Library.open(tmp_path / "file" / "home")
    assert library.search(QUESTION, limit=10) == expected
    assert "held in memory" in caplog.text
    library.close()


def test_a_full_disk_is_met_in_memory_and_forgotten_when_there_is_room(tmp_path: Path, expected: list[Found], caplog: pytest.LogCaptureFixture) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (20_000, 100_000, 300_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            library = Library.open(tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert library.search(QUESTION, limit=10) == expected
        assert "held in memory" in caplog.text and "damaged" not in caplog.text
        library.close()
    caplog.clear()
    library = Library.open(tmp_path)
    assert library.search(QUESTION, limit=10) == expected
    assert not library._shelf.index.in_memory and not list(tmp_path.glob("library.damaged-*"))
    library.close()


def test_nothing_leaves_the_machine_and_no_text_is_stored(home: Path) -> None:
    library = Library.open(home)
    assert library._shelf.index._client.get_settings().anonymized_telemetry is False
    stored = library._shelf.index._collection.get()
    assert not any(stored["documents"] or ()) and not any(stored["metadatas"] or ())
    library.close()
