"""The library: guidance restated from the articles, a user's own documents, and the search over both."""
