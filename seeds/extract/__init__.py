"""From a government work report to dated, counted, sourced statements; pure Python, no Django."""

from seeds.extract.compiled import COMPILED
from seeds.extract.heading import ReportHeading, heading_of
from seeds.extract.pipeline import EXTRACTOR_VERSION, extract
from seeds.extract.statement import Statement, only_kind

__all__ = ["COMPILED", "EXTRACTOR_VERSION", "ReportHeading", "Statement", "extract", "heading_of", "only_kind"]
