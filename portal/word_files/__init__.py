"""Word files (.docx): a text that was begun in Word is read into sections, and a paper is taken out as one."""

from portal.word_files.reading import Section, Sections, read, read_rows
from portal.word_files.writing import TYPE, answer, write, write_abreast

__all__ = ["TYPE", "Section", "Sections", "answer", "read", "read_rows", "write", "write_abreast"]
