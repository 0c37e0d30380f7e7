"""Whole lists as files: CSV and XLSX for people, NDJSON for programs, narrowed by the same parameters as the list."""
