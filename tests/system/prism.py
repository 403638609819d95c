"""Prism, a judge that knows nothing of us, between turnusd and a fake Graph: every question and
every answer is held against the OpenAPI description of Graph.

    turnusd -> UnbatchRelay -> Prism -> relay -> graph-serve

Prism knows no batches, so their parts go through it one by one. The description is not part of this
source: TURNUS_GRAPH_SCHEMA names it, or it lies in shared/schemas/graph beside the source.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
from urllib.parse import urlsplit

from link_relay import LinkHandler, LinkRelay
from relay import Relay, Request
from town import Skip

PACKAGE = "@stoplight/prism-cli"
VERSION = "5.14.2"
OBJECTION = "stoplight.io/prism/errors"
# What the description of an event leaves out: the calendar that is asked for with it, and the note
# of a listing of changes that an event is gone.
BESIDE = {
    "calendar": {"type": "object", "properties": {"id": {"type": "string"}},
                 "additionalProperties": False},
    "@removed": {"type": "object", "properties": {"reason": {"type": "string"}},
                 "additionalProperties": False}}


def find_description():
    beside = os.path.join(os.environ["TURNUS_SOURCE"], "..", "shared", "schemas", "graph",
                          "calendar-events.openapi.json")
    path = os.environ.get("TURNUS_GRAPH_SCHEMA", beside)
    if not os.path.exists(path):
        raise Skip("the schema of Graph is not at hand: say where by TURNUS_GRAPH_SCHEMA")
    return path


def find_program(folder):
    """Installed there once, by npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Skip("node or npm is not there")
    program = os.path.join(folder, "node_modules", ".bin", "prism")
    if not os.path.exists(program):
        os.makedirs(folder, exist_ok=True)
        result = subprocess.run(
            [npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts",
             "--no-save", "--fetch-retries=1", f"{PACKAGE}@{VERSION}"],
            capture_output=True, text=True, timeout=240, check=False)
        if result.returncode != 0:
            reasons = [line for line in result.stderr.splitlines() if "error" in line] or [""]
            raise Skip(f"npm cannot install {PACKAGE}: {reasons[0]}")
    return [node, program]


def write_description(path):
    """As it is, with what it leaves out; strict about everything else."""
    with open(find_description(), encoding="utf-8") as file:
        document = json.load(file)
    document["components"]["schemas"]["event"]["properties"].update(BESIDE)
    document.pop("servers", None)  # paths are held against it without the version before them
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)


def write_blanks(request):
    """Prism writes a question's blanks as forms have them; Graph's own clients do not."""
    request.target = request.target.replace("+", "%20")


def find_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class UnbatchHandler(LinkHandler):
    def ask(self, request):
        if not request.target.endswith("/$batch"):
            return self.ask_one(request)
        parts = json.loads(request.body)["requests"]
        body = json.dumps({"responses": [self.ask_part(request, part) for part in parts]}).encode()
        head = (f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                f"content-length: {len(body)}")
        return head.encode() + b"\r\n\r\n" + body, 200, False

    def ask_one(self, request):
        request.target = request.target.removeprefix("/v1.0")
        raw, status, is_last = super().ask(request)
        self.server.note(request, raw)
        return raw, status, is_last

    def ask_part(self, batch, part):
        base = urlsplit(batch.target).path.removesuffix("/$batch")
        body = json.dumps(part["body"]).encode() if "body" in part else b""
        headers = {"host": batch.headers["host"], "authorization": batch.headers["authorization"],
                   **{name.lower(): value for name, value in part.get("headers", {}).items()}}
        raw, status, _ = self.ask_one(Request(part["method"], base + part["url"], headers, body, 0))
        answer = {"id": part["id"], "status": status}
        text = raw.partition(b"\r\n\r\n")[2]
        return {**answer, "body": json.loads(text)} if text else answer


class UnbatchRelay(LinkRelay):
    """Keeps what Prism objected to."""

    def __init__(self, target, hidden):
        super().__init__(target, hidden)
        self.RequestHandlerClass = UnbatchHandler
        self.judged = []
        self.objections = []

    def note(self, request, raw):
        with self.lock:
            self.judged.append(f"{request.method} {urlsplit(request.target).path}")
            if OBJECTION.encode() in raw:
                self.objections.append(f"{request.method} {request.target}: "
                                       + raw.partition(b"\r\n\r\n")[2].decode())


class Prism:
    """Stands in front of `office`, whose place it takes for a town: `url` is where it is asked."""

    def __init__(self, office, folder):
        program = find_program(folder)
        description = os.path.join(office.folder, "description.json")
        write_description(description)
        self.upstream = Relay(office.port)
        self.upstream.rule = write_blanks
        port = find_port()
        self.program = subprocess.Popen(
            [*program, "proxy", description, f"http://127.0.0.1:{self.upstream.port}", "--errors",
             "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in self.program.stdout:
            said.append(line)
            if "is listening on" in line:
                break
        else:
            raise AssertionError("Prism does not start: " + "".join(said))
        threading.Thread(target=self.program.stdout.read, daemon=True).start()
        self.relay = UnbatchRelay(port, [office.port, self.upstream.port])

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.relay.close()
        self.program.terminate()
        self.program.wait(timeout=30)
        self.upstream.close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.relay.port}"
