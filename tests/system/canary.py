"""No secret and no person leaks (promise 11; hazards 102, 103, 112): canaries in a password, a token
and people's texts, looked for in all that turnusd and turnusctl write, say and keep, and in what
anybody on the machine may read about them while they run. On a server of tests/servers/with-server.
"""

import base64
import json
import os
import sys

from server_town import SERVER, ServerTown  # first: says where the relay is
from relay import answer
from town import Tap, equal

BUILD = sys.argv[1]
TOKEN = "K4n4r1e-token-9f3c"
NOTE = "K4n4r1e-note-fra-Birthe"
STRANGER = "K4n4r1e-aftale-hos-laegen"
EVENT = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:hers@x\r\n"
         "DTSTAMP:20260101T000000Z\r\nDTSTART:20270518T080000Z\r\nDTEND:20270518T090000Z\r\n"
         f"SUMMARY:{STRANGER}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").encode()
LOUD = {"G_MESSAGES_DEBUG": "all"}


class Ears:
    """What was said, written and to be seen; and whether a canary was among it."""

    def __init__(self, town):
        self.town = town
        password = town.server.password
        logins = [f"{user}:{password}" for user in ("turnus", "anna")]
        coded = [base64.b64encode(login.encode()).decode() for login in logins]
        self.canaries = [word.encode() for word in (password, TOKEN, STRANGER, *coded)]
        self.heard = {}

    def hear(self, where, text):
        self.heard[f"{len(self.heard)} {where}"] = text.encode() if isinstance(text, str) else text

    def run(self, result):
        self.hear(f"output of {result.args[0]} {result.args[-1]}", result.stdout + result.stderr)
        return result

    def look_at_process(self, pid):
        for name in ("cmdline", "environ", "status", "comm"):
            with open(f"/proc/{pid}/{name}", "rb") as file:
                self.hear(f"/proc/…/{name}", file.read())

    def read_state(self):
        """The store knows what an event of ours showed, a person's text in it too: a change is
        measured against that (design section 1). What is in other events it does not know."""
        for name in os.listdir(self.town.path("state")):
            path = self.town.path("state", name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    self.hear(f"state/{name}", file.read())

    def check(self):
        said = [(where, text, [*self.canaries, NOTE.encode()])
                for where, text in self.heard.items()]
        self.heard = {}
        self.read_state()
        kept = [(where, text, self.canaries) for where, text in self.heard.items()]
        assert len(said) > 3 and kept and all(len(word) > 8 for word in self.canaries)
        found = [(where, word) for where, text, words in said + kept for word in words
                 if word in text]
        equal(found, [])


def echo(request):
    """A server that shows in its error what logged in."""
    login = request.headers.get("authorization", "none").encode()
    said = b"<html><h1>denied</h1><p>" + login + base64.b64decode(login.split()[-1] + b"==") + b"</p></html>"
    return answer(500, "Error of " + login.decode(), said, "text/html", "X-Login: " + login.decode()
                  + "\r\n")


def run_a_day(town, ears):
    """Publish, edits with notes in them, decisions, proposals, all commands that tell something."""
    ears.run(town.once(env=LOUD))
    town.put("esbjerg", "hers.ics", EVENT)
    town.change("esbjerg", town.trip_name("esbjerg"), ("DESCRIPTION:", f"DESCRIPTION:{NOTE}\\n\\n"))
    town.move_on_server("aarhus", "20270525", ("DESCRIPTION:", f"DESCRIPTION:{NOTE}\\n\\n"))
    ears.run(town.once(env=LOUD))
    town.start()
    ears.look_at_process(town.daemon.pid)
    for words in (("sync",), ("status",), ("status", "--json"), ("plan",), ("proposals",),
                  ("conflicts",), ("ledger", "--json"), ("explain", "7by/studietur/2027")):
        ears.run(town.turnusctl(*words, codes=None))
    town.stop()
    with open(town.path("log"), "rb") as log:
        ears.hear("log", log.read())


def test_nothing_of_a_day_holds_a_password_or_a_note():
    with ServerTown(BUILD) as town:
        ears = Ears(town)
        run_a_day(town, ears)
        assert NOTE in town.trip_text("aarhus") and NOTE in town.trip_text("esbjerg")
        ears.check()


def test_no_error_holds_a_password():
    with ServerTown(BUILD) as town:
        ears = Ears(town)
        ears.run(town.once(env=LOUD))
        for rule in (echo, lambda request: answer(401, "No", b"who?", "text/html"),
                     lambda request: answer(302, "Go", b"", "text/html",
                                            f"Location: http://turnus:{TOKEN}@127.0.0.1/\r\n"),
                     lambda request: answer(207, "Multi-Status", NOTE.encode(), "application/xml")):
            town.relay.rule = rule
            failed = ears.run(town.once(codes=(1,), env=LOUD))
            assert "esbjerg" in failed.stderr, failed.stderr
        ears.check()


def test_a_token_is_nowhere_but_in_its_file():
    with ServerTown(BUILD) as town:
        with open(os.open(town.path("token"), os.O_WRONLY | os.O_CREAT, 0o600), "w",
                  encoding="ascii") as file:
            file.write(TOKEN)
        login = 'auth = "bearer"; token = { file = "token"; };'
        town.write_settings("write", "+3 years", logins={"esbjerg": login, "aarhus": login})
        ears = Ears(town)
        seen = []
        town.relay.rule = lambda request: (seen.append(request.headers.get("authorization"))
                                           or echo(request))
        ears.run(town.once(codes=(1,), env=LOUD))
        town.start()
        ears.look_at_process(town.daemon.pid)
        ears.run(town.turnusctl("sync", codes=None))
        said = ears.run(town.turnusctl("status", "--json", codes=None))
        town.stop()
        with open(town.path("log"), "rb") as log:
            ears.hear("log", log.read())
        assert json.loads(said.stdout), said
        assert f"Bearer {TOKEN}" in seen, seen
        ears.check()


def test_a_secret_that_others_may_read_is_refused():  # hazard 101
    with ServerTown(BUILD) as town:
        os.chmod(town.path("password"), 0o640)
        refused = town.turnusd("--once")
        equal(refused.returncode, 2)
        assert "chmod 600" in refused.stderr, refused.stderr


assert SERVER, "run by tests/servers/with-server"
Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
