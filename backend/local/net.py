"""Addresses on this machine."""

import socket

from backend.local.errors import LauncherError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a TCP port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(port: int) -> None:
    """Raise unless the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise LauncherError(f"Port {port} needs the rights of root: choose one above 1023, PORT=8000.") from None
        except OSError:
            raise LauncherError(
                f"Port {port} is in use: stop what uses it, or choose another, PORT={port + 1}."
            ) from None
