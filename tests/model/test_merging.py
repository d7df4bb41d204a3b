"""Two readings made into one: a table of who is right where they differ."""

from datetime import date

import pytest

from agent.items import guide
from agent.reading.merging import merge
from agent.reading.reading import Reading
from agent.record import Statement

TODAY = date(2026, 11, 21)
NARROW, WIDE = "we are at 31 minutes", "from 48 minutes before we are at 31 minutes"


def said(item: str, value, quote: str, state: str = "known") -> Statement:
    return Statement(item=item, state=state, value=value, quote=quote)  # type: ignore[arg-type]


def minutes(value: float) -> dict:
    return {"value": value, "unit": "minutes"}


@pytest.mark.parametrize(
    ("model", "builtin", "left"),
    [
        pytest.param(said("gates.adoption", 62, "62 %"), None, [62], id="only the model heard it"),
        pytest.param(None, said("gates.adoption", 62, "62 %"), [62], id="only the built-in reader heard it"),
        pytest.param(said("gates.adoption", 62, "62 %"), said("gates.adoption", 62, "62 % do"), [62], id="the same"),
        pytest.param(said("gates.kpi_now", minutes(31), NARROW), said("gates.kpi_now", minutes(48), WIDE), [minutes(31)], id="the model's quote holds one figure only"),
        pytest.param(said("gates.kpi_now", minutes(48), WIDE), said("gates.kpi_now", minutes(31), NARROW), [minutes(31)], id="the built-in reader's does"),
        pytest.param(said("gates.kpi_now", minutes(31), WIDE), said("gates.kpi_now", minutes(48), WIDE), [minutes(48), minutes(31)], id="neither does: the person is asked"),
        pytest.param(said("owners.business", "Maria Lopez", "Maria Lopez"), said("owners.business", "Tom Hill", "Tom Hill"), ["Tom Hill", "Maria Lopez"], id="two parties"),
        pytest.param(said("gates.load_test", "partly", "half of it"), said("gates.load_test", "yes", "half of it"), ["partly"], id="a shade is the model's to tell"),
        pytest.param(said("gates.load_test", "no", "we did"), said("gates.load_test", "yes", "we did"), ["yes", "no"], id="yes against no: the person is asked"),
        pytest.param(said("gates.adoption", None, "no idea", "unknown"), said("gates.adoption", 62, "62 %"), [62], id="a value tells more than unknown"),
        pytest.param(said("owners.business", "nobody", "nobody", "absent"), said("owners.business", None, "x", "unknown"), ["nobody"], id="and so does nobody"),
        pytest.param(said("charter.kpi", "handling time", "handling time"), said("charter.kpi", "the handling time it takes", "x"), ["handling time"], id="a text is the model's"),
    ],
)  # fmt: skip
def test_who_is_right(model, builtin, left) -> None:
    together = merge(Reading(tuple(filter(None, [model]))), Reading(tuple(filter(None, [builtin]))), guide(), TODAY)
    assert [statement.value for statement in together.statements] == left


def test_one_figure_tells_one_item() -> None:
    model = Reading((said("gates.active_users", 60, "sixty clerks use it"), said("charter.pilot_users", 60, "sixty clerks use it")))
    builtin = Reading((said("charter.pilot_users", 60, "sixty clerks use it"),))
    assert [statement.item for statement in merge(model, builtin, guide(), TODAY).statements] == ["charter.pilot_users"]


def test_i_do_not_know_counts_only_where_the_model_heard_nothing() -> None:
    builtin = Reading((said("gates.adoption", None, "no idea", "unknown"),), knows_nothing=True)
    assert merge(Reading(), builtin, guide(), TODAY).knows_nothing
    assert not merge(Reading((said("gates.adoption", 62, "62 %"),)), builtin, guide(), TODAY).knows_nothing
