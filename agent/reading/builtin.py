"""The built-in reader: no model, no network. It matches clauses to labelled examples and reads their values."""

from dataclasses import replace

from agent.items import Guide
from agent.reading.absence import only_unknown, read_unknown, unknown
from agent.reading.answers import read_answers
from agent.reading.corrections import read_correction, takes_back
from agent.reading.encoder import Encoder
from agent.reading.entries import name_of_speaker
from agent.reading.figures import read_figures
from agent.reading.implied import follow_up
from agent.reading.in_order import read_in_order
from agent.reading.matching import Matcher
from agent.reading.message import SPOKEN_OF, Message, hear
from agent.reading.orders import without_orders
from agent.reading.phrases import asks_back, says
from agent.reading.reading import Listening, Reading
from agent.reading.roles import read_roles, replace_holders
from agent.reading.sharing import share_out
from agent.reading.telling import read_texts
from agent.reading.text import spans

BESIDE_AN_ORDER = 8  # words; fewer, left of a message that gave an order, tell nothing that nobody asked for
NAMES_ITEM = 0.5  # "I don't know who pays" names an item, "no idea" does not


class BuiltinReader:
    """Reads with what comes in the package: the guide, the labelled examples and a small static embedder."""

    name = "builtin"

    def __init__(self, guide: Guide, matcher: Matcher, encoder: Encoder | None = None):
        self.guide = guide
        self.matcher = matcher
        self.encoder = encoder

    def read(self, message: str, listening: Listening) -> Reading:
        """Turn a message into statements. What is not understood is left out, never guessed."""
        written, message = message, without_orders(message)
        few = message != written and len(message.split()) < BESIDE_AN_ORDER
        if not spans(message):
            return Reading()
        heard = hear(message, listening, self.guide, self.matcher, self.encoder)
        puts_right = takes_back(heard)
        correction = read_correction(heard)
        if puts_right and correction:
            heard.listening = replace(listening, asked=())  # who puts a figure right answers no question
        if read_in_order(heard):
            return Reading(tuple(heard.found.values()))
        if not heard.found and only_unknown(heard):
            return _all_unknown(heard)
        names = any(party.sort == "name" for party in heard.parties) and any(heard.kind(item) == "party" for item in heard.asked)  # "Is it Priya?"
        if asks_back(message) and not names and heard.plainest_asked() < SPOKEN_OF:
            return Reading(intent="explain", about=message)
        replaced = replace_holders(heard)
        share_out(heard)
        heard.leave_unanswered()
        read_unknown(heard)
        read_figures(heard)
        read_roles(heard)
        read_answers(heard)
        if not puts_right:
            read_texts(heard)
        follow_up(heard)
        corrects = {*correction, *replaced}
        taking_back = [sentence for sentence in heard.sentences if (correction and puts_right) or says("corrects", sentence.text)]
        corrects |= {
            item
            for item, said in heard.found.items()
            if listening.record.heard(item) and any(said.quote in one.text or one.text in said.quote for one in taking_back)
        }
        heard.found.update(correction)
        return Reading(
            statements=tuple(statement for item, statement in heard.found.items() if item in listening.asked or not few),
            corrects=frozenset(corrects),
            speaker_name=name_of_speaker(message, heard.parties, opening=listening.open_question),
            hunches=tuple(statement for item, statement in heard.hunches.items() if item not in heard.found and not few),
        )


def _all_unknown(heard: Message) -> Reading:
    """Everything that was asked for is unknown; an item that is named shows that more than "no idea" was meant."""
    said = next((one for one in heard.sentences if unknown(one.text)), heard.sentences[0])
    for item in heard.open_items():
        heard.add(item, "unknown", None, said)
    named = any(heard.topic(item).max() > NAMES_ITEM for item in heard.found if item in heard.column)
    return Reading(tuple(heard.found.values()), knows_nothing=not named)
