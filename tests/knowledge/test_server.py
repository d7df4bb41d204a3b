"""The index on a real Chroma server on loopback: shared by several libraries, built anew when damaged, done without when gone."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import chromadb
import pytest

from knowledge.library import Library
from tests.ports import free_port

QUERY = "who owns it in production"


class Server:
    """`chroma run` in a folder of its own."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sys.executable).parent / "chroma"
        arguments = ["run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen([program, *arguments], cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
                return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError("the server does not come up")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(30)

    def client(self) -> chromadb.ClientAPI:
        return chromadb.HttpClient(host="127.0.0.1", port=self.port)

    def names(self) -> list[str]:
        return [collection.name for collection in self.client().list_collections()]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.stop()


def found(library: Library) -> list[str]:
    return [one.passage.id for one in library.search(QUERY)]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return what a library with an index of its own finds."""
    return found(Library.open(tmp_path_factory.mktemp("embedded")))


def test_server_finds_what_the_folder_finds(server, embedded, tmp_path) -> None:
    assert found(Library.open(tmp_path, server=server.url)) == embedded
    assert not (tmp_path / "library" / "index").exists()


def test_libraries_that_start_together_share_one_collection(server, embedded, tmp_path) -> None:
    for name in server.names():
        server.client().delete_collection(name)
    results: list[list[str]] = []
    starting = [threading.Thread(target=lambda: results.append(found(Library.open(tmp_path, server=server.url)))) for _ in range(3)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    assert results == [embedded] * 3
    assert len(server.names()) == 1


def test_own_document_leaves_the_collection_of_the_others(server, embedded, tmp_path) -> None:
    (tmp_path / "policy.md").write_text("# Zeppelin policy\n\nEvery zeppelin needs an owner before take-off.\n")
    mine, others = Library.open(tmp_path / "mine", server=server.url), Library.open(tmp_path / "others", server=server.url)
    mine.add(tmp_path / "policy.md")
    assert mine.search("zeppelin owner")[0].passage.article == "own"
    assert found(others) == embedded
    assert found(Library.open(tmp_path / "others", server=server.url)) == embedded


def test_damaged_collection_is_built_anew(server, embedded, tmp_path, caplog) -> None:
    Library.open(tmp_path, server=server.url)
    for name in server.names():
        collection = server.client().get_collection(name)
        collection.delete(ids=collection.get(limit=5)["ids"])
    with caplog.at_level(logging.WARNING):
        assert found(Library.open(tmp_path, server=server.url)) == embedded
    assert "damaged" in caplog.text and "built anew" in caplog.text


def test_collection_that_disappears_is_built_again(server, embedded, tmp_path) -> None:
    library = Library.open(tmp_path, server=server.url)
    for name in server.names():
        server.client().delete_collection(name)
    assert found(library) == embedded


def test_without_the_server_the_index_is_held_in_memory(server, embedded, tmp_path, caplog) -> None:
    library = Library.open(tmp_path, server=server.url)
    server.stop()
    try:
        with caplog.at_level(logging.WARNING):
            assert found(library) == embedded
            assert found(Library.open(tmp_path, server=server.url)) == embedded
        assert "held in memory" in caplog.text
    finally:
        server.start()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "no url", "http://127.0.0.1:port"])
def test_wrong_url_is_said_and_done_without(url, embedded, tmp_path, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        assert found(Library.open(tmp_path, server=url)) == embedded
    assert url in caplog.text and "held in memory" in caplog.text
