"""A language that does not come with us is learned once for a home: from the model, in batches, in the background, each phrase checked by code."""

import pytest
import yaml

from agent.items import guide
from agent.languages.speaking import holding, in_language, phrases
from evals.stand_in import foreign
from tests.model.saying import claim, reads

OPENING = "Nous avons un projet pilote dans notre service, et il est utilisé par 60 personnes."
SECOND = "Depuis mars, avec le service des sinistres."
USERS = claim("charter.pilot_users", "60", "utilisé par 60 personnes")
NOTE = "My own words are in English"


def french(*statements, **fields):
    return reads(*statements, language="fr", acknowledgement="Merci, cela m'aide.", **fields)


def test_french_is_answered_in_french_as_soon_as_our_words_are_there(serve, talking) -> None:
    stand_in = serve(french(USERS))
    interview = talking(stand_in)
    first = interview.say("t", OPENING)
    assert first.text.startswith(f"({NOTE}") and "Merci, cela m'aide. I heard: people in the pilot: 60." in first.text
    interview.learning.wait()
    reply = interview.say("t", SECOND)
    words, spoken = guide().wording, in_language(interview.guide, "fr")
    asked = {foreign(one) for question in guide().questions for one in (question.ask, question.probe)} | {foreign(item.ask) for item in guide().items.values()}
    assert any(one in reply.text for one in asked) and NOTE not in reply.text, reply.text
    assert spoken.language == "fr" and spoken.wording.heard == foreign(words.heard)
    assert interview.press("t", "skip").text.startswith(foreign(words.skipped))
    result = interview.press("t", "finish").text
    assert f"**{foreign(words.verdicts['unproven'])} ({words.verdicts['unproven']})**" in result, "a verdict stands beside its English"
    assert interview.conversation("t").record.said("charter.pilot_users")[0].quote == "utilisé par 60 personnes"


def test_no_turn_waits_for_it_and_no_phrase_is_put_twice(serve, talking) -> None:
    stand_in = serve(french(USERS))
    interview = talking(stand_in)
    interview.say("t", OPENING)
    interview.learning.wait()
    asked = len(stand_in.seen)
    for text in (SECOND, "Il y a 900 personnes en tout.", "Le service est content avec le projet."):
        interview.say("t", text)
    assert stand_in.sorts()[asked:] == ["reading"] * 3
    assert 8 <= stand_in.sorts().count("translating") <= 16
    interview.say("another", OPENING)
    assert stand_in.sorts()[-1] == "reading" and not interview.learning.missing("fr")


def test_another_process_finds_the_words_in_the_home(serve, talking) -> None:
    learning = talking(serve(french()))
    learning.say("t", OPENING)
    learning.learning.wait()
    stand_in = serve(french(USERS))
    reply = talking(stand_in).say("u", OPENING)
    assert stand_in.sorts() == ["reading"] and NOTE not in reply.text
    assert foreign("people in the pilot") in reply.text


def test_what_it_costs_is_counted(serve, talking, today) -> None:
    interview = talking(serve(french()))
    interview.say("t", OPENING)
    reading = interview.conversation("t").usage
    interview.learning.wait()
    interview.say("t", SECOND)
    used = interview.conversation("t").usage
    assert used.calls > 8 and used.tokens > 4 * reading.tokens
    assert interview.storage.tokens(today) == used.tokens, "each token once"


def test_clicked_choice_is_understood_in_the_learned_language(serve, talking) -> None:
    stand_in = serve(french())
    interview = talking(stand_in)
    interview.say("t", OPENING)
    interview.learning.wait()
    reply = interview.say("t", SECOND)
    while reply.choices[:1] != (foreign("Yes"),):
        reply = interview.press("t", "skip")
    calls = len(stand_in.seen)
    reply = interview.say("t", reply.choices[2])
    assert len(stand_in.seen) == calls and [one.value for one in reply.heard] == ["no"]


def test_document_is_confirmed_by_the_button_of_the_learned_language(serve, talking) -> None:
    interview = talking(serve(french()))
    interview.say("t", OPENING)
    interview.learning.wait()
    shown = interview.bring("t", "charter.txt", b"Sponsor: Helen Marsh")
    assert shown.choices[0] == foreign("All of these are right")
    interview.say("t", shown.choices[0])
    assert interview.conversation("t").record.known("owners.sponsor") == "Helen Marsh"


