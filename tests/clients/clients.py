"""The tools that others use find no fault in the OpenAPI document, and the clients that they write of it work.

They come from npm and PyPI and want Java: `make clients` runs this file, `make test` what needs none of it
(``tests/projects/api/test_generated_client.py``).
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils.translation import override
from pytest_django.live_server_helper import LiveServer

from projects.models import Proposal
from tests.factories import ApiTokenFactory
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.proposing import body
from tests.projects.api.world import World, generated, world

HERE: Final = Path(__file__).parent
# They stay there for the next run.
TOOLS: Final = HERE.parents[1] / ".venv" / "clients"
GENERATOR: Final = "openapi-generator-cli==7.26.0"


def run(*command: str | Path, **environment: str) -> str:
    """Run a program in the folder of the tools; return what it prints."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=TOOLS,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    """The tools, of these versions."""
    for program in ("npm", "node", "java"):
        assert shutil.which(program), f"make clients needs {program}, and there is none"
    TOOLS.mkdir(parents=True, exist_ok=True)
    for file in HERE.iterdir():
        if file.suffix in (".json", ".yaml", ".ts"):
            shutil.copy(file, TOOLS)
    run("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    uv = Path(sys.executable).with_name("uv")
    run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, "python")
    run(uv, "pip", "install", "--quiet", "--python", "python", GENERATOR)


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def document(request: pytest.FixtureRequest, tools: None) -> Path:
    """The document in each language, as a file."""
    path = TOOLS / f"{request.param}.json"
    with override(request.param):
        path.write_text(json.dumps(generated(), default=float), encoding="utf-8")
    return path


def test_redocly_finds_nothing(document: Path) -> None:
    told = json.loads(run("npx", "redocly", "lint", "--config", "redocly.yaml", "--format", "json", document))
    assert told["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}, told["problems"]


def test_spectral_finds_nothing(document: Path) -> None:
    run("npx", "spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "hint", document)


@pytest.fixture
def made(transactional_db: None) -> World:
    """A world that the server sees, too."""
    return world()


@pytest.fixture
def arguments(live_server: LiveServer, made: World) -> tuple[str, str, str]:
    """What the clients are told: the site, a token, and the evidence to propose."""
    ApiTokenFactory.create(secret=TOKEN_SECRET)
    proposed = body(made.restated, published_on="2025-06-02", as_of="2025-06-01", retrieved_on="2025-06-03")
    shown = {name: value for name, value in proposed.items() if name not in ("reported_value", "coverage")}
    return live_server.url, TOKEN_SECRET, json.dumps(shown)


def check(told: dict[str, Any], made: World) -> None:
    """Hold what a client found against the world."""
    assert len(told["listed"]) == told["total"] == 5
    assert told["listed"] == sorted(told["listed"], reverse=True)
    assert told["detail"] == told["listed"][0]
    assert (told["report"], told["refused"], told["state"]) == ("500112-2021", "ordering", "proposed")
    assert Proposal.objects.filter(evidence_id=told["proposal"], evidence__commitment=made.restated).exists()


def test_a_client_in_typescript(document: Path, arguments: tuple[str, ...], made: World) -> None:
    run("npx", "openapi-typescript", document, "--output", "duixian.d.ts")
    run("npx", "tsc", "--project", ".")
    check(json.loads(run("node", "made/client.js", *arguments)), made)


def test_a_client_by_openapi_generator(document: Path, arguments: tuple[str, ...], made: World) -> None:
    folder = TOOLS / "openapi-generator"
    shutil.rmtree(folder, ignore_errors=True)
    settings = ("--generator-name", "python", "--package-name", "duixian_client")
    run(TOOLS / "python/bin/openapi-generator-cli", "generate", "--input-spec", document, "--output", folder, *settings)
    uv = Path(sys.executable).with_name("uv")
    run(uv, "pip", "install", "--quiet", "--python", "python", "--requirements", folder / "requirements.txt")
    told = run(TOOLS / "python/bin/python", HERE / "client.py", *arguments, PYTHONPATH=str(folder))
    check(json.loads(told), made)
