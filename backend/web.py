"""What holds for web requests and for nothing else that uses the database."""

from django.conf import settings
from django.db import connections


def limit_statements() -> None:
    """Limit the statements of this process; call it before the first connection.

    PostgreSQL ends each that takes too long, and runs each on one core: a single request shall not take them all.
    """
    options = connections.settings["default"].setdefault("OPTIONS", {})
    limits = f"-c statement_timeout={settings.STATEMENT_TIMEOUT_SECONDS}s -c max_parallel_workers_per_gather=0"
    options["options"] = f"{options.get('options', '')} {limits}".strip()
