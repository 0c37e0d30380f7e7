"""The address of a file is the one that the site sends it from, whatever it is called."""

import pytest
from django.test import Client
from django.utils.encoding import filepath_to_uri
from hypothesis import given, settings, strategies as st

from projects.api.database import execute
from projects.choices import Verification
from projects.models import Evidence, Source
from projects.serializers.evidence import SOURCE_LINE
from projects.serializers.fields import MEDIA, absolute
from projects.sql import compiled_expression, numbered
from tests.factories import EvidenceFactory, SourceFactory

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def address_of(name: str) -> str | None:
    """Return the address of a file of this name."""
    sql, _params = numbered(compiled_expression(Source, SOURCE_LINE.fields["file_url"].expression()))
    found = execute(b"SELECT %b FROM (SELECT $1::text AS file) AS projects_source" % sql, [name]).get_value(0, 0)
    return None if found is None else found.decode()


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_a_files_address_is_djangos_own(name: str) -> None:
    assert address_of(name) == (absolute(f"{MEDIA}{filepath_to_uri(name)}") if name else None)


@pytest.mark.django_db
def test_a_files_address_is_plain() -> None:
    assert address_of("evidence/2024/督查 1%.pdf") == absolute(f"{MEDIA}evidence/2024/%E7%9D%A3%E6%9F%A5%201%25.pdf")
    assert address_of("") is None


@pytest.mark.django_db
def test_the_address_is_told_while_the_file_is_sent(client: Client) -> None:
    source = SourceFactory.create(file="evidence/2024/督查.pdf")
    row = EvidenceFactory.create(source=source)
    address = f"/api/v1/evidence/{row.pk}/"
    assert client.get(address).json()["source"]["file_url"] == absolute(source.file.url)
    Evidence.objects.update(review_state=Verification.PROPOSED)
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/sources/{source.pk}/").status_code == 404
    assert client.get(source.file.url).status_code == 404
