"""The results of an evaluation, rendered: in the terminal, as a page, for CI."""
