"""Thin doors to the interview: the terminal, JSON lines, the web page."""
