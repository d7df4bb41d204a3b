"""Who has which role: people, roles and teams, each in the clause that is most like the role's examples."""

import re
from dataclasses import replace

from agent.reading.absence import add_unknown, denies, unknown
from agent.reading.message import ASKED_TOPIC, FAR_TOPIC, NEAR_TOPIC, SURE, Message
from agent.reading.parties import Party, words
from agent.reading.text import Span

BUILDS_AFTER = re.compile(r"\s*(?:,?\s*who\s+)?(?:has |have |had |actually )?(?:built|build|made|developed|wrote|created|programmed|coded)\b", re.IGNORECASE)
BUILT_BY = re.compile(r"\b(?:built|made|developed|written|created|programmed|supplied) by(?: an?| the| our)?(?: \w+)?(?: called)?\s+$", re.IGNORECASE)
LOST_BY_LEAVING = ("owners.business", "owners.technical", "owners.compliance")  # who built it or paid for it still did
DECLINED = re.compile(  # not "refused to give it up", nor "said no problem"
    r"(?:['’]s|['’]ve|\s+has|\s+have|\s+had)?\s+(?:since\s+|now\s+)?(?:declined|refused|resigned|turned (?:it|that|us) down|said no|says no|says not (?:him|her|them|us))"
    r"(?:\s+(?:it|the (?:role|part|job|honou?r)))?(?=\s*(?:[.;:!?)]|$|,?\s+(?:so|thus|hence)\b))",
    re.IGNORECASE,
)
TRAILING = re.compile(r"\s+(?:from|who|whose|which|that|herself|himself|themselves|yes|and|has|have|is|are|will|shall)\b.*$|[ .]+$", re.IGNORECASE)
SEEN_COST = {"name": 0.0, "role": 0.05, "builder": 0.1, "sponsor": 0.2, "me": 0.4}  # of a sort of party beside a plainer one
UNLISTED_COST, TOWN_COST = 0.15, 0.2
DANGLING = re.compile(r"(?:\s+(?:who|whose|which|that|is|are|will|shall|must|has|have|in|of|at|from))+$", re.IGNORECASE)  # begins what is said of somebody
LEADING = re.compile(r"[\s,.;:]*(?:(?:the|our|a|an|by|from|with)\s+)*", re.IGNORECASE)
SEEN = 0.6  # how sure the encoder must be that somebody has a role that was asked for, and that it is this one
SEEN_UNASKED = 0.7  # ... and that it is this one, where nobody asked
SEEN_NOBODY = 0.95  # how plainly the encoder must hear that nobody has a role that was not asked for; "he left and nobody took over" is said of much
ALONE_BONUS = 0.3  # a question about one role alone is answered by whoever is named
ROLE_UNKNOWN = 0.1  # beside "I don't know", the examples need only hint that it is the role that is not known
SUREST = {"name": 0, "builder": 1, "role": 2, "sponsor": 4, "nobody": 5, "me": 6, "they": 7}
HUNCH_TOPIC = 0.55  # said beside another question, less is no hunch who it is
VAGUE = 3  # "the people" comes after every plain role, and so does a name that says where somebody belongs
MANY_ROLES = ("nobody", "me", "they")  # "nobody" and "me" may answer for two roles, a name answers for the one it is nearest to
SUPPLIERS = ("vendor", "supplier", "the vendor", "provider", "manufacturer", "contractor")
AREAS = ("business", "compliance", "security", "legal", "operations", "it")  # "operations" names which owner was meant, not who it is
CLOSED = re.compile(r"\s*(?:[,.;:!?)]|$|who\b)", re.IGNORECASE)
APPOSITION = re.compile(
    r"[,:(–-]?\s*\(?(?:[–-]\s+)?(?:mister |miss |namely |called |named |they call |they're called |it's called |that's |that is |his name is |her name is |by name )?",
    re.IGNORECASE,
)


