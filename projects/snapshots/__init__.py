"""Whole copies of the public data, nightly and kept for a stated time: rows, tables, and what describes them."""
