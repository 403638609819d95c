"""A fake Graph as a program of its own, and a town with a calendar in it.

What was said between them is kept, and held against the schema of Graph where that is at hand: in
the file that TURNUS_GRAPH_SCHEMA names, or in shared/schemas/graph beside the source.
"""

import json
import os
import shutil
import subprocess
import tempfile
import urllib.request

from town import Skip, Town

TOKEN = "hemmelig-token"
MAILBOX = "kalender@example.org"


class Office:
    """The server; its folder holds what was said, in the order in which it came."""

    def __init__(self, build):
        self.folder = tempfile.mkdtemp(prefix="turnus-office-")
        self.program = subprocess.Popen(
            [os.path.join(build, "tests/fakes/graph-serve"), "--record", self.folder,
             "--bearer", TOKEN],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.program.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.program.stdin.close()
        self.program.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def outbox(self):
        """How many mails there would have been, and how many writes without If-Match."""
        request = urllib.request.Request(f"{self.url}/outbox",
                                         headers={"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def said(self):
        """Questions and answers."""
        result = []
        for name in sorted(os.listdir(self.folder)):
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                result.append(json.load(file))
        return result

    def writes(self):
        return [one["method"] for one in self.said() if one["method"] != "GET"]

    def check_schema(self):
        """Every event that was sent or shown is valid; returns how many that were."""
        judge = make_judge()
        events = [event for one in self.said() for event in list_events(one)]
        for event in events:
            faults = [f"{list(fault.path)}: {fault.message}" for fault in judge.iter_errors(event)]
            assert not faults, "\n".join(faults[:20])
        return len(events)


def list_events(one):
    """The events in a question and its answer. What was removed is no event, and the calendar that
    an event shows when it is asked to is none of its own properties."""
    found = []
    if "/events" in one["path"] and "request" in one and one["status"] < 400:
        found.append(one["request"])
    answer = one.get("answer", {})
    if "/events" in one["path"] or "/calendarView" in one["path"]:
        found += answer["value"] if "value" in answer else [answer] if "id" in answer else []
    return [{name: value for name, value in event.items() if name != "calendar"}
            for event in found if "@removed" not in event]


def allow_null(schema):
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type for it."""
    if isinstance(schema, list):
        return [allow_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: allow_null(part) for name, part in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


def make_judge():
    try:
        import jsonschema
    except ImportError as problem:
        raise Skip("jsonschema is not there (python3-jsonschema)") from problem
    beside = os.path.join(os.environ["TURNUS_SOURCE"], "..", "shared", "schemas", "graph",
                          "calendar-events.openapi.json")
    path = os.environ.get("TURNUS_GRAPH_SCHEMA", beside)
    if not os.path.exists(path):
        raise Skip("the schema of Graph is not at hand: say where by TURNUS_GRAPH_SCHEMA")
    with open(path, encoding="utf-8") as file:
        document = allow_null(json.load(file))
    return jsonschema.Draft4Validator({"$ref": "#/components/schemas/event",
                                       "components": document["components"]})


class GraphTown(Town):
    """Esbjerg's calendar is behind Graph; the other councils and all share folders."""

    def __init__(self, build, office):
        self.office = office
        super().__init__(build)

    def write_settings(self, mode, publish, council="odense"):
        super().write_settings(mode, publish, council)
        with open(self.path("token"), "w", opener=open_private, encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        with open(self.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        text = text.replace(
            'provider = "file"; layout = "vdir"; path = "calendars/esbjerg";',
            f'provider = "exchange"; protocol = "graph"; url = "{self.office.url}/v1.0"; '
            f'mailbox = "{MAILBOX}"; auth = "bearer"; '
            f'token = {{ file = "{self.path("token")}"; }};')
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text)


def open_private(path, flags):
    return os.open(path, flags, 0o600)
