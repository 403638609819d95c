"""The fake Graph is judged by a client that knows nothing of us, Microsoft's own for JavaScript.
And turnusd publishes into it, that client moves an event as its person would, turnusd takes that to
the other calendars. Each test ends with no mail sent, no blind write, and with all events that were
sent or shown valid by the schema of Graph, where that is at hand."""

import json
import os
import shutil
import subprocess
import sys

from graph_office import TOKEN, GraphTown, Office
from town import Skip, Tap, equal

BUILD, NODE_FOLDER = sys.argv[1], sys.argv[2]
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "graph-outsider.mjs")
MOVE = {
    "start": {"dateTime": "2027-05-25T00:00:00", "timeZone": "Romance Standard Time"},
    "end": {"dateTime": "2027-05-26T00:00:00", "timeZone": "Romance Standard Time"},
    "body": {"contentType": "html", "content": "<p>Husk <b>gummistøvler</b></p>"},
    "isReminderOn": True, "reminderMinutesBeforeStart": 30}


def run_client(office, *arguments):
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Skip("node or npm is not there")
    result = subprocess.run([node, SCRIPT, NODE_FOLDER, office.url, TOKEN, *arguments],
                            capture_output=True, text=True, timeout=240, check=False)
    if result.returncode == 77:
        raise Skip(result.stdout.strip())
    equal(result.returncode, 0, result.stdout + result.stderr[-2000:])
    return result.stdout


def close(office):
    equal(office.outbox(), {"mails": 0, "blind": 0}, "outbox")
    try:
        print(f"# {office.check_schema()} events are valid", flush=True)
    except Skip as reason:
        print(f"# not held against the schema: {reason}", flush=True)


def test_microsofts_client_creates_views_follows_changes_and_deletes():
    with Office(BUILD) as office:
        steps = run_client(office).split()
        equal(steps, ["created", "viewed", "followed", "changed", "deleted"], "steps")
        close(office)


def find_trip(office):
    """The id of the trip, as it was made."""
    made = [one["answer"]["id"] for one in office.said()
            if one["method"] == "POST" and one["answer"]["subject"].startswith("Studietur 2027")]
    equal(len(made), 1, "trips behind Graph")
    return made[0]


def test_a_move_in_outlook_reaches_the_other_councils():
    with Office(BUILD) as office, GraphTown(BUILD, office) as town:
        town.once()
        n_first = len(office.writes())
        town.once()
        equal(len(office.writes()), n_first, "writes of a second pass")
        equal(town.day("odense"), "20270518", "before")

        run_client(office, find_trip(office), json.dumps(MOVE))
        town.once()

        equal({calendar: town.day(calendar) for calendar in ("odense", "aarhus", "faelles")},
              {calendar: "20270525" for calendar in ("odense", "aarhus", "faelles")}, "after")
        n_moved = len(office.writes())
        town.once()
        equal(len(office.writes()), n_moved, "writes once it is settled")
        trip = json.loads(run_client(office, find_trip(office), '{"importance": "high"}'))
        assert "<b>gummistøvler</b>" in trip["body"]["content"], trip["body"]
        equal(trip["reminderMinutesBeforeStart"], 30, "reminder")
        close(office)


def test_no_token_stands_in_state_or_log():
    with Office(BUILD) as office, GraphTown(BUILD, office) as town:
        result = town.once()
        assert TOKEN not in result.stderr + result.stdout, "in the log"
        for folder, _, names in os.walk(town.path("state")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    assert TOKEN.encode() not in file.read(), name
        close(office)


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
