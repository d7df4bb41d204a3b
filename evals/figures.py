"""The figures of an evaluation: shares with what they are counted over, totals and the same cut by voice, stage and kind of item."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import comb

from pydantic import Field

from agent.items import Frozen
from agent.usage import NOTHING_USED, Usage, total
from evals.outcome import ItemScore, Outcome


class Share(Frozen):
    """So many of so many. A share of nothing has no rate: who heard nothing got nothing right."""

    count: int
    of: int

    @property
    def rate(self) -> float | None:
        return self.count / self.of if self.of else None

    def __str__(self) -> str:
        return "–" if self.rate is None else f"{self.rate:.1%}"


class Cut(Frozen):
    """What was heard of what there was to hear, and what was right of what was heard."""

    heard: Share
    right: Share


class Figures(Frozen):
    """Every figure of a set of conversations; docs/evaluation.md says what each one means."""

    scenarios: int
    conversations: int
    product_errors: int
    person_errors: int
    finished: Share
    heard: Share
    right: Share
    invented: int
    quotes: Share
    gates: Share
    owners: Share
    forces: Share
    verdict: Share
    false_certainty: Share
    questions: float
    repeated: Share
    contradictions: Share
    contradictions_imagined: int
    turn_ms: float
    pass_k: tuple[float, ...] = ()
    usage: Usage = NOTHING_USED
    own_words: Share = Share(count=0, of=0)
    fallbacks: dict[str, int] = Field(default_factory=dict)
    person_usage: Usage = NOTHING_USED

    @property
    def of_model(self) -> dict[str, str]:
        """Say what language models were used for, each figure by its name: to speak for the person, and to read. Nothing where none did."""
        return {**self._of_person, **self._of_reader}

    @property
    def _of_person(self) -> dict[str, str]:
        used = self.person_usage
        if not self.own_words.of:
            return {}
        return {
            "in own words": f"{self.own_words} ({self.own_words.count}/{self.own_words.of})",
            "as scripted instead": str(sum(self.fallbacks.values())),
            **{f"  {why}": str(times) for why, times in self.fallbacks.items()},
            "the person's model": f"{used.calls:,} calls, {used.tokens:,} tokens, {_money(used)}",
        }

    @property
    def _of_reader(self) -> dict[str, str]:
        used = self.usage
        if not used.calls:
            return {}
        return {
            "calls of the model": f"{used.calls:,}{f', {used.faults} failed' if used.faults else ''}",
            "tokens": f"{used.tokens:,} ({used.prompt:,} in, of them {used.cached:,} cached; {used.completion:,} out)",
            "tokens a conversation": f"{used.tokens / max(1, self.conversations - self.product_errors - self.person_errors):,.0f}",
            "cost": _money(used),
            "seconds a call": f"{used.seconds / used.calls:.2f}",
        }


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Count over every conversation that could be held; those in which product or person failed are counted apart."""
    held = [outcome for outcome in outcomes if not outcome.fault]
    whole = understood(item for outcome in held for item in outcome.items)
    unknown = [item for outcome in held for item in outcome.items if item.gold == "unknown"]
    exchanges = [exchange for outcome in held for exchange in outcome.exchanges]
    questions = [exchange for exchange in exchanges if exchange.asks]
    verdicts = [outcome for outcome in held if outcome.verdict_gold is not None]
    worded = [exchange.worded for exchange in exchanges if exchange.worded]
    fallbacks = Counter(one.fallback for one in worded if one.fallback)
    seconds = sorted(exchange.seconds for exchange in exchanges)
    return Figures(
        scenarios=len({outcome.file for outcome in outcomes}),
        conversations=len(outcomes),
        product_errors=sum(outcome.fault == "product" for outcome in outcomes),
        person_errors=sum(outcome.fault == "person" for outcome in outcomes),
        finished=Share(count=sum(outcome.done for outcome in held), of=len(held)),
        heard=whole.heard,
        right=whole.right,
        invented=sum(len(outcome.inventions) for outcome in held),
        quotes=Share(count=sum(outcome.statements - outcome.not_verbatim for outcome in held), of=sum(outcome.statements for outcome in held)),
        gates=_parts(held, "gates"),
        owners=_parts(held, "owners"),
        forces=_parts(held, "forces"),
        verdict=Share(count=sum(outcome.verdict_right for outcome in verdicts), of=len(verdicts)),
        false_certainty=Share(count=sum(item.falsely_certain for item in unknown), of=len(unknown)),
        questions=round(len(questions) / len(held), 1) if held else 0.0,
        repeated=Share(count=sum(exchange.repeated for exchange in questions), of=len(questions)),
        contradictions=Share(count=sum(outcome.contradictions_caught for outcome in held), of=sum(outcome.contradictions for outcome in held)),
        contradictions_imagined=sum(outcome.contradictions_imagined for outcome in held),
        turn_ms=round(seconds[len(seconds) // 2] * 1000, 1) if seconds else 0.0,
        pass_k=pass_k(outcomes),
        usage=total([outcome.usage for outcome in held]),
        own_words=Share(count=len(worded) - fallbacks.total(), of=len(worded)),
        fallbacks=dict(fallbacks.most_common()),
        person_usage=total([one.usage for one in worded]),
    )


def understood(items: Iterable[ItemScore]) -> Cut:
    """Count what was heard and what was right."""
    results = [item.result for item in items]
    heard = sum(result != "missed" for result in results)
    return Cut(heard=Share(count=heard, of=len(results)), right=Share(count=results.count("right"), of=heard))


def by_item(outcomes: Iterable[Outcome], key: Callable[[Outcome, ItemScore], str]) -> dict[str, Cut]:
    """Cut what was understood by a property of the conversation or the item, in order of name."""
    groups: dict[str, list[ItemScore]] = defaultdict(list)
    for outcome in outcomes:
        for item in outcome.items:
            groups[key(outcome, item)].append(item)
    return {name: understood(groups[name]) for name in sorted(groups)}


def pass_k(outcomes: Sequence[Outcome]) -> tuple[float, ...]:
    """Return pass^1 to pass^n as tau2-bench defines it: the chance that k of a scenario's n repeats, drawn at random, all pass.

    C(passed, k) / C(n, k), averaged over the scenarios; n is the smallest number of repeats that a scenario has. A conversation
    that the person spoiled is no repeat; one that the product broke did not pass.
    """
    groups: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.fault != "person":
            groups[outcome.file].append(outcome.passed)
    if not groups:
        return ()
    repeats = min(len(passed) for passed in groups.values())
    return tuple(sum(comb(sum(passed), k) / comb(len(passed), k) for passed in groups.values()) / len(groups) for k in range(1, repeats + 1))


def _money(used: Usage) -> str:
    return "no price known" if used.cost is None else f"${used.cost:.4f}"


def _parts(outcomes: Sequence[Outcome], part: str) -> Share:
    parts = [one for outcome in outcomes for one in outcome.parts if one.part == part]
    return Share(count=sum(one.right for one in parts), of=len(parts))
