"""Short texts out of a sentence: the entries of a list, the name of a use case, the name of the person who speaks."""

import re

from agent.reading.parties import Party

LEAD_IN = re.compile(
    r"^(?:(?:well|so|yes|no|and|also|then|mainly|mostly|basically|of course|i think|i believe|i guess|i'd say)[\s,]+)*"
    r"(?:(?:we|they|i|it|there|you|nobody|no one)(?:['’](?:ve|d|re|s|ll)|\s+(?:didn|don|haven|wouldn)['’]t|\s+(?:have|had|has|did|do|are|were|was|is|would|could|also|only|just|all|both|never|not))*\s+"
    r"(?:left out|left|leave|skipped|excluded|avoided|kept out|took out|taken out|dropped|ignored|had|have|be|(?:have )?to (?:change|persuade|convince|clean)|persuade|convince|cleaned|tidied|changed|convinced|asked|is|are|was|were)\s+)?"
    r"(?:(?:out|away|aside|of)\s+)?",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"\s+(?:(?:could|would|will|can|may|might|must|should|did|does|do(?! with\b)|has|have|had|is|are|was|were|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|haven['’]t|hasn['’]t|didn['’]t|doesn['’]t|don['’]t|won['’]t|needn['’]t)\b.*"
    r"|(?:stayed|stay|stays|worked|prefers?|came|come|needs?|to be)\b.*)$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|a|an|our|all|some|any|both|these|those|only)\s+", re.IGNORECASE)
INTRODUCES = re.compile(r"\b(?:i['’]?m|i am|my name is|my name['’]s|name['’]?s)\s+$", re.IGNORECASE)
HERE_IS = re.compile(r"\b(?:this is|here is|here['’]s|it['’]s)\s+$", re.IGNORECASE)  # only to begin with: "this is SAP" tells what the tool is


GREETS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|dear all|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)(?: there| all)?[\s,.!–-]+)*$", re.IGNORECASE
)
AFTER_A_NAME = re.compile(r"\s*(?:[,.–-]\s|here\b|speaking\b|from\b)", re.IGNORECASE)


def entries(text: str) -> list[str]:
    """Cut a sentence into the short texts it lists, without what leads in and what is said about them."""
    text = LEAD_IN.sub("", text.strip().rstrip(".!?").split(": ", 1)[-1])
    found = []
    for part in re.split(r"\s*[,;]\s*(?:(?:and|also|or)\s+)?|\s+and\s+(?=the\b|our\b|[A-Z]|\w+\s*$)", text):
        entry = ARTICLE.sub("", TRAIL.sub("", part.strip())).strip()
        if 2 <= len(entry) <= 120 and entry.lower() not in ("that", "it", "this", "also"):
            found.append(entry)
    return found


def use_case_name(text: str) -> str:
    """Return what a clause is about, up to its verb."""
    name = ARTICLE.sub("", LEAD_IN.sub("", text.strip().rstrip(".!?")))
    name = re.split(
        r"\s+(?:works?|worked|working|is|are|was|were|has|have|had|hasn['’]t|haven['’]t|does|do|did|doesn['’]t|don['’]t|never|still|goes|go|gets?|run|runs|well|fails?|struggles?)\b",
        name,
        maxsplit=1,
    )[0]
    return name.strip(" ,;:") if len(name) <= 60 else ""


def name_of_speaker(message: str, parties: list[Party], *, opening: bool = False) -> str:
    """Return the name by which the person introduces themselves, or nothing. An opening may begin with it: "Hello, Ana Ruiz from claims"."""
    for party in parties:
        before, after = message[: party.start], message[party.end :]
        if party.sort != "name" or re.search(r"['’]s ", party.name) or after.lstrip().lower().startswith(("'s", "’s")):
            continue
        begins = opening and " " in party.name and GREETS.match(before) and AFTER_A_NAME.match(message, party.end)
        greeting = HERE_IS.sub("", before) if HERE_IS.search(before) else None
        greets = greeting is not None and (greeting.strip() or opening) and GREETS.match(greeting)
        if begins or INTRODUCES.search(before) or greets:
            return party.name
    return ""
