"""A folder for snapshots of a world that is committed: a snapshot has a transaction of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from projects.api.queries import detail_plan, page_plan
from tests.projects.api.world import World, world


@pytest.fixture(autouse=True)
def snapshot_root(settings: Settings, tmp_path: Path) -> Path:
    """Where snapshots are kept."""
    settings.SNAPSHOT_ROOT = tmp_path / "snapshots"
    for plans in (page_plan, detail_plan):
        plans.cache_clear()
    return tmp_path / "snapshots"


@pytest.fixture
def made(transactional_db: None) -> World:
    """The world, committed."""
    return world()
