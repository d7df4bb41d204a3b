"""A yes and a no of one thing are "partly"; a summing up, an apposition or a denial of everything is not."""

from itertools import pairwise

import pytest

from agent.reading.contrast import against, in_part
from agent.reading.text import sentences

HALVES = [
    "PDF and scans yes, Excel no.",
    "It reads the typed findings but not the scanned ones.",
    "It reads PDF, it doesn't read the building models.",
    "All product groups tested but baby food.",
    "Pneumonia and hearts, yes. A patient with six diagnoses, no, they kept those out.",
    "Copper, aluminium: tested. Stainless: not tested.",
    "Copper: tested. Stainless: not.",
]
WHOLE = [
    "It's a separate website, so no.",
    "It's a separate website, not in the order system.",
    "Apart from a training day there's no change work going on.",
    "A clerk who cannot judge a case refers it to the board.",
    "We cannot retrain on our own, only the vendor retrains it.",
    "Tested on people like me? No.",
    "No, not yet. Yes, it will.",
    "You're talking to a sceptic, aren't you? And I'm in their results.",
]


def halves(text: str) -> bool:
    said = sentences(text)
    return any(map(in_part, said)) or any(against(one, after) for one, after in pairwise(said))


@pytest.mark.parametrize("text", HALVES)
def test_said_of_one_and_denied_of_another(text) -> None:
    assert halves(text)


@pytest.mark.parametrize("text", WHOLE)
def test_one_answer_stays_whole(text) -> None:
    assert not halves(text)