def read_roles(message: Message) -> None:
    """Find who has each role: the plainest clause first, and in it the surest party named there."""
    roles = [item for item in message.column if message.kind(item) == "party"]
    asked = [item for item in roles if item in message.asked]
    fresh = [item for item in roles if item not in asked and not message.settled(item)]
    given = {said.value for item, said in message.found.items() if item in roles}
    taken = {(party.start, party.end) for party in message.parties if party.name in given}
    taken |= {place for item in (*asked, *fresh) if item not in message.found and (place := _read_seen(message, item))}
    ranked = sorted(
        ((_fit(message, index, item, asked), index, item) for index in range(len(message.spans)) for item in roles),
        key=lambda one: (-one[0], one[1]),
    )
    for score, index, item in ranked:
        piece = message.spans[index]
        if item in message.found or _only_asks(message, piece):
            continue
        plain = score >= (ASKED_TOPIC if item in asked else message.needs(item, NEAR_TOPIC, FAR_TOPIC))
        if not plain or (item not in asked and not message.leads(index, item)):
            _suspect(message, index, item, taken)
            continue
        sentence = message.sentence_of(piece)
        if unknown(sentence.text) and message.may_be(item, "unknown") and message.labels(index, item).get("unknown", 0) > ROLE_UNKNOWN:
            message.add(item, "unknown", None, sentence)
            continue
        party = _party_in(message, index, item, taken)
        if party and (item in asked or not party.generic) and put_down(message, item, party, piece):
            taken.add((party.start, party.end))


def replace_holders(message: Message) -> frozenset[str]:
    """Put down who has a role instead of somebody whom the message takes back, and return what is corrected: "it's no longer Karl, it's Birgit"."""
    gone = [party for party in message.taken_back if party.sort == "name"]
    there = [party for party in message.parties if party.sort in ("name", "role", "nobody") and not party.generic]
    held = [item for item in message.record.entries if any(_same_one(party.name, str(message.record.known(item))) for party in gone)]
    meant = [item for item in held if message.kind(item) == "party" and _may_be_replaced(message, item, alone=len(held) == 1)]
    if message.alone and gone and message.kind(message.asked[0]) == "party":
        meant = list({*meant, message.asked[0]})
    for item in meant:
        new = [party for party in there if not _names_the_role(party, item)]
        if len({party.name for party in new}) == 1:
            put_down(message, item, new[0], _sentence_with(message, new[0]))
    return frozenset(message.found) & frozenset(held)


def _may_be_replaced(message: Message, item: str, *, alone: bool) -> bool:
    """Say whether a role is what the message speaks of: asked for, or plain, or the only one that the person who is gone had."""
    return item in message.asked or message.surely_speaks_of(item) or (not message.asked and (alone or message.may_speak_of(item)))


def _same_one(name: str, other: str) -> bool:
    """Say whether two names share a word: "Karl" is "Karl Moser"."""
    parts = [set(re.findall(r"[\w-]+", one.lower())) - words()["titles"] - words()["determiners"] - words()["particles"] for one in (name, other)]
    return bool(parts[0] & parts[1])


def put_down(message: Message, item: str, party: Party, piece: Span, *, plain: bool = False) -> bool:
    """Put down that a party has a role, if it is clear who is meant, and say whether it has.

    Where the encoder rules out that anybody has it, whoever is named beside it has declined, has left or was only thought of;
    unless it is `plain`, as in "technical: Priya".
    """
    who = _who(message, party, item)
    if who is None:
        return False
    said = message.evidence(piece if party.start < piece.end else _sentence_with(message, party))
    ruled_out, declined = not plain and not message.may_be(item, "value"), item in LOST_BY_LEAVING and _declined(message, party)
    if who == "nobody" or declined or (ruled_out and message.says_rather(item, "none", "unknown")):
        message.add(item, "absent", "nobody", said)
    elif ruled_out:
        message.add(item, "unknown", None, said)
    else:
        message.add(item, "known", who, said)
    return who == "nobody" or not (declined or ruled_out)


def _declined(message: Message, party: Party) -> bool:
    """Say whether somebody is said not to do it, and nobody is named in their place: in the sentence, or after it where nothing else was asked for."""
    if not DECLINED.match(message.text, party.end):
        return False
    end = len(message.text) if message.alone else _sentence_with(message, party).end
    return not any(party.end < one.start < end and one.sort != "nobody" for one in message.parties)


