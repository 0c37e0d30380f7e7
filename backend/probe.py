"""Ask the web server of this container whether it is ready: exit code 0 or 1.

Uses the standard library alone, so that asking every few seconds costs little.
"""

import http.client
import os
import sys
from collections.abc import Mapping


def is_ready(port: int, variables: Mapping[str, str]) -> bool:
    """Ask under a host name that the site accepts."""
    host = variables.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Host": host if host not in {"", "*"} else "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready(8000, os.environ) else 1)
