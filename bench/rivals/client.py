"""A client that asks as fast as it can: a process of its own, so that it takes no time of the servers' processes.

usage: python -m bench.rivals.client HOST PORT SECONDS CONNECTIONS [known] < paths
With "known" it first asks for each path once, and then shows the tag that it got: every answer has to be a 304.
Prints one JSON object: requests, errors, seconds, and the latency in milliseconds at the median and at 99 %.
"""

import json
import random
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

_HEAD = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n%s\r\n"
_TAG, _LENGTH = b"\r\netag: ", b"\r\ncontent-length: "


@dataclass(slots=True)
class Connection:
    """One kept-alive connection with one request under way."""

    socket: socket.socket
    sent: float = 0.0
    wanted: int = -1
    got: bytearray = field(default_factory=bytearray)

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.wanted, self.sent = -1, time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bool:
        """Read what has come; return whether the answer is whole."""
        self.got += self.socket.recv(262_144)
        if self.wanted < 0:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.wanted = end + 4 + int(self.header(_LENGTH) or 0)
        return len(self.got) >= self.wanted

    def header(self, name: bytes) -> bytes:
        """Return a header of the answer; the servers write names in small letters."""
        at = self.got.find(name, 0, self.got.find(b"\r\n\r\n") + 2)
        return bytes(self.got[at + len(name) : self.got.index(b"\r\n", at + 2)]) if at >= 0 else b""

    @property
    def status(self) -> bytes:
        return bytes(self.got[9:12])


def connected(host: str, port: int) -> Connection:
    link = Connection(socket.create_connection((host, port), timeout=30))
    link.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def with_tags(host: str, port: int, paths: list[bytes]) -> list[bytes]:
    """Return requests that show the tags of what they ask for."""
    link, requests = connected(host, port), []
    for path in paths:
        link.ask(_HEAD % (path, b""))
        while not link.read():
            pass
        requests.append(_HEAD % (path, b"If-None-Match: %s\r\n" % link.header(_TAG)))
    return requests


def run(host: str, port: int, seconds: float, connections: int, requests: list[bytes], good: bytes) -> dict[str, float]:
    """Keep every connection busy with requests at random until the time is over and something has come."""
    choose, errors = random.Random(1).choice, 0
    times: list[float] = []
    selector = selectors.DefaultSelector()
    for _number in range(connections):
        link = connected(host, port)
        selector.register(link.socket, selectors.EVENT_READ, link)
        link.ask(choose(requests))
    begin = time.perf_counter()
    while (now := time.perf_counter()) < begin + seconds or not times:
        for key, _events in selector.select(timeout=1):
            link = key.data
            if link.read():
                times.append(time.perf_counter() - link.sent)
                errors += link.status != good
                link.ask(choose(requests))
    times.sort()
    count = len(times)
    return {
        "requests": count,
        "errors": errors,
        "seconds": now - begin,
        "p50": times[count // 2] * 1e3 if count else 0.0,
        "p99": times[count * 99 // 100] * 1e3 if count else 0.0,
    }


if __name__ == "__main__":
    arguments = sys.argv[1:]
    place = arguments[0], int(arguments[1])
    lines = [line.strip() for line in sys.stdin.buffer if line.strip()]
    known = "known" in arguments
    asked = with_tags(*place, lines) if known else [_HEAD % (line, b"") for line in lines]
    result = run(*place, float(arguments[2]), int(arguments[3]), asked, b"304" if known else b"200")
    print(json.dumps(result))
