"""Fields of our own give the same value in Python and in SQL, whatever the row holds."""

import pytest
from django.test import Client
from hypothesis import given, settings, strategies as st
from rest_framework import serializers

from projects.api.database import fetch
from projects.api.plans import numbered
from projects.choices import Verification
from projects.models import Evidence, Source
from projects.serializers.fields import MEDIA, FilePathField
from projects.serializers.sql import expression
from tests.factories import EvidenceFactory, SourceFactory

ONE = "SELECT {path} FROM (SELECT %s::text AS file) AS t"
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


class Row(serializers.ModelSerializer[Source]):
    """A row with a file."""

    file_url = FilePathField(source="file")

    class Meta:
        model = Source
        fields = ["file_url"]


def in_sql(name: str) -> str | None:
    """Return what the database makes of a file's name."""
    sql = ONE.format(path=expression(Row().fields["file_url"], "t"))
    (found,) = fetch(numbered(sql), [name])
    return None if found is None else found.decode()


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_a_files_path_is_the_same_in_both_forms(name: str) -> None:
    assert in_sql(name) == Row(Source(file=name)).data["file_url"]


@pytest.mark.django_db
def test_a_files_path_is_plain() -> None:
    assert in_sql("evidence/2024/督查 1%.pdf") == f"{MEDIA}evidence/2024/%E7%9D%A3%E6%9F%A5%201%25.pdf"
    assert in_sql("") is None


@pytest.mark.django_db
def test_the_path_is_told_while_the_file_is_sent(client: Client) -> None:
    source = SourceFactory.create(file="evidence/2024/督查.pdf")
    row = EvidenceFactory.create(source=source)
    address = f"/api/v1/evidence/{row.pk}/"
    assert client.get(address).json()["source"]["file_url"] == source.file.url
    Evidence.objects.update(review_state=Verification.PROPOSED)
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/sources/{source.pk}/").status_code == 404
    assert client.get(source.file.url).status_code == 404
