"""Pilotcheck in Slack, where the owners are: one thread there is one diagnosis."""