@pytest.mark.parametrize(
    ("puts", "why"),
    [
        (lambda text: text, "it is still English"), (lambda text: foreign(text).replace("{", "").replace("}", ""), "a gap is lost"),
        (lambda text: f"{foreign(text)} https://evil.example", "a link"), (lambda text: foreign(text) * 9, "far too long"),
        (lambda text: f"{foreign(text)} {{nothing}}", "a gap more"), (lambda text: f"{foreign(text)} {{", "a brace"), (lambda text: "", "empty"),
    ],
)  # fmt: skip
def test_phrase_that_does_not_hold_stays_english(serve, talking, puts, why) -> None:
    stand_in = serve(french(USERS, puts=puts))
    interview = talking(stand_in)
    interview.say("t", OPENING)
    interview.learning.wait()
    reply, calls = interview.say("t", SECOND), stand_in.sorts().count("translating")
    spoken = in_language(interview.guide, "fr")
    assert spoken.language == "en" and "{" not in reply.text and "evil" not in reply.text
    assert spoken.wording.units_differ == guide().wording.units_differ, why
    interview.learning.wait()
    assert stand_in.sorts().count("translating") == calls, "it is not asked for again"


def test_two_choices_alike_are_none() -> None:
    english = phrases(guide())
    alike = {
        "replies.answers.0": "Oui",
        "replies.answers.1": "En partie",
        "replies.answers.2": "oui",
        "replies.answers.3": "Je ne sais pas",
        "replies.and": "et",
    }
    assert holding(english, alike, "fr") == {"replies.and": "et"}


@pytest.mark.parametrize("fault", ["closed", "busy", "failing", "refused", "rubbish", "empty_text", "truncated"])
def test_fault_leaves_english_and_the_reading_goes_on(serve, talking, fault) -> None:
    stand_in = serve(french(USERS), fault=lambda number: fault if number else "")
    interview = talking(stand_in)
    interview.say("t", OPENING)
    interview.learning.wait()
    stand_in.faults = lambda number: ""
    reply = interview.say("t", f"Oui, il est utilisé par 60 personnes. {SECOND}")
    assert any(words in reply.text for words in ("what you said before", foreign("what you said before"), "Merci")), reply.text
    assert "without it" not in reply.text, "what went wrong there lets the model rest for no reading"


def test_at_a_ceiling_nothing_is_learned_and_half_a_sentence_says_so(serve, talking) -> None:
    stand_in = serve(french(USERS))
    interview = talking(stand_in, PILOTCHECK_TOKEN_LIMIT_INTERVIEW="100")
    assert NOTE in interview.say("t", OPENING).text
    interview.learning.wait()
    second = interview.say("t", SECOND)
    interview.learning.wait()
    assert "used up" in second.text and "translating" not in stand_in.sorts()


def test_day_ceiling_stops_between_two_batches(serve, talking) -> None:
    stand_in = serve(french())
    interview = talking(stand_in, PILOTCHECK_TOKEN_LIMIT_DAY="3000")
    interview.say("t", OPENING)
    interview.learning.wait()
    assert 1 <= stand_in.sorts().count("translating") <= 3


def test_dead_server_leaves_english_and_half_a_sentence(serve, talking) -> None:
    interview = talking(serve(french(), fault="closed"))
    text = interview.say("t", OPENING).text
    interview.learning.wait()
    assert "cannot be reached" in text and "please say the most important of it in English" in text


@pytest.mark.parametrize("language", ["zz", "../../etc", "en", "de", "", "xx-klingon"])
def test_only_a_real_language_is_learned(serve, talking, language) -> None:
    stand_in = serve(reads(language=language))
    interview = talking(stand_in)
    interview.say("t", "Qapla' jabbI'ID neH nuq DaneH batlh Heghlu'meH QaQ jajvam")
    interview.learning.wait()
    assert "translating" not in stand_in.sorts()


def test_a_name_changes_no_language(serve, talking) -> None:
    stand_in = serve(reads(claim("owners.sponsor", "Maria Lopez", "Maria Lopez"), language="es"))
    interview = talking(stand_in)
    interview.say("t", "Maria Lopez")
    interview.learning.wait()
    assert stand_in.sorts() == ["reading"] and interview.conversation("t").language == ""


def test_somebody_may_put_the_words_right(serve, talking, tmp_path) -> None:
    interview = talking(serve(french(USERS)))
    interview.say("t", OPENING)
    interview.learning.wait()
    file = tmp_path / "home" / "languages" / "fr.yaml"
    words = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert words.keys() == phrases(guide()).keys() and file.read_text(encoding="utf-8").startswith("# French, put together by gpt-4.1-mini.")
    file.write_text(yaml.safe_dump({**words, "replies.skipped": "Passé ; cela reste ouvert.", "replies.heard": "Compris : {fakts}."}), encoding="utf-8")
    spoken = in_language(interview.guide, "fr")
    assert spoken.wording.skipped.startswith("Passé") and spoken.wording.heard == "I heard: {facts}.", "a gap mistyped is no gap"
