"""A client that openapi-python-client writes from the document lists, pages, reads and proposes."""

import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pytest_django.live_server_helper import LiveServer

from projects.models import Proposal
from tests.factories import ApiTokenFactory
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.world import World, generated, world

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("client")]


@pytest.fixture(scope="module")
def client_package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client, as the generator writes it."""
    folder = tmp_path_factory.mktemp("client")
    document = folder / "openapi.json"
    document.write_text(json.dumps(generated(), default=float), encoding="utf-8")
    command = ["generate", "--path", str(document), "--output-path", str(folder / "duixian_client"), "--meta", "none"]
    program = Path(sys.executable).with_name("openapi-python-client")
    settings = folder / "config.yml"
    settings.write_text("post_hooks: []\n", encoding="utf-8")
    done = subprocess.run(
        [str(program), *command, "--config", str(settings)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    # A feed is XML, which this generator leaves out; everything else it takes.
    told = done.stdout + done.stderr
    assert told.count("WARNING") == told.count("WARNING parsing GET /api/v1/commitments.atom") == 1, told
    sys.path.insert(0, str(folder))
    yield importlib.import_module("duixian_client")
    sys.path.remove(str(folder))


@pytest.fixture
def made(transactional_db: None) -> World:
    """A world that the server sees, too."""
    return world()


def operation(name: str) -> ModuleType:
    """Return an operation of the client by its name."""
    api = importlib.import_module("duixian_client.api")
    (found,) = [
        one.name for one in pkgutil.walk_packages(api.__path__, "duixian_client.api.") if one.name.endswith(f".{name}")
    ]
    return importlib.import_module(found)


def test_it_lists_pages_reads_and_proposes(live_server: LiveServer, client_package: ModuleType, made: World) -> None:
    with client_package.Client(base_url=live_server.url, raise_on_unexpected_status=True) as client:
        commitments = operation("commitments_list")
        page = commitments.sync(client=client, page_size=2)
        found = [row.id for row in page.results]
        while page.next_cursor:
            page = commitments.sync(client=client, page_size=2, cursor=page.next_cursor)
            found += [row.id for row in page.results]
        assert found == [row.id for row in commitments.sync(client=client).results]
        assert len(found) == 5

        detail = operation("commitments_retrieve").sync(made.school.pk, client=client)
        assert (detail.id, detail.evidence[0].id) == (made.school.pk, made.evidence.pk)
        for name, key in (
            ("achievements", made.achievement.pk),
            ("evidence", made.evidence.pk),
            ("sources", made.notice.pk),
            ("projects", "yuelai-school"),
            ("jurisdictions", "500112"),
        ):
            rows = operation(f"{name}_list").sync(client=client).results
            assert rows
            assert operation(f"{name}_retrieve").sync(key, client=client).to_dict()
        assert operation("reports_retrieve").sync("500112", "2021", client=client).key == "500112-2021"
        for name in ("status_changes_list", "restatements_list", "departments_list", "reports_list", "changes_list"):
            assert operation(name).sync(client=client).results
        groups = importlib.import_module("duixian_client.models").StatsListByItem
        counted = operation("stats_list").sync(client=client, by=[groups.CATEGORY, groups.YEAR])
        assert counted.total == 5


def test_it_proposes_evidence(live_server: LiveServer, client_package: ModuleType, made: World) -> None:
    token = ApiTokenFactory.create(secret=TOKEN_SECRET)
    with client_package.AuthenticatedClient(
        base_url=live_server.url, token=TOKEN_SECRET, raise_on_unexpected_status=True
    ) as client:
        models = importlib.import_module("duixian_client.models")
        body = models.ProposalInput.from_dict(
            {
                "commitment": made.restated.pk,
                "url": "https://news.example/99",
                "title": "又建成一所",
                "publisher": "重庆日报",
                "source_kind": "media",
                "verdict": "in_progress",
                "as_of": "2025-06-01",
            }
        )
        proposal = operation("evidence_propose").sync(client=client, body=body)
        assert proposal.state == "proposed"
        assert Proposal.objects.filter(token=token, evidence_id=proposal.id).exists()
        read = operation("evidence_proposal").sync(proposal.id, client=client)
        assert read.id == proposal.id
