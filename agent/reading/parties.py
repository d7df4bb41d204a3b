"""The people, roles and teams in a text: names, "the shift leaders", "our IT supplier BackSoft", "me", "the same team that built it"."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from agent.same import TITLES

TOKEN = re.compile(r"[\w&-]+(?:['’](?!s\b)\w+)?|['’]s\b|[^\w\s]")
SAYING = re.compile(
    r"i(?:['’]m|\s+am)\s+(?:not|afraid|sure|aware|told|quite|pretty|fairly|sorry|guessing)\b|i(?:['’]d|\s+would)\s+(?:say|think|guess|imagine|like|love|have to)\b|i(?:['’]ve| have)\s+(?:no|heard|got no|never|been told|to)\b"
    r"|i\s+(?:think|believe|guess|suppose|know|mean|hope|reckon|assume|imagine|understand|must|was told|was given|heard|hear|counted|make it|do not|cannot|could not|(?:don|can|couldn|wouldn|didn)['’]t)\b",
    re.IGNORECASE,
)
SAID_TO = re.compile(r"\b(?:ask|asks|asked|tell|told|let|give|gave|show|excuse|remind|trust|believe|pardon|correct|help)\s+$", re.IGNORECASE)
SHARED = re.compile(r"\bbetween (?:the |our )?$", re.IGNORECASE)
SMALL = re.compile(
    r"(?:(?:it['’]?s|that['’]?s|that is|it is|that would be|that['’]d be|probably|i think)\s+)?(?P<name>[a-z][\w-]+(?: [a-z][\w-]+)?)\s+(?:from|in|at) (?:the |our )?\w+(?: \w+)?[.!]?"
)
SMALL_BESIDE = re.compile(r", (?P<name>[a-z][\w-]+ [a-z][\w-]+)(?=\s*(?:[.;:!)]|$))")  # "me, yusra haddad!"
FIRM = r"(?:company|firm|start-?up|supplier|vendor|agency)\b"
TOWN = re.compile(rf"\b{FIRM}(?:\s+[A-Z]\w*,)?\s+(?:in|from|of)\s+$")
WHO_IS = re.compile(r"\s+who(?:['’]s|\s+\w+)[^,.;:?!]{0,40},\s*")  # "the harbour master who's the sponsor, Ines Rocha"
ENDS = re.compile(r"\s*(?:[.;:?!)]|$)")
ACRONYM = re.compile(r"[A-Z]{2}[A-Z&]*")  # "the SRE group" is one name
NAME_BESIDE = re.compile(r",?\s+(?:[A-Z][\w'’-]+\s*){1,3}(?:[,.;:!?)]|$|(?:who|signed|has|is|said)\b)")
LINKS = {"of", "for", "in", "at", "from", "and", "&"}


@dataclass(frozen=True)
class Party:
    """A party where it stands: `name` as the record keeps it."""

    name: str
    start: int
    end: int
    sort: Literal["name", "role", "me", "they", "builder", "sponsor", "nobody"]

    @property
    def generic(self) -> bool:
        """ "The people" and "a company" say less than "the floor supervisors" or a name."""
        return self.sort == "role" and self.name.lower() in words()["generic"]

    def is_town(self, text: str) -> bool:
        """Say whether a name is only where a firm is: "a company in Ankara", "company RedRow, from Wageningen"."""
        return self.sort == "name" and bool(TOWN.search(text, max(0, self.start - 40), self.start))

    def placed(self, text: str) -> bool:
        """A name after "from" or "in", or before "company", says where somebody belongs, not who they are."""
        before, after = text[max(0, self.start - 12) : self.start], text[self.end : self.end + 30]
        if re.match(rf",\s+(?:an?\s+|the\s+|some\s+)?(?:\w+\s+)?{FIRM}", after):  # "from Volttek, a company in Ankara"
            return False
        return self.sort == "name" and bool(re.search(r"\b(?:from|in|at|of)\s+(?:the\s+)?$", before, re.IGNORECASE) or re.match(rf"\s+{FIRM}", after))


@cache
def words() -> dict[str, Any]:
    """Load parties.yaml once: sets of lower-case words, and patterns and endings in their order."""
    data = yaml.safe_load((Path(__file__).parent / "parties.yaml").read_text(encoding="utf-8"))
    data["titles"] += sorted(TITLES)
    return {
        name: tuple(entries)
        if name.startswith(("same", "nobody_said", "open_said", "me_said", "suffixes"))
        else frozenset(str(entry).lower() for entry in entries)
        for name, entries in data.items()
    }


@cache
def nobody() -> re.Pattern[str]:
    """The ways to say that there is nobody: fixed phrases, and the patterns of `nobody_said`."""
    return re.compile(
        rf"\b(?:{'|'.join([*map(re.escape, sorted(words()['nobody'], key=len, reverse=True)), *words()['nobody_said']])})\b".replace("'", "['’]"), re.IGNORECASE
    )


@cache
def _said(group: str) -> re.Pattern[str]:
    """The patterns of a group, such as the ways to say that a role is not filled yet, or "me" in more than a word."""
    return re.compile(rf"\b(?:{'|'.join(words()[group])})\b".replace("'", "['’]"), re.IGNORECASE)


@cache
def _same(sort: str) -> re.Pattern[str]:
    """The ways to say "the one that built it" or "the one that pays for it"; "they made it clear" is none of them."""
    said = sorted(words()[f"same_{sort}"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, said))})\b(?!\s+(?:clear|possible|easy|easier|work|happen)\b)", re.IGNORECASE)


def find_parties(text: str, common: frozenset[str]) -> list[Party]:
    """Return the parties of a text, left to right; a role with a name beside it is one party, the name. `common` are words that are no names."""
    tokens = [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]
    missing = [Party("nobody", match.start(), match.end(), "nobody") for match in nobody().finditer(text)]
    missing += [
        Party("open", match.start(), match.end(), "nobody")
        for match in _said("open_said").finditer(text)  # of other things it says something else: "two points are still open"
        if not any(match.start() < other.end and other.start < match.end() for other in missing)
    ]
    names = _names(text, tokens, common)
    short = [name for name, after in pairwise(names) if _said_again(text, name, after)]
    names = [name for name in names if name not in short and not _is_related(text, name)]
    apart = [*(name for name in names if not name.placed(text)), *missing]  # "our analytics centre in Ghent" is one party, place and all
    roles = [role for role in _roles(text, tokens) if not any(role.start < other.end and other.start < role.end for other in apart)]
    found = [*names, *(role for role in roles if not _described(text, role, names)), *missing]
    for sort in ("builder", "sponsor"):
        if same := _same(sort).search(text):
            found.append(Party(same.group().lower(), same.start(), same.end(), sort))
    found += _pronouns(text, tokens, names, common)
    if not any(party.sort == "name" for party in found):
        found = _small(text, common) or found
    return _together(text, sorted(found, key=lambda party: party.start))


def _pronouns(text: str, tokens: list[tuple[str, int, int]], names: list[Party], common: frozenset[str]) -> list[Party]:
    """Find who speaks, by name if they add it in small letters, and "she" and "they"."""
    found = [Party("me", match.start(), match.end(), "me") for match in _said("me_said").finditer(text)]
    told = [(one.start, one.end) for one in found]
    for token, start, end in tokens:
        low = token.lower().replace("’", "'")
        if any(first <= start < last for first, last in told):
            continue
        if low == "me" and text[end : end + 2] == ", " and any(name.start == end + 2 and ENDS.match(text, name.end) for name in names):  # "me, Birgit Strasser"
            continue
        if low == "me" and (small := SMALL_BESIDE.match(text, end)) and not any(_is_no_name(one, common) for one in small["name"].split()):
            found.append(Party(small["name"], *small.span("name"), "name"))
        elif low in words()["me"] and not SAYING.match(text, start) and not (low == "me" and SAID_TO.search(text, max(0, start - 10), start)):
            found.append(Party(low, start, end, "me"))
        elif low in words()["they"]:
            found.append(Party(low, start, end, "they"))
    return found


def _together(text: str, found: list[Party]) -> list[Party]:
    """Take two who share a part as one: "between Ops and IT"."""
    for first, second in pairwise(found):
        if {first.sort, second.sort} <= {"name", "role"} and text[first.end : second.start] == " and " and SHARED.search(text[: first.start]):
            pair = Party(text[first.start : second.end], first.start, second.end, "name")
            return [*(one for one in found if one.start < first.start), pair, *(one for one in found if one.start > second.start)]
    return found


def _small(text: str, common: frozenset[str]) -> list[Party]:
    """Find the name that is all of a short answer, in small letters: "jane from finance", "that's maria lopez in claims"."""
    match = SMALL.fullmatch(text.strip())
    names = match["name"].split() if match else []
    if not match or any(_is_no_name(name, common) for name in names):
        return []
    start = text.index(match["name"], match.start("name"))
    return [Party(match["name"], start, start + len(match["name"]), "name")]


def _is_no_name(word: str, common: frozenset[str]) -> bool:
    """Say whether a word in small letters is a word that people use, and no name."""
    return word in common or word in words()["never"] or _is_head(word)


def _said_again(text: str, name: Party, after: Party) -> bool:
    """Say whether a name is followed at once by its fuller form: "Kemal Bey, Kemal Arslan"."""
    return after.start == name.end + 2 and text[name.end : after.start] == ", " and name.name.split()[0] == after.name.split()[0]


def _is_related(text: str, name: Party) -> bool:
    """Say whether a name only says whose deputy somebody is who is named beside it: "Fenwick's deputy, Julie"."""
    return name.name.split()[-1].lower() in words()["relations"] and bool(NAME_BESIDE.match(text, name.end))


def _names(text: str, tokens: list[tuple[str, int, int]], common: frozenset[str]) -> list[Party]:
    found: list[Party] = []
    index = 0
    while index < len(tokens):
        token, start, _ = tokens[index]
        if not _may_begin_a_name(text, tokens, index, common):
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and _continues_a_name(text, tokens, last):
            last += 2 if tokens[last + 1][0] == "." else 1
        if token.lower() in words()["titles"] and last == index:
            index += 1
            continue
        possessive = last + 2 < len(tokens) and tokens[last + 1][0] in ("'s", "’s")
        body = last + (2 if possessive else 1)
        if body < len(tokens) and text[tokens[body - 1][2] : tokens[body][1]] == " ":
            low = tokens[body][0].lower()
            if (low in words()["bodies"] and (possessive or last > index or ACRONYM.fullmatch(token))) or (possessive and low in words()["relations"]):
                last = body
        found.append(Party(text[start : tokens[last][2]], start, tokens[last][2], "name"))
        index = last + 1
    return found


def _capital(token: str) -> bool:
    """Say whether a token is written like a name or a part of one."""
    return token[0].isupper() and token.lower() not in words()["acronyms"] and token.lower() not in words()["never"]


def _may_begin_a_name(text: str, tokens: list[tuple[str, int, int]], index: int, common: frozenset[str]) -> bool:
    token, start, end = tokens[index]
    low = token.lower()
    if not _capital(token) or token == "I" or token.startswith(("I'", "I’")):
        return False
    if low in words()["titles"]:
        return index + 1 < len(tokens)
    if re.search(r"[a-z][A-Z]", token) or (token.isupper() and len(token) > 2):
        return True
    after = tokens[index + 1][0] if index + 1 < len(tokens) and text[end : tokens[index + 1][1]] == " " else ""
    begins = text[max(0, start - 3) : start].rstrip(" ")[-1:] in (".", "?", "!", ":", "\n", "") and not text[max(0, start - 4) : start].strip().endswith(
        ("Mr.", "Dr.", "Ms.")
    )
    if begins and after and after.islower() and _is_head(after):
        return False
    if low in common or low in words()["heads"]:
        return bool(after) and _capital(after) and not begins and low not in words()["heads"]
    return True


def _continues_a_name(text: str, tokens: list[tuple[str, int, int]], last: int) -> bool:
    token, _, end = tokens[last]
    after, start, _ = tokens[last + 1]
    if after == "." and token.lower() in words()["titles"] | words()["abbreviations"] and last + 2 < len(tokens):
        return _capital(tokens[last + 2][0]) and tokens[last + 2][0] != "I"
    if text[end:start] != " " and not (text[end:start] == "" and token == "."):
        return False
    if after.lower() in words()["particles"] and not after[0].isupper():
        return any(one[0][0].isupper() for one in tokens[last + 2 : last + 4])
    return _capital(after)


def _roles(text: str, tokens: list[tuple[str, int, int]]) -> list[Party]:
    """Find noun phrases that end in a word for a part in an organisation, with what follows by "of" or "in"."""
    found: list[Party] = []
    index = 0
    while index < len(tokens):
        if not _is_head(tokens[index][0]) or (index and tokens[index - 1][0].lower() in ("who", "he", "she", "they", "it")):
            index += 1
            continue
        first = last = index
        while last + 1 < len(tokens) and _is_head(tokens[last + 1][0]) and text[tokens[last][2] : tokens[last + 1][1]] == " ":
            last += 1
        if last + 2 < len(tokens) and tokens[last + 1][0] in ("'s", "’s", "'", "’") and tokens[last + 2][0].lower() in words()["relations"]:
            last += 2
        while first > 0 and _part_of_phrase(text, tokens, first):
            first -= 1
        if last + 2 < len(tokens) and tokens[last + 1][0].lower() in ("of", "for", "in", "at") and not _verbal(tokens, last + 1):
            last = _complement(text, tokens, last)
        if not (first and tokens[first - 1][0].lower() == "no" and text[tokens[first - 1][2] : tokens[first][1]] == " "):  # "our computer centre, no firm"
            found.append(Party(text[tokens[first][1] : tokens[last][2]], tokens[first][1], tokens[last][2], "role"))
        index = last + 1
    return found


def _is_head(token: str) -> bool:
    low = token.lower()
    heads = words()["heads"]
    if len(low) > 6 and low.endswith(words()["suffixes"]):
        return True
    return (
        low in heads
        or (low.endswith("s") and low[:-1] in heads and low != "sponsors")
        or token in ("HR", "CEO", "CFO", "COO", "CIO", "CTO", "CISO", "DPO", "IT", "QA", "PMO")
    )


def _part_of_phrase(text: str, tokens: list[tuple[str, int, int]], first: int) -> bool:
    token, _, end = tokens[first - 1]
    low = token.lower()
    if text[end : tokens[first][1]] not in (" ", "", "-") or not re.fullmatch(r"[\w&'’-]+", token):
        return False
    if first > 1 and tokens[first - 2][0].lower() in ("who", "he", "she", "they"):  # "she heads field service"
        return False
    return (
        low not in words()["determiners"]
        and low not in words()["stop"]
        and low not in LINKS
        and not low.endswith("ly")
        and low not in ("side", "technically", "yes", "no", "compliance:", "'s", "’s")
    )


def _verbal(tokens: list[tuple[str, int, int]], link: int) -> bool:
    """ "in charge", "for now", "of it", "in the room", "for the business side" and "in production" do not describe a team."""
    after = next((token.lower() for token, *_ in tokens[link + 1 :] if token.lower() != "the"), "")
    if tokens[link][0].lower() == "for" and after in ("business", "biz", "tech", "technical", "technology", "it", "compliance", "legal"):
        return True
    return tokens[link + 1][0].lower() in (
        "charge",
        "now",
        "it",
        "this",
        "that",
        "production",
        "compliance",
        "room",
        "future",
        "end",
        "long",
        "general",
        "principle",
        "time",
        "good",
        "daily",
        "six",
        "all",
        "both",
        "us",
    )


def _complement(text: str, tokens: list[tuple[str, int, int]], last: int) -> int:
    stop, kept = last + 1, last
    while stop + 1 < len(tokens) and stop - last < 6:
        token = tokens[stop + 1][0]
        low = token.lower()
        if not re.fullmatch(r"[\w&'’-]+", token) or (low in words()["stop"] and token != "IT") or (low in LINKS and low not in ("of",)):
            break
        stop += 1
        if low not in words()["determiners"] and low not in LINKS:
            kept = stop
    return kept


def _described(text: str, role: Party, names: list[Party]) -> bool:
    """A role that touches a name, or is set beside it by a comma or "called", only describes it."""
    for name in (one for one in names if one.start < role.start or role.end < one.end):
        between = text[role.end : name.start] if role.end <= name.start else text[name.end : role.start]
        if role.end <= name.start and WHO_IS.fullmatch(between) and ENDS.match(text, name.end):
            return True
        if re.fullmatch(
            r"\s*[,(:–-]?\s*(?:the|our|a|an|my|their|who is|called|named|from|of|in|at|is|as|at the|from the|from our|in our|of the|who's|he's|she's)?(?:\s+(?:the|our|my|a))?\s*",
            between,
        ):
            return True
    return False
