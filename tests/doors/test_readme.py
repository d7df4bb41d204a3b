"""What the README shows on its first screen is what comes out."""

from tests.doors.nursery import REPOSITORY


def test_first_verdict_is_the_one_that_comes_out(pilotcheck, warm_home) -> None:
    block = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("$ echo '")[2].partition("```")[0]
    given, _, shown = block.partition("' | .venv/bin/pilotcheck chat --jsonl --thread first | tail -1\n")
    answer, _, report = shown.partition("$ .venv/bin/pilotcheck assess --thread first\n")
    ran = pilotcheck(warm_home, "chat", "--jsonl", "--thread", "first", given=given)
    assert ran.out.splitlines()[-1].startswith(answer.strip().removesuffix(" ..."))
    assessed = pilotcheck(warm_home, "assess", "--thread", "first").out
    lines = [line.removesuffix("...").strip() for line in report.splitlines() if line != "..."]
    assert len(lines) >= 3
    assert [line for line in lines if line not in assessed] == []
