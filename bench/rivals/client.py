"""A client that asks as fast as it can: a process of its own, so that it takes no time of the servers' processes.

usage: python -m bench.rivals.client HOST PORT SECONDS CONNECTIONS < paths
Prints one JSON object: requests, errors, seconds, and the latency in milliseconds at the median and at 99 %.
"""

import json
import random
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

_HEAD = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n"


@dataclass(slots=True)
class Connection:
    """One kept-alive connection with one request under way."""

    socket: socket.socket
    sent: float = 0.0
    wanted: int = -1
    got: bytearray = field(default_factory=bytearray)

    def ask(self, path: bytes) -> None:
        """Send a request."""
        self.got.clear()
        self.wanted, self.sent = -1, time.perf_counter()
        self.socket.sendall(_HEAD % path)

    def read(self) -> bool:
        """Read what has come; return whether the answer is whole."""
        self.got += self.socket.recv(262_144)
        if self.wanted < 0:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.got[:end]).lower()
            at = head.index(b"content-length:") + 15
            self.wanted = end + 4 + int(head[at:].split(b"\r\n", 1)[0])
        return len(self.got) >= self.wanted

    @property
    def is_good(self) -> bool:
        """Whether the answer is a 200."""
        return self.got[9:12] == b"200"


def run(host: str, port: int, seconds: float, connections: int, paths: list[bytes]) -> dict[str, float]:
    """Keep every connection busy with paths at random until the time is over and something has come."""
    chosen, errors = random.Random(1), 0
    times: list[float] = []
    selector = selectors.DefaultSelector()
    for _number in range(connections):
        link = Connection(socket.create_connection((host, port), timeout=30))
        link.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(link.socket, selectors.EVENT_READ, link)
        link.ask(chosen.choice(paths))
    begin = time.perf_counter()
    while (now := time.perf_counter()) < begin + seconds or not times:
        for key, _events in selector.select(timeout=1):
            if key.data.read():
                times.append(time.perf_counter() - key.data.sent)
                errors += not key.data.is_good
                key.data.ask(chosen.choice(paths))
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
    lines = [line.strip() for line in sys.stdin.buffer if line.strip()]
    result = run(arguments[0], int(arguments[1]), float(arguments[2]), int(arguments[3]), lines)
    print(json.dumps(result))
