"""Whether the baseline was measured and the target set before the launch: by the words for it, else by the dates."""

import re

from agent.reading.message import Message
from agent.reading.phrases import says
from agent.reading.text import Span

DENIED = re.compile(
    r"\b(?:not|never|nor|rather than)\s+(?:before|after|afterwards|during|once|when|later|in)\b.*?(?=[,.;]|\bbut\b|$)", re.IGNORECASE
)  # "before the launch, not afterwards"
LAUNCH_ITEMS = ("charter.baseline_before_launch", "charter.target_before_launch")


def before_launch(message: Message, item: str, own: Span) -> str | None:
    """Return yes, partly or no from the item's own sentence, else from the others; None where nothing tells."""
    timings = (_timing(message, item, sentence) for sentence in (own, *(other for other in message.sentences if other != own)))
    return next((timing for timing in timings if timing), None)


def _timing(message: Message, item: str, sentence: Span) -> str | None:
    """Compare what a sentence dates with the known start."""
    text = DENIED.sub("", sentence.text)
    if item == "charter.baseline_before_launch" and not says("measured", text):
        return None
    before, after = says("before_launch", text), says("after_launch", text)
    if says("says_partly", text) or (before and after):
        return "partly"
    if before or after:
        return "yes" if before else "no"
    started = message.record.known("charter.started_on")
    days = [mention.value for mention in message.values if mention.kind == "date" and sentence.start <= mention.start < sentence.end]
    if not started or not days:
        return None
    return "yes" if max(days) <= started else "no"
