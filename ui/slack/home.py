"""The Home tab: a person's diagnoses with their verdicts and next dates."""

from collections.abc import Sequence

from agent.items import Frozen
from ui.slack.blocks import HOME_BLOCKS, Block, actions, context, header, link_button, sections
from ui.slack.wording import says


class Line(Frozen):
    """One diagnosis in the list."""

    title: str
    verdict: str = ""
    next_date: str = ""
    link: str = ""


def home(lines: Sequence[Line]) -> Block:
    """Return the view; the latest diagnoses, as far as they fit."""
    blocks: list[Block] = [header("Your diagnoses"), *sections(says("help"))]
    for line in lines:
        more = [
            {"type": "divider"}, *sections(f"**{line.title or 'A diagnosis'}**\n{line.verdict or 'Not finished yet.'}"),
            *([context(f"Next: {line.next_date}")] if line.next_date else []), *(actions([link_button("Open the thread", line.link)]) if line.link else []),
        ]  # fmt: skip
        if len(blocks) + len(more) > HOME_BLOCKS:
            break
        blocks += more
    return {"type": "home", "blocks": blocks}
