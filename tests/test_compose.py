"""The compose file is valid, starts nothing without its secrets, and gives no container more than it needs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = {
    "POSTGRES_PASSWORD": "postgres-secret",
    "VALKEY_PASSWORD": "valkey-secret",
    "SECRET_KEY": "django-secret",
    "ALLOWED_HOSTS": "duixian.example",
    "SITE_URL": "https://duixian.example",
}
OURS = ("migrate", "web", "worker", "beat")


def compose(file: Path, variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Read a compose file as `docker compose` does: syntax, the compose specification's schema, variables."""
    program = Path(sys.executable).with_name("docker-compose")
    return subprocess.run(
        [program, "--env-file", "/dev/null", "--file", file, "config", *arguments],
        env={"PATH": "/usr/bin:/bin", **variables},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services as an engine would get them."""
    read = compose(ROOT / "docker-compose.yml", REQUIRED, "--format", "json")
    assert read.returncode == 0, read.stderr
    assert read.stderr == ""
    found: dict[str, Any] = json.loads(read.stdout)["services"]
    return found


def test_the_services_are_complete(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "valkey", *OURS}


@pytest.mark.parametrize("missing", REQUIRED)
def test_nothing_starts_without_a_required_variable(missing: str) -> None:
    read = compose(ROOT / "docker-compose.yml", {**REQUIRED, missing: ""}, "--quiet")
    assert read.returncode != 0
    assert f"set {missing} in .env" in read.stderr


def test_a_misspelt_key_is_refused_by_the_schema(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    broken.write_text(text.replace("    read_only: true\n", "    readonly: true\n", 1), encoding="utf-8")
    read = compose(broken, REQUIRED, "--quiet")
    assert read.returncode != 0
    assert "readonly" in read.stderr


def test_no_container_runs_as_root_or_writes_outside_its_volumes(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["user"].split(":")[0] not in {"", "0", "root"}, name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_every_lasting_service_is_watched_and_restarted(services: dict[str, Any]) -> None:
    for name in services.keys() - {"migrate"}:
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["healthcheck"]["test"], name


def test_the_site_waits_for_the_migrations_and_the_servers(services: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        conditions = {on: waits["condition"] for on, waits in services[name]["depends_on"].items()}
        assert conditions == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }


def test_data_outlive_their_containers(services: dict[str, Any]) -> None:
    targets = {name: [volume["target"] for volume in service["volumes"]] for name, service in services.items()}
    # Since version 18 the image keeps its data in a folder for each version below this one.
    assert targets["postgres"] == ["/var/lib/postgresql"]
    assert targets["valkey"] == ["/data"]
    assert (
        targets["web"] == targets["worker"] == ["/data"]
    )  # uploads, and snapshots that one writes and the other sends


def test_only_the_site_is_reached_from_outside_and_only_by_this_host(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if service.get("ports")}
    assert [(port["host_ip"], port["target"]) for port in published.pop("web")] == [("127.0.0.1", 8000)]
    assert published == {}


def test_passwords_come_from_the_environment_alone(services: dict[str, Any]) -> None:
    for name in OURS:
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://duixian:postgres-secret@")
        assert services[name]["environment"]["CELERY_BROKER_URL"].startswith("redis://:valkey-secret@")
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for secret in ("POSTGRES_PASSWORD", "VALKEY_PASSWORD", "SECRET_KEY"):
        assert re.search(rf"^{secret}=$", text, re.MULTILINE), secret


def test_each_variable_is_described_once() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    set_here = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(set_here) == sorted(set(set_here))


def test_every_setting_is_described() -> None:
    settings = (ROOT / "backend" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'(?:env\.[a-z]+|_address)\(\s*"([A-Z_]+)"', settings))
    described = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL", "LOG_LEVEL"} <= names <= described


def test_optional_settings_reach_the_containers_from_the_file(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nDATABASE_URL=never\n", encoding="utf-8")
    read = compose(tmp_path / "docker-compose.yml", REQUIRED, "--format", "json")
    for name in OURS:
        environment = json.loads(read.stdout)["services"][name]["environment"]
        assert environment["LOG_LEVEL"] == "DEBUG"
        assert environment["DATABASE_URL"] == "postgresql://duixian:postgres-secret@postgres:5432/duixian"


# Pages of the documentation that the site itself shows.
SHOWN = {"docs/stability.md", "docs/stability.zh.md"}


def test_the_image_holds_what_it_copies() -> None:
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(kept) == {"manage.py", "requirements.txt", "backend", "projects", "seeds", *SHOWN}
    assert all((ROOT / name).exists() for name in kept)


def test_commands_of_the_containers_are_programs_of_the_environment(services: dict[str, Any]) -> None:
    for name in ("worker", "beat"):
        assert shutil.which(services[name]["command"][0], path=str(Path(sys.executable).parent)), name
