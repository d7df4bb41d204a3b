"""Other languages: German is complete and is spoken from the first answer on; the quotes stay as they were said, the record is the same."""

from string import Formatter

import pytest
import yaml

from agent.bringing import chosen_of
from agent.items import guide
from agent.judging import assess
from agent.languages import FOLDER, language_of
from agent.languages.speaking import in_language
from agent.wording import wording
from tests.model.saying import claim, reads

GERMAN = [
    (
        "Wir führen einen Piloten durch: Eine KI sortiert Schadensmeldungen in der Abteilung Kraftfahrt.",
        claim("charter.department", "Abteilung Kraftfahrt", "in der Abteilung Kraftfahrt"),
    ),
    ("Zweiundsechzig Prozent der Leute, für die es gedacht ist, arbeiten regelmäßig damit.", claim("gates.adoption", "62", "Zweiundsechzig Prozent der Leute")),
    ("Das ist seit sechs Wochen so.", claim("gates.adoption_sustained", "6 weeks", "seit sechs Wochen")),
    ("Im März 2026 haben wir angefangen.", claim("charter.started_on", "2026-03-01", "Im März 2026")),
    ("Vorher dauerte es 42,5 Minuten.", claim("charter.baseline", "42.5 minutes", "Vorher dauerte es 42,5 Minuten")),
    ("Für Compliance ist niemand verantwortlich.", claim("owners.compliance", "", "ist niemand verantwortlich", "absent")),
    ("Die Sicherheitsprüfung ist erfolgt.", claim("gates.security_review", "yes", "Die Sicherheitsprüfung ist erfolgt")),
]
RECORD = {
    "charter.department": "Abteilung Kraftfahrt", "gates.adoption": 62, "gates.adoption_sustained": {"value": 6, "unit": "weeks"}, "charter.started_on": "2026-03-01",
    "charter.baseline": {"value": 42.5, "unit": "minutes"}, "owners.compliance": "nobody", "gates.security_review": "yes",
}  # fmt: skip


def test_german_is_complete() -> None:
    german = in_language(guide(), "de")
    for english, said in [*zip(guide().items.values(), german.items.values(), strict=True), *zip(guide().questions, german.questions, strict=True)]:
        for field in ("label", "ask", "why", "probe"):
            assert not hasattr(english, field) or getattr(english, field) != getattr(said, field), f"{english.id}: {field}"
        assert bool(getattr(english, "choices", ())) == bool(getattr(said, "choices", ()))
        assert english.id == said.id
    overlay = yaml.safe_load((FOLDER / "de" / "guide.yaml").read_text(encoding="utf-8"))
    assert set(overlay["items"]) == set(guide().items) and set(overlay["questions"]) == {question.id for question in guide().questions}
    for name in ("verdicts", "without_model"):
        assert getattr(wording("de"), name).keys() == getattr(wording("en"), name).keys()
    for name, text in wording("en"):
        if isinstance(text, str):
            assert _places(text) == _places(getattr(wording("de"), name)), name


def _places(text: str) -> set[str]:
    """Return what is filled into a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_person_writes_german_and_is_answered_in_german(serve, talking, today) -> None:
    statements = iter([[statement] for _, statement in GERMAN])
    interview = talking(serve(lambda request: reads(*next(statements), language="de", acknowledgement="Danke, das hilft.")(request)))
    replies = [interview.say("t", text) for text, _ in GERMAN]
    german = in_language(interview.guide, "de")
    asked = {words for question in german.questions for words in (question.ask, question.probe)} | {item.ask for item in german.items.values()}
    for reply in replies:
        assert any(question in reply.text for question in asked), reply.text
        assert reply.text.startswith("Danke, das hilft. Verstanden: ")
    record = interview.conversation("t").record
    assert {item: record.value(item) for item in RECORD} == RECORD
    for (text, _), (item, _) in zip(GERMAN, RECORD.items(), strict=True):
        assert record.said(item)[0].quote in text
    assert interview.press("t", "status").text.count("Messgröße noch nicht belegt") <= 1
    result = interview.press("t", "finish").text
    assert wording("de").verdicts[assess(record, guide(), today).verdict] in result and "Do not" not in result


def test_german_is_kept_while_a_document_is_confirmed(serve, talking) -> None:
    stand_in = serve(reads(language="de", acknowledgement="Danke."))
    interview = talking(stand_in)
    interview.say("t", "Wir haben hier einen Piloten, und er läuft nicht schlecht.")
    shown = interview.bring("t", "charter.txt", b"Department: Motor claims\nBaseline: 42 minutes\nSponsor: Helen Marsh")
    assert shown.text.startswith("Das habe ich charter.txt entnommen.") and "1. Abteilung: “Motor claims”" in shown.text
    assert all(chosen_of(choice, 3) is not None for choice in shown.choices)
    calls = len(stand_in.seen)
    reply = interview.say("t", "Alle außer 1")
    assert reply.text.startswith("Übernommen aus charter.txt: Ausgangswert") and "Abteilung" not in reply.text.split("\n")[0]
    record = interview.conversation("t").record
    assert len(stand_in.seen) == calls and record.known("owners.sponsor") == "Helen Marsh" and not record.heard("charter.department")


def test_german_choice_is_a_click(serve, talking) -> None:
    stand_in = serve(reads(language="de", acknowledgement="Danke."))
    interview = talking(stand_in)
    reply = interview.say("t", "Wir haben hier einen Piloten, und er läuft nicht schlecht.")
    while reply.choices[:1] != ("Ja",):
        reply = interview.press("t", "skip")
    calls = len(stand_in.seen)
    reply = interview.say("t", "Ja")
    assert len(stand_in.seen) == calls and [(one.value, one.quote) for one in reply.heard] == [("yes", "Ja")]


def test_german_figure_must_stand_in_the_german_words(serve, talking) -> None:
    wrong = claim("gates.adoption", "63", "Zweiundsechzig Prozent der Leute")
    interview = talking(serve(reads(wrong, language="de")))
    interview.say("t", GERMAN[1][0])
    assert not interview.conversation("t").record.heard("gates.adoption")


def test_model_cannot_loosen_the_checks_by_naming_a_language(serve, talking) -> None:
    told = "Before the pilot it took us about 42 minutes for each of the claims."
    interview = talking(serve(reads(claim("charter.target", "42 EUR", told), language="zz")))
    interview.say("t", told)
    assert interview.conversation("t").record.state("charter.target") == "unasked" and interview.conversation("t").language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We use it in the claims department.", "en"), ("Wir nutzen es in der Abteilung.", "de"), ("Nous l'utilisons dans notre service.", "fr"),
        ("Lo usamos en nuestro departamento, pero no todos.", "es"), ("42", ""), ("Maria Lopez", ""), ("No.", ""),
    ],
)  # fmt: skip
def test_language_is_told_by_the_small_words(text, language) -> None:
    assert language_of(text) == language


def test_without_a_model_other_languages_get_a_kind_word(interview) -> None:
    assert "without a language model I understand English" in interview.say("t", "Wir haben hier einen Piloten, und er läuft nicht schlecht.").text
