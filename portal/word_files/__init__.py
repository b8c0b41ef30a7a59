"""Word files (.docx): a text that was begun in Word is read into sections, and a paper is taken out as one."""

from portal.word_files.reading import Section, Sections, read
from portal.word_files.writing import write

__all__ = ["Section", "Sections", "read", "write"]
