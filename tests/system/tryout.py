"""turnusctl doctor --write on a real CalDAV server: what it finds, and that nothing stays.

Speaks TAP; run by tests/servers/with-server.
"""

import base64
import json
import os
import sys
import urllib.request

from town import Tap, Town, equal

BUILD = sys.argv[1]
URL = os.environ["TURNUS_DAV_URL"]
USER = os.environ["TURNUS_DAV_USER"]
PASSWORD = os.environ["TURNUS_DAV_PASSWORD_FILE"]

def prepare(town):
    with open(town.path("turnus.conf"), encoding="utf-8") as file:
        text = file.read()
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
        file.write(text.replace(
            "calendars = (\n", 'calendars = (\n  { id = "sky"; provider = "caldav"; council = "odense"; '
            'mode = "write"; url = "%s"; user = "%s"; password = { file = "%s"; }; },\n'
            % (URL, USER, PASSWORD)))


def count():
    with open(PASSWORD, encoding="utf-8") as file:
        login = base64.b64encode(("%s:%s" % (USER, file.read().strip())).encode()).decode()
    request = urllib.request.Request(URL, method="PROPFIND", headers={
        "Depth": "1", "Authorization": "Basic " + login})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().count(b".ics</")


def try_out(town):
    said = town.turnusctl("doctor", "sky", "--write", "--json", codes=(0, 1))
    found = json.loads(said.stdout)
    for line in found:
        print("# %s %s: %s" % (line["what"], line["verdict"], line["text"]))
    return {line["what"]: line["verdict"] for line in found}


def judge(found):
    for what in ("create", "reading back", "change", "old revision", "remove", "revive"):
        equal(found.get(what), "ok", what)
    equal([what for what, verdict in found.items() if verdict != "ok"], [])


def test_a_test_event_goes_through_and_nothing_stays():
    with Town(BUILD) as town:
        prepare(town)
        judge(try_out(town))
        judge(try_out(town))
        equal(count(), 0)


def test_the_daemon_does_it_while_it_runs():
    with Town(BUILD) as town:
        prepare(town)
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        published = count()
        judge(try_out(town))
        equal(count(), published)
        town.stop()


os.environ["TURNUS_PLUGINS"] = os.path.join(BUILD, "plugins")
Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
