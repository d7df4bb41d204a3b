"""Scripted evaluation: scenarios, the scripted person, scoring, the run and its report."""
