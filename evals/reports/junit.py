"""The results as JUnit XML, which every CI system shows: a test case a conversation."""

import re
from xml.etree import ElementTree

from evals.outcome import Outcome
from evals.reports.terminal import misses
from evals.results import Group, Line, Results

FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def junit(results: Results) -> str:
    """Render the results; a conversation that did not pass is a failure, one that could not be held an error."""
    root = ElementTree.Element("testsuites", name="pilotcheck eval", time=f"{results.seconds:.1f}")
    for group in results.groups:
        details = {(outcome.id, outcome.repeat): outcome for outcome in group.outcomes}
        suite = ElementTree.SubElement(root, "testsuite", _counts(group), name=group.name)
        for line in group.lines:
            _case(suite, group, line, details.get((line.id, line.repeat)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _counts(group: Group) -> dict[str, str]:
    errors = sum(bool(line.fault) for line in group.lines)
    failures = sum(not line.passed and not line.fault for line in group.lines)
    return {"tests": str(len(group.lines)), "failures": str(failures), "errors": str(errors)}


def _case(suite: ElementTree.Element, group: Group, line: Line, outcome: Outcome | None) -> None:
    name = f"{line.id} #{line.repeat + 1}" if line.repeat else line.id
    case = ElementTree.SubElement(suite, "testcase", classname=f"{group.name}.{line.voice or 'unknown'}", name=name, file=line.file)
    if line.fault:
        ElementTree.SubElement(case, "error", type=line.fault, message=_clean(line.error))
    elif not line.passed:
        figures = line.figures
        message = f"heard {figures.heard}, right {figures.right}, gates {figures.gates}, verdict {figures.verdict}, invented {figures.invented}"
        failure = ElementTree.SubElement(case, "failure", message=message)
        failure.text = _clean("\n".join(misses(outcome)).strip()) if outcome else "Holdout: its misses are kept back; see --show-holdout."


def _clean(text: str) -> str:
    return FORBIDDEN.sub("�", text)
