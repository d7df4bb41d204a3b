"""Retrieval: labelled questions, and how well the library finds the passages that answer them."""
