"""The interview: from a person's words to a verdict that anyone can trace."""
