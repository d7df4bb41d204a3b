"""Lets `python -m ui` run the command."""

from ui.cli import main

raise SystemExit(main())
