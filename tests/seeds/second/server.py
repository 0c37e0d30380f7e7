"""A real server on this machine that answers as models do: well, slowly, with garbage, with inventions, misled."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from seeds.second.endpoint import Endpoint

# What the server does with a question: the status, the headers and the body, or the text of a good completion.
Behaviour = Callable[[str], "str | tuple[int, dict[str, str], bytes]"]


@dataclass
class Model:
    """What the server is asked, and how it behaves."""

    behaviour: Behaviour
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    drip: float = 0.0
    usage: object = None

    def endpoint(self, **changes: Any) -> Endpoint:
        return Endpoint(**{"url": self.url, "model": "small", "key": "secret", "seconds": 5.0, **changes})


def words(material: str) -> str:
    """The report's words in a question, without their frame."""
    *_, frame, _end = material.split("\n")
    return material.split(f"\n{frame}\n")[1]


def statements(*rows: object) -> str:
    return json.dumps({"statements": rows}, ensure_ascii=False)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Model]:
    model = Model(behaviour)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(body)
            model.keys.append(self.headers["Authorization"])
            answer = model.behaviour(body["messages"][1]["content"])
            if isinstance(answer, str):
                completion = {"choices": [{"message": {"role": "assistant", "content": answer}}], "usage": model.usage}
                answer = 200, {}, json.dumps(completion).encode()
            status, headers, content = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(content), 20 if model.drip else max(len(content), 1)):
                    self.wfile.write(content[at : at + 20] if model.drip else content)
                    self.wfile.flush()
                    time.sleep(model.drip)
            except OSError:
                # Whoever asked has gone.
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        model.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()
