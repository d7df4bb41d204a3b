"""The judging: pure rules that turn a record into an assessment, without a model, a clock, a disk or a network."""

from agent.judging.assessment import Assessment
from agent.judging.for_report import assess_for_report
from agent.judging.verdict import assess

__all__ = ["Assessment", "assess", "assess_for_report"]
