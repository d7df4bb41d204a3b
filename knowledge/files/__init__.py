"""Files that people bring (PDF, Word, slides, sheets, web pages, text) turned into pages of plain text; what stands in them is data."""

from knowledge.files.opening import MAX_BYTES, Page, open_file

__all__ = ["MAX_BYTES", "Page", "open_file"]
