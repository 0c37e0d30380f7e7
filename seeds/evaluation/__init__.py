"""How well the extractor does against statements that people reviewed; pure Python, no Django."""

from seeds.evaluation.gold import GoldError, GoldReport, Row, curated, load
from seeds.evaluation.report import Evaluation, evaluate

__all__ = ["Evaluation", "GoldError", "GoldReport", "Row", "curated", "evaluate", "load"]
