"""How a question is put: whole, about what is left of it, once more, or about two statements that cannot both hold."""

from agent.heard import clip, in_short, shown
from agent.judging.case import Case, join
from agent.judging.figures import adoption, show
from agent.questions import Next


def question_text(next_one: Next, case: Case) -> str:
    """Word a question: whole, about what is left of it, once more, or about two statements that cannot both hold."""
    guide, words = case.guide, case.guide.wording
    question = guide.question(next_one.question.id)
    if next_one.mode == "conflict":
        return _conflict(next_one.items[0], case)
    if next_one.mode == "again":
        if len(next_one.items) == 1:
            item = guide.items[next_one.items[0]]
            return f"{item.ask} {words.unknown_is_fine if item.kind != 'text' else ''}".strip()
        labels = join((guide.label(item) for item in next_one.items), words.and_)
        return words.not_caught.format(labels=labels, probe=question.probe)
    if next_one.mode == "back":
        return words.back_to.format(ask=question.ask)
    if len(next_one.items) < len(question.asks):
        return " ".join(guide.items[item].ask for item in next_one.items)
    return question.ask


def _conflict(item: str, case: Case) -> str:
    words, label = case.guide.wording, case.guide.label(item)
    said = case.record.said(item)
    if len(said) > 2:
        quotes = join((f"“{clip(one.quote)}”{f' ({one.speaker})' if one.speaker else ''}" for one in said), words.and_)
        return words.which_of_several.format(label=label, count=len(said), quotes=quotes)
    if len(said) > 1:
        first, second = said
        if first.turn == second.turn and (first.quote in second.quote or second.quote in first.quote):
            values = [in_short(one, case.guide) for one in (first, second)]
            return words.which_is_meant.format(quote=clip(max(first.quote, second.quote, key=len)), label=label, first=values[0], second=values[1])
        by = f" ({second.speaker})" if second.speaker and second.speaker != first.speaker else ""
        return words.which_holds.format(label=label, first=clip(first.quote), second=clip(second.quote), by=by)
    if item == "gates.adoption":
        use = adoption(case)
        counts = [said.quote for name in ("gates.active_users", "gates.target_users") for said in case.record.said(name)][:1]
        stated = clip(case.record.said(item)[0].quote)
        quotes = words.both_quotes.format(first=stated, second=clip(counts[0])) if counts else words.one_quote.format(first=stated)
        return words.adoption_differs.format(quotes=quotes, rate=show(use.rate), counted=show(use.counted))
    measures = ("charter.baseline", "charter.target", "gates.kpi_now")
    return words.units_differ.format(figures=", ".join(show(case.known(name)) for name in measures if case.known(name)))


def choices(next_one: Next, case: Case) -> tuple[str, ...]:
    """Return the answers that can be clicked; typing still works."""
    words = case.guide.wording
    unknown = words.answers[-1]
    items = [case.guide.items[item] for item in next_one.items]
    if next_one.mode == "conflict":
        said = case.record.said(next_one.items[0])
        return (*dict.fromkeys(_choice(shown(one.value, items[0], words)) for one in said), unknown) if len(said) > 1 else ()
    if len(items) == 1 and items[0].kind == "choice":
        return (*(_choice(words.options.get(option, option)) for option in items[0].options), unknown)
    if all(item.kind == "answer" for item in items):
        return case.guide.question(next_one.question.id).choices or (words.answers if len(items) == 1 else words.answers_all)
    return (unknown,)


def _choice(text: str) -> str:
    text = clip(text, 60)
    return text[:1].upper() + text[1:]
