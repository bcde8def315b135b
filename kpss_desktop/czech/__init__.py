"""The language of the documents: letters, stems, dates, and the names of kinds and groups."""
