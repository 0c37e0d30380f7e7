"""Every reason is told in both languages, with the field at fault."""

import re

import pytest

from projects.models import Report
from seeds.reading import UnreadableDocumentError
from seeds.refusals import _REASONS, RefusalError


@pytest.mark.parametrize("code", _REASONS)
def test_both_languages_use_the_same_details(code: str) -> None:
    field, chinese, english = _REASONS[code]
    details = set(re.findall(r"{(\w+)}", chinese))
    assert details == set(re.findall(r"{(\w+)}", english))
    assert field in {"", "file", "year", "jurisdiction", "kind", "about"}
    refusal = RefusalError.of(code, None, None, **dict.fromkeys(details, "§"))
    assert "{" not in refusal.reason + refusal.reason_en


def test_a_known_report_is_named() -> None:
    refusal = RefusalError.of("same_text", Report(pk=7, year=2021, title="某区政府工作报告"))
    assert "编号 7：2021 某区政府工作报告" in str(refusal)
    assert refusal.known is not None


def test_a_file_that_cannot_be_read_is_named() -> None:
    refusal = RefusalError.unreadable(UnreadableDocumentError("empty").named("a.pdf"))
    assert (refusal.field, refusal.reason[:6]) == ("file", "a.pdf：")
    assert refusal.reason_en.startswith("a.pdf: ")
