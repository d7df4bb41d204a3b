"""What has moved since last time, and how earlier projections compare with what came."""

from agent.judging.assessment import Comparison
from agent.judging.figures import number
from agent.reports.content.leftovers import lapsed_ones
from agent.reports.document import Block, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital, sentence


def section(material: Material) -> Section | None:
    """Return the comparison with the last assessment and the scores of its projections; None where there is neither."""
    words, assessment = material.words, material.assessment
    blocks: list[Block] = []
    if assessment.since_last_time:
        blocks += _compared(material, assessment.since_last_time)
    if assessment.scores:
        rows = tuple(
            (capital(one.name), one.projected_on, words.say("scored", low=number(one.low), high=number(one.high)), number(one.actual), one.actual_on)
            + (words.say("off_by", inside=words.name("inside", "inside" if one.inside else "outside"), off=number(one.off_by)),)
            for one in assessment.scores
        )
        blocks += [Heading(text=words.headings["scores"]), Table(head=words.tables["scores"], rows=rows, figures=(2, 3))]
    return Section(name="since_last_time", title=words.sections["since_last_time"], blocks=tuple(blocks)) if blocks else None


def _compared(material: Material, found: Comparison) -> list[Block]:
    words = material.words
    was, now = (words.names["verdict"].get(one, one) for one in (found.verdict_before, found.verdict_after))
    blocks: list[Block] = [
        Paragraph(text=words.introductions["since_last_time"]),
        Paragraph(text=words.say("compared", before=words.day(found.before_on), was=was, now=now), weight="strong"),
    ]
    if found.moved:
        names = [capital(material.part(one.part)) for one in found.moved]
        rows = tuple(
            (
                name,
                _result(material, one.part, one.before),
                _result(material, one.part, one.after),
                words.name("better", "better" if one.better else "worse" if one.asked_again else "unheard"),
                " ".join(sentence(why) for why in one.because),
            )
            for name, one in zip(names, found.moved, strict=True)
        )
        blocks += [Heading(text=words.headings["moved"]), Table(head=words.tables["moved"], rows=rows), *material.shared_grounds(found.moved, names)]
    listed = (("closed", found.closed), ("opened", found.opened), ("unheard", found.unheard), ("unmoved", tuple(map(material.part, found.unmoved))))
    points = [Point(label=words.sentences[name], text="; ".join(ones)) for name, ones in listed if ones]
    blocks += [Points(items=tuple(points))] if points else []
    return [*blocks, *lapsed_ones(material, found.lapsed)] if found.lapsed else blocks


def _result(material: Material, part: str, result: str) -> str:
    """Call the result of a part what a reader calls it."""
    of = {"gate": "gate", "owner": "owner", "force": "severity"}.get(part.rpartition(" ")[2], "check")
    return material.words.names[of].get(result, result)