def _read_seen(message: Message, item: str) -> tuple[int, int] | None:
    """Take whom the encoder plainly sees in a role, and return where; it also sees names in small letters, and roles that no list knows."""
    label = message.plainly(item, SEEN if item in message.asked else SURE)
    if label == "unknown":
        add_unknown(message, item)
    if label == "none" and (item in message.asked or message.spoken_of(item) >= SEEN_NOBODY):
        nobody = [one for one in message.sentences if _holds_nobody(message, one)] or [one for one in message.sentences if denies(one.text)]
        if nobody:
            plainest = max(nobody, key=lambda sentence: message.topic(item)[message.place(sentence)])
            message.add(item, "absent", "nobody", plainest)
    party = _seen_party(message, item) if label == "value" else None
    return (party.start, party.end) if party and put_down(message, item, party, _sentence_with(message, party)) else None


def _sentence_with(message: Message, party: Party) -> Span:
    return next((one for one in message.sentences if one.start <= party.start < one.end), message.sentences[0])


def _holds_nobody(message: Message, sentence: Span) -> bool:
    return any(_is_nobody(message, party) and sentence.start <= party.start < sentence.end for party in message.parties)


def _is_nobody(message: Message, party: Party) -> bool:
    """Say whether a party is nobody; "that's still open" alone does not say which of several roles is meant."""
    return party.sort == "nobody" and (party.name != "open" or message.alone)


def _seen_party(message: Message, item: str) -> Party | None:
    """Return the party in the stretch that is most plainly a role's: a name or a role, as it is written where it is on no list, else the speaker."""
    seen: list[tuple[float, Party]] = []
    needed = SEEN if item in message.asked else SEEN_UNASKED
    for start, end, score in message.stretches(item):
        if any(one.start < end and start < one.end for one in message.taken_back):
            continue
        inside = [party for party in message.parties if party.start < end and start < party.end and party.sort in SEEN_COST] or _set_beside(message, end)
        for party in [_whole(message.text, one, end) for one in inside] or [_unlisted(message.text, start, end)]:
            if party.name and score >= needed and not _names_the_role(party, item):
                seen.append((score - (SEEN_COST[party.sort] if inside else UNLISTED_COST) - TOWN_COST * party.is_town(message.text), party))
    return max(seen, key=lambda one: one[0], default=(0.0, None))[1]


def _set_beside(message: Message, end: int) -> list[Party]:
    """Return the name that a description which no list knows is set beside: "the council lad, Ruaridh"."""
    return [party for party in message.parties if party.sort == "name" and party.start > end and _is_set_beside(message.text, end, party)][:1]


def _is_set_beside(text: str, end: int, name: Party) -> bool:
    return bool(APPOSITION.fullmatch(text, end, name.start)) and text[end] == "," and bool(CLOSED.match(text, name.end))


def _whole(text: str, party: Party, end: int) -> Party:
    """Return a role with the words that the encoder still counts to it: "head cataloguers", where the list knows a head."""
    more = DANGLING.sub("", text[party.end : end])
    return replace(party, name=party.name + more, end=party.end + len(more)) if party.sort == "role" and re.fullmatch(r"( [\w’'-]+){1,3}", more) else party


def _unlisted(text: str, start: int, end: int) -> Party:
    """Return a stretch as a party: without the article in front of it, and without what is said of it after."""
    match = LEADING.match(text, start, end)
    start = match.end() if match else start
    name = TRAILING.sub("", text[start:end])
    return Party(name, start, start + len(name), "name")


def _suspect(message: Message, index: int, item: str, taken: set[tuple[int, int]]) -> None:
    """Keep a hunch who has a role that was not asked for: it counts if the person, asked later, has nothing to add."""
    if item in message.asked or item in message.hunches or not message.leads(index, item) or message.plain(index, item) < HUNCH_TOPIC:
        return
    if unknown(message.sentence_of(message.spans[index]).text):
        return
    party = _party_in(message, index, item, taken)
    who = _who(message, party, item) if party else None
    if who is not None:
        message.hunches[item] = message.statement(item, "absent" if who == "nobody" else "known", who, message.evidence(message.spans[index]))


