"""What other people are shown: a question that they should know, the interview from outside, an ownership that they may refuse."""

import json
from collections.abc import Sequence

from agent.heard import clip
from agent.items import Question
from agent.reports.wording import wording as report_wording
from ui.slack.blocks import Block, actions, button, context, header, modal, sections, text_input
from ui.slack.store import Ask
from ui.slack.wording import voices, wording

MOST_VOICES = 10
NAMES_FROM = 3  # people from outside are named where at least so many answered
LONGEST_ANSWER = 3_000


def ask(id: str, text: str, question: Question, choices: Sequence[str], asker: str, title: str) -> list[Block]:
    """Return a question to somebody who should know: the question, why it matters, the choices."""
    words = wording().ask
    return [
        *sections(f"**{words['title'].format(asker=asker)}**\n{words['about'].format(title=clip(title, 300))}"),
        *sections(f"**{text}**"), *sections(f"> {question.why}"),
        *actions([button(choice, f"answer:{number}", json.dumps({"ask": id, "say": choice}, ensure_ascii=False)) for number, choice in enumerate(choices)]),
        context(words["how"]),
    ]  # fmt: skip


def came_back(name: str, words: str) -> str:
    """Return how somebody's answer comes back into the thread."""
    return f"**{name}** answers:\n{quoted(words)}"


def quoted(words: str) -> str:
    return "> " + words.replace("\n", "\n> ")


def voice(id: str, asker: str, title: str) -> list[Block]:
    words = wording().voice
    return [
        header(words["title"]), *sections(f"{words['about'].format(asker=asker, title=clip(title, 300))}\n\n{words['how']}"),
        *actions([button(words["button"], "voice", id, "primary")]),
    ]  # fmt: skip


def voice_form(id: str) -> Block:
    inputs = [text_input(one.id, one.ask, optional=True, longest=LONGEST_ANSWER) for one in voices()]
    return modal("voice", "From outside", "Send", inputs, id)


def invite_form(thread: str) -> Block:
    """Return the form on which people outside the pilot are picked."""
    pick = {"type": "multi_users_select", "action_id": "people", "max_selected_items": MOST_VOICES}
    block = {"type": "input", "block_id": "people", "label": {"type": "plain_text", "text": "Up to ten people who are not part of the pilot"}, "element": pick}
    return modal("voices", "Ask outside voices", "Ask them", [block], thread)


def decline_form(thread: str, item: str, label: str) -> Block:
    inside = [text_input("words", f"Why not? Your words go on record, with your name, under {label}.", longest=LONGEST_ANSWER)]
    return modal("decline", "Decline", "Decline", inside, json.dumps({"thread": thread, "item": item}))


def heard_outside(asks: Sequence[Ask], names: dict[str, str]) -> list[Block]:
    """Summarise what came from outside, by force; a name stands with its words only where enough people answered."""
    answers = [(names.get(one.person, "Somebody"), json.loads(one.answer)) for one in asks if one.answer]
    blocks = sections(f"**From outside the pilot: {len(answers)} of {len(asks)} have answered**")
    for question in voices():
        lines = []
        for name, answer in answers:
            if words := str(answer.get(question.id, "")).strip():
                lines.append(f"- {'' if len(answers) < NAMES_FROM else f'{name}: '}“{clip(words, 400)}”")
        title = report_wording().forces[question.force].title
        blocks += sections(f"**{title}**: {question.ask}\n" + ("\n".join(lines) or f"- {wording().voice['none']}"))
    return blocks


def reminder(text: str, link: str) -> list[Block]:
    return [*sections(text), *([context(link)] if link else []), *actions([button("No more reminders", "quiet", "quiet")])]
