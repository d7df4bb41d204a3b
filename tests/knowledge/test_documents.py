"""Own documents: how they are split, and what is refused."""

from pathlib import Path

import pytest

from knowledge.documents import MAX_BYTES, MAX_CHARACTERS, MAX_WORDS, read_document
from knowledge.errors import LibraryError


def document(folder: Path, text: str, name: str = "policy.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_headings_become_sections_and_short_paragraphs_stay_together(tmp_path: Path) -> None:
    text = "Before all.\n\n# Data ##\n\nOne.\nStill one.\n\nTwo.\n\n## Rules for C#\n```sh\n# no heading\n```\n"
    passages = read_document(document(tmp_path, text))
    assert [(passage.id, passage.section, passage.text) for passage in passages] == [
        ("own/policy-1", "policy", "Before all."),
        ("own/policy-2", "Data", "One.\nStill one.\n\nTwo."),
        ("own/policy-3", "Rules for C#", "```sh\n# no heading\n```"),
    ]
    assert {(passage.article, passage.title, passage.kind, passage.items) for passage in passages} == {("own", "policy.md", "own", ())}


@pytest.mark.parametrize(
    "text",
    [
        "A sentence of six words here. " * 200,
        "word " * 1_000,
        "\n\n".join("A paragraph of a few words." for _ in range(200)),
        "x" * 5_000,
        "日本語の文章" * 500,
        "#" + " " * 500_000 + "x",
    ],
    ids=["sentences", "one-sentence", "paragraphs", "one-word", "no-spaces", "wide-heading"],
)
def test_no_passage_is_long_and_no_word_is_lost(tmp_path: Path, text: str) -> None:
    passages = read_document(document(tmp_path, text + "\n\nthe end"))
    assert all(len(passage.text.split()) <= MAX_WORDS and len(passage.text) <= MAX_CHARACTERS for passage in passages)
    if not text.startswith("#"):
        assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split()) + "theend"


def test_a_long_paragraph_is_cut_between_sentences(tmp_path: Path) -> None:
    passages = read_document(document(tmp_path, "Seven short words make up this sentence. " * 40))
    assert len(passages) > 1 and all(passage.text.endswith("sentence.") for passage in passages)


def test_byte_order_mark_windows_lines_and_control_characters_go(tmp_path: Path) -> None:
    path = tmp_path / "policy.TXT"
    path.write_bytes("\ufeff# Title\r\n\r\nred \x1b[31malert\x07\r\n".encode())
    (passage,) = read_document(path)
    assert (passage.section, passage.text) == ("Title", "red [31malert")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("paper.pdf", b"%PDF", "only .md and .txt files are read"),
        ("noending", b"text", "only .md and .txt files are read"),
        ("latin.txt", "Prüfung".encode("latin-1"), "not UTF-8"),
        ("wide.txt", "text".encode("utf-16"), "not UTF-8"),
        ("binary.txt", b"text\0text", "binary"),
        ("empty.md", b"", "no text"),
        ("blank.md", b"\n \n# Only a heading\n", "no text"),
        ("large.md", b"word " * (MAX_BYTES // 5 + 1), "larger than 2 MB"),
        ("many.md", b"# a\nb\n" * 4_000, "4,000 passages"),
        ("bad\nname.md", b"text", "Rename"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=says) as refused:
        read_document(path)
    assert str(refused.value).count(".") >= 2, "what happened, and what to do"


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for name in ("folder.md", "missing.md"):
        with pytest.raises(LibraryError, match="no such file"):
            read_document(tmp_path / name)
