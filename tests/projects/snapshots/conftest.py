"""A world that is committed: a snapshot has a transaction of its own."""

import pytest

from projects.api.queries import detail_plan, page_plan
from tests.projects.api.world import World, world


@pytest.fixture
def made(transactional_db: None) -> World:
    """The world, committed, and no plans of other tests' questions."""
    for plans in (page_plan, detail_plan):
        plans.cache_clear()
    return world()