def _fit(message: Message, index: int, item: str, asked: list[str]) -> float:
    """Return how like an item's examples a clause is, less where it is rather another asked role's."""
    if item not in asked:
        return message.plain(index, item)
    score = float(message.topic(item)[index])
    rivals = [float(message.topic(other)[index]) for other in asked if other != item]
    return score + (ALONE_BONUS if len(asked) == 1 else 0.0) - max([0.0, *(rival - score for rival in rivals)])


def _only_asks(message: Message, piece: Span) -> bool:
    """ "Who owns it? That would be Priya.": the question names nobody."""
    return piece.text.rstrip().endswith("?") and len(message.sentences) > 1


def _party_in(message: Message, index: int, item: str, taken: set[tuple[int, int]]) -> Party | None:
    """Return the surest party that a clause names for a role, and that has not been given another."""
    piece = message.spans[index]
    end = _end_with_apposition(message, piece)
    inside = [party for party in message.parties if piece.start <= party.start and party.end <= end]
    free = [party for party in inside if (party.start, party.end) not in taken or party.sort in MANY_ROLES]
    free = [party for party in free if party.sort != "nobody" or _is_nobody(message, party)]
    nobody = next((party for party in free if party.sort == "nobody"), None)
    if nobody and not any(party.sort == "name" for party in free):
        labels = message.labels(index, item)
        if labels.get("nobody", 0) >= labels.get("value", 0) or not any(party.sort == "role" for party in free):
            return nobody
    builders = [party for party in free if _builds(message.text, party)]
    if item == "owners.builder" and builders:
        return builders[0]
    if item == "owners.sponsor":
        free = [party for party in free if party not in builders]
    free = [party for party in free if not _names_the_role(party, item) and not (item == "owners.builder" and party.sort == "builder")]
    return min(free, key=lambda party: (SUREST[party.sort] + VAGUE * (party.generic or party.placed(message.text)), party.start), default=None)


def _builds(text: str, party: Party) -> bool:
    """ "ClaimWorx built it, from Cape Town": who built it stands right before or after the verb."""
    if party.sort not in ("name", "role"):
        return False
    return bool(BUILDS_AFTER.match(text, party.end) or BUILT_BY.search(text[max(0, party.start - 45) : party.start]))


def _end_with_apposition(message: Message, piece: Span) -> int:
    """Return where a clause ends if a name set beside it belongs to it: "our finance director sponsors it, Helen Marsh"."""
    beside = [
        party for party in message.parties
        if party.sort == "name" and party.start >= piece.end and APPOSITION.fullmatch(message.text[piece.end : party.start])
    ]  # fmt: skip
    return max([piece.end, *(party.end for party in beside)])


def _names_the_role(party: Party, item: str) -> bool:
    """ "The business owner" is the role that was asked for, not who has it."""
    low = party.name.lower()
    return party.sort == "role" and (
        low.endswith(("owner", "owners", "sponsor", "sponsorship")) or (low in AREAS and item in ("owners.business", "owners.compliance"))
    )


def _who(message: Message, party: Party, item: str) -> str | None:
    """Return who is meant: "they" and "the vendor" are whoever was named before, "me" is the speaker."""
    match party.sort:
        case "nobody":
            return "nobody"
        case "builder":
            return _holder(message, "owners.builder")
        case "sponsor":
            return _holder(message, "owners.sponsor")
        case "me":
            return message.listening.speaker or "me"
        case "they":
            earlier = [one for one in message.parties if one.start < party.start and one.sort in ("name", "role") and not _names_the_role(one, item)]
            return earlier[-1].name if earlier else None
    if party.name.lower() in SUPPLIERS and item != "owners.builder":
        return _holder(message, "owners.builder") or party.name
    return party.name


def _holder(message: Message, item: str) -> str | None:
    """Return who is known to have a role."""
    said = message.found.get(item)
    value = said.value if said else message.record.known(item)
    return value if isinstance(value, str) and value != "nobody" else None
