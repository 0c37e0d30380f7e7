"""Ports of this machine."""

import socket

import pytest

from backend.local.errors import LauncherError
from backend.local.net import LOOPBACK, free_port, require_free


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    require_free(port)
    with socket.create_server((LOOPBACK, port)):
        pass


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(LauncherError, match=rf"Port {port} is in use: .* PORT={port + 1}"):
            require_free(port)
