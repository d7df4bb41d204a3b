"""What follows from what was heard: one statement fills every item that it truly answers."""

from agent.reading.message import Message
from agent.reading.phrases import says

CLOSE, REMOVED = "charter.close_support", "capability.support_removed"
KINDS = ("business", "model")
KIND_MARGIN = 0.05  # volunteered, the sort of measure must be plain


def follow_up(message: Message) -> None:
    """Fill what a statement just found answers too, unless it was answered in its own words."""
    _kind_of_measure(message)
    _support(message)


def _kind_of_measure(message: Message) -> None:
    """The sort of measure is plain from the measure."""
    kpi = message.found.get("charter.kpi")
    if not kpi or kpi.state != "known" or "charter.kpi_kind" in message.found:
        return
    scores = message.matcher.label_scores("charter.kpi_kind", message.matcher.features([kpi.quote])[0])
    if "charter.kpi_kind" in message.asked or abs(scores["business"] - scores["model"]) > KIND_MARGIN:
        likelier = max((label for label in scores if label in KINDS), key=lambda label: scores[label])
        message.found["charter.kpi_kind"] = kpi.model_copy(update={"item": "charter.kpi_kind", "value": likelier})


def _support(message: Message) -> None:
    """Where the close support has ended, there is none; where it is never gone, the pilot has not run without it."""
    close, removed = message.found.get(CLOSE), message.found.get(REMOVED)
    if removed and removed.value == "yes" and not close and not message.record.heard(CLOSE):
        message.found[CLOSE] = removed.model_copy(update={"item": CLOSE, "value": "no"})
    if close and close.value in ("yes", "partly") and not removed and not message.record.heard(REMOVED):
        said = next((one for one in message.sentences if says("never_without", one.text)), None)
        if said:
            message.add(REMOVED, "known", "no", said)
