"""A small directory of reports and curated data, which tests write, change and load."""

import hashlib
import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FIRST = "一、主要任务\n建成第一中学。新建公园3个。改造老旧小区5个。\n"
SECOND = "一、去年工作\n第一中学建成投用。新建公园2个。\n二、今年任务\n改造老旧小区7个。\n"
TEXTS = {"510199-2021": FIRST, "510199-2022": SECOND}


def statement(report: str, quote: str, **changes: Any) -> Row:
    """Return a line of a report's statements; where it stands follows from its words."""
    start = TEXTS[report].index(quote)
    promised = changes.get("kind", "commitment") == "commitment"
    row: Row = {
        "kind": "commitment",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "section": "一、主要任务",
        "category": "education",
        "milestone": "complete",
        "quantity": None,
        "unit": None,
        "comparator": None,
        "due_on": f"{report[-4:]}-12-31",
        "due_basis": "implied" if promised else None,
        "names": [],
        "title": quote,
        "title_en": f"Statement {start}",
    }
    return {**row, **changes}


def reference(report: str, quote: str) -> Row:
    """Return a reference to the statement with these words."""
    start = TEXTS[report].index(quote)
    return {"report": report, "start": start, "end": start + len(quote)}


def entry(name: str) -> Row:
    """Return a report's entry in the manifest."""
    return {
        "file": f"{name}.txt",
        "jurisdiction": "510199",
        "year": int(name[-4:]),
        "title": f"{name[-4:]}年政府工作报告",
        "title_en": "",
        "delivered_on": f"{name[-4:]}-01-10",
        "session": "第一次会议",
        "session_en": "",
        "document_number": None,
        "publisher": "某区人民政府",
        "publisher_en": "",
        "source_url": None,
        "sha256": hashlib.sha256(TEXTS[name].encode()).hexdigest(),
    }


SCHOOL = reference("510199-2021", "建成第一中学")
SCHOOL_DONE = reference("510199-2022", "第一中学建成投用")
PARKS = reference("510199-2021", "新建公园3个")
PARKS_DONE = reference("510199-2022", "新建公园2个")
HOMES = reference("510199-2021", "改造老旧小区5个")
HOMES_AGAIN = reference("510199-2022", "改造老旧小区7个")


_FIGURE = {"unit": "个", "comparator": "eq"}
_NOTE = {"note": "说明", "note_en": "Note"}
_SURE = {"late": False, "confidence": "high", "review": "accepted"}
_UNSURE = {"late": None, "confidence": "medium", "review": "proposed"}


def files() -> dict[str, list[Row]]:
    """Return the curated files of the directory, fresh for each test."""
    return {
        "jurisdictions": [
            {"code": "510000", "name": "某省", "name_en": "Province", "level": "province", "parent": None},
            {"code": "510199", "name": "某区", "name_en": "District", "level": "county", "parent": "510000"},
        ],
        "departments": [{"jurisdiction": "510199", "name": "教育局", "name_en": "Education Bureau"}],
        "510199-2021": [
            statement("510199-2021", "建成第一中学", names=["第一中学"]),
            statement("510199-2021", "新建公园3个", category="environment", quantity=3, **_FIGURE),
            statement("510199-2021", "改造老旧小区5个", category="housing", quantity=5, **_FIGURE),
        ],
        "510199-2022": [
            statement("510199-2022", "第一中学建成投用", kind="achievement", due_on="2021-12-31", names=["第一中学"]),
            statement("510199-2022", "新建公园2个", kind="achievement", due_on="2021-12-31", category="environment"),
            statement("510199-2022", "改造老旧小区7个", category="housing", quantity=7, **_FIGURE),
        ],
        "projects": [_project()],
        "evidence": [
            _evidence(SCHOOL, SCHOOL_DONE, "completed", None, _SURE),
            _evidence(PARKS, PARKS_DONE, "partial", 2, _UNSURE),
        ],
        "statuses": [_status()],
        "restatements": [{"earlier": HOMES, "later": HOMES_AGAIN, "phase": "next", **_SURE, **_NOTE}],
    }


def _project() -> Row:
    return {
        "slug": "first-school",
        "jurisdiction": "510199",
        "name": "第一中学",
        "name_en": "First School",
        "aliases": ["一中"],
        "category": "education",
        "statements": [SCHOOL, SCHOOL_DONE],
        "review": "accepted",
    }


def _evidence(commitment: Row, achievement: Row, verdict: str, value: int | None, trust: Row) -> Row:
    claim = {"raw_verdict": "completed", "as_of": "2021-12-31", "source_kind": "official_claim"}
    named = {"commitment": commitment, "achievement": achievement, "verdict": verdict, "reported_value": value}
    return {**named, **claim, **_NOTE, **trust}


def _status() -> Row:
    return {
        "commitment": SCHOOL,
        "status": "completed",
        "evidence": {"achievement": SCHOOL_DONE},
        "effective_on": "2021-12-31",
        "reason_code": None,
        **_NOTE,
    }


class Directory:
    """A directory that `seed` loads; change ``curated`` or ``manifest``, then ``write``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.curated = files()
        self.manifest = [entry(name) for name in TEXTS]
        self.texts = dict(TEXTS)

    def write(self) -> Path:
        """Write every file and return the directory."""
        for folder in ("reports", "curated"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        for old in (self.path / "curated").glob("*.jsonl"):
            old.unlink()
        for name, text in self.texts.items():
            (self.path / "reports" / f"{name}.txt").write_bytes(text.encode())
        (self.path / "reports" / "manifest.json").write_text(json.dumps(self.manifest, indent=2), encoding="utf-8")
        for name, rows in self.curated.items():
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (self.path / "curated" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return self.path
