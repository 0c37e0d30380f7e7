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
_ALIVE = {"valid_from": None, "valid_until": None}
_SURE = {"confidence": "high", "review": "accepted"}
_UNSURE = {"confidence": "medium", "review": "proposed"}


def files() -> dict[str, list[Row]]:
    """Return the curated files of the directory, fresh for each test."""
    return {
        "jurisdictions": [
            {"code": "510000", "name": "某省", "name_en": "Province", "level": "province", "parent": None, **_ALIVE},
            {"code": "510199", "name": "某区", "name_en": "District", "level": "county", "parent": "510000", **_ALIVE},
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
        "sources": [source()],
        "successions": [succession()],
        "statuses": [_status()],
        "restatements": [
            {
                "earlier": HOMES,
                "later": HOMES_AGAIN,
                "phase": "next",
                "change": "raised",
                "late": False,
                **_SURE,
                **_NOTE,
            }
        ],
        "pairs": [{"earlier": "510199-2021", "later": "510199-2022", "gone_through_on": "2022-06-01", "mentioned": []}],
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


def _evidence(commitment: Row, achievement: Row | None, verdict: str, value: int | None, trust: Row) -> Row:
    known = value is not None
    return {
        "commitment": commitment,
        "achievement": achievement,
        "source": None,
        **dict.fromkeys(("quote", "place", "item_number", "official_word")),
        "verdict": verdict,
        "as_of": "2021-12-31",
        **dict.fromkeys(("happened_on", "happened_precision")),
        "reported_value": value,
        "coverage": "cumulative" if known else None,
        "value_from": None,
        "bound": "eq" if known else None,
        "forecast": False,
        **dict.fromkeys(("delay_reason", "announced_on")),
        **_NOTE,
        **trust,
    }


def page_evidence(**changes: Any) -> Row:
    """Return a line of evidence that rests on the notice: work on the homes goes on."""
    return {**_evidence(HOMES, None, "in_progress", None, _SURE), "source": "notice-2021", **changes}


def page_status(**changes: Any) -> Row:
    """Return the status that follows from it."""
    row = {**_status(), "commitment": HOMES, "status": "in_progress", "evidence": {"source": "notice-2021"}}
    return {**row, **changes}


def source(**changes: Any) -> Row:
    """Return a line of the sources: a notice with the government's own score."""
    row: Row = {
        "slug": "notice-2021",
        "jurisdiction": "510199",
        "kind": "outcome_notice",
        "title": "2021年重点任务完成情况",
        "title_en": "Outcome of the main tasks of 2021",
        "publisher": "某区人民政府办公室",
        "publisher_en": "",
        "url": "https://www.example.gov.cn/2022/1.html",
        "original_url": None,
        "address_doubt": None,
        "address_doubt_en": None,
        "document_number": None,
        "published_on": "2022-02-10",
        "retrieved_on": "2026-11-30",
        "report": "510199-2021",
        "score": {"tasks_total": 106, "tasks_done": 94, "tasks_partly": 12},
        **_NOTE,
    }
    return {**row, **changes}


def succession(**changes: Any) -> Row:
    """Return a line of the successions: the district goes to a place whose code nobody tells."""
    row: Row = {
        "predecessor": "510199",
        "successor": None,
        "successor_name": "某新区",
        "successor_name_en": "New Area",
        "on": "2025-11-06",
        "scope": "全部",
        "scope_en": "All of it",
        "source": "notice-2021",
    }
    return {**row, **changes}


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
