"""A source is told once, can be found again, and says whose it is."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from pytest_django import Settings

from projects.models import Source
from tests.factories import CommitmentFactory, EvidenceFactory, JurisdictionFactory, ReportFactory, SourceFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "rumour"}, "kind_is_known"),
        ({"url": ""}, "can_be_found"),
        ({"retrieved_on": None}, "on_the_web_has_its_day"),
        ({"published_on": "1900-01-01"}, "days_are_plausible"),
        ({"indicators_total": 7, "indicators_met": 8}, "no_more_than_all_indicators"),
        ({"tasks_total": 106, "tasks_done": 107}, "no_more_than_all_tasks"),
    ],
)
def test_what_is_not_whole_is_refused(change: dict[str, Any], reason: str) -> None:
    source = SourceFactory.create()
    with refused(reason):
        Source.objects.filter(pk=source.pk).update(**change)


def test_the_day_of_publication_may_be_unknown() -> None:
    SourceFactory.create(published_on=None).full_clean()


def test_a_government_that_speaks_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        SourceFactory.build(kind="outcome_notice").full_clean()
    assert list(caught.value.error_dict) == ["jurisdiction"]
    SourceFactory.build(kind="outcome_notice", jurisdiction=JurisdictionFactory.create()).full_clean()


def test_an_address_is_on_file_once() -> None:
    known = SourceFactory.create()
    with pytest.raises(ValidationError, match=known.title):
        SourceFactory.build(url=known.url).full_clean()
    known.full_clean()


def test_the_address_to_read_it_at_is_where_it_first_stood() -> None:
    source = SourceFactory.build(original_url="https://www.ybq.gov.cn/1.html")
    assert source.address == "https://www.ybq.gov.cn/1.html"
    assert SourceFactory.build(url="https://news.example/x").address == "https://news.example/x"


def test_a_stored_copy_keeps_its_checksum(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    source = SourceFactory.create(file=ContentFile("通报".encode(), name="a.txt"))
    assert source.file_sha256 == hashlib.sha256("通报".encode()).hexdigest()
    source.title = "另一个标题"
    source.save()
    source.refresh_from_db()
    assert source.file_sha256 == hashlib.sha256("通报".encode()).hexdigest()


def test_a_source_is_not_deleted() -> None:
    SourceFactory.create()
    with refused("Cannot delete"):
        execute("DELETE FROM projects_source")


def test_the_public_sees_what_public_evidence_rests_on() -> None:
    shown = EvidenceFactory.create().source
    EvidenceFactory.create(review_state="proposed")
    EvidenceFactory.create(commitment=CommitmentFactory.create(review_state="candidate"))
    report = ReportFactory.create()
    score = SourceFactory.create(report=report, tasks_total=106, tasks_done=94, is_public=True)
    SourceFactory.create(report=report)
    SourceFactory.create(report=ReportFactory.create(state="draft", year=2022), is_public=True)
    assert set(Source.objects.published()) == {shown, score}
