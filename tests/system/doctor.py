"""turnusctl doctor: what it finds, and that it writes nothing.

Speaks TAP; the servers are threads of this script, on loopback.
"""

import email.utils
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time

from town import Skip, Tap, Town, equal

BUILD = sys.argv[1]
ASKING = {"OPTIONS", "PROPFIND", "REPORT", "POST"}

CALENDAR = ('<d:response><d:href>/dav/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>'
            '<c:calendar/></d:resourcetype><d:current-user-privilege-set>%s'
            '</d:current-user-privilege-set></d:prop><d:status>HTTP/1.1 200 OK</d:status>'
            '</d:propstat></d:response>')
ITEM = ('<d:response><d:href>/dav/%s.ics</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag>'
        '<d:resourcetype/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>')
RIGHTS = {False: "<d:privilege><d:all/></d:privilege>", True: "<d:privilege><d:read/></d:privilege>"}


class Calendar(http.server.BaseHTTPRequestHandler):
    """A calendar with two items behind Basic."""

    protocol_version = "HTTP/1.1"

    def answer(self, status, kind="text/plain", text="", *headers):
        body = text.encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() + self.server.offset_s, usegmt=True)

    def serve(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.methods.append(self.command)
        if self.command == "OPTIONS":
            self.answer(200)
        elif self.headers.get("Authorization") != "Basic YW5uYTpodW5kMTIz":
            self.answer(401, "text/plain", "", ("WWW-Authenticate", 'Basic realm="r"'))
        else:
            items = "".join(ITEM % name for name in "ab") if self.headers.get("Depth") == "1" else ""
            self.answer(207, "application/xml; charset=utf-8",
                        '<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:" '
                        'xmlns:c="urn:ietf:params:xml:ns:caldav">%s%s</d:multistatus>'
                        % (CALENDAR % RIGHTS[self.server.is_read_only], items))

    do_OPTIONS = do_PROPFIND = do_REPORT = do_POST = do_PUT = do_DELETE = serve

    def log_message(self, *unused):
        pass


class Server:
    def __init__(self, offset_s=0, is_read_only=False):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Calendar)
        self.http.offset_s = offset_s
        self.http.is_read_only = is_read_only
        self.http.methods = []
        self.url = "http://127.0.0.1:%d/dav/" % self.http.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *unused):
        self.http.shutdown()
        self.http.server_close()


def prepare(town, url, password="hund123", more="", login='user = "anna"; password = { file = "pw"; };'):
    with open(os.open(town.path("pw"), os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.write(password + "\n")
    with open(town.path("turnus.conf"), encoding="utf-8") as file:
        text = file.read()
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
        file.write(text.replace("calendars = (\n", 'calendars = (\n  { id = "sky"; provider = "caldav"; '
                                'council = "odense"; mode = "write"; url = "%s"; %s %s },\n'
                                % (url, login, more)))


def ask(town, code):
    said = town.turnusctl("doctor", "sky", "--json", codes=(code,))
    assert "hund123" not in said.stdout + said.stderr, said
    return {line["what"]: (line["verdict"], line["text"]) for line in json.loads(said.stdout)}


def snapshot(town):
    return sorted(os.path.join(where, name) for where, _, names in os.walk(town.path(""))
                  for name in names)


def test_a_calendar_that_is_well():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url)
        before = snapshot(town)
        found = ask(town, 0)
        equal({what: verdict for what, (verdict, _) in found.items()},
              {"secret": "ok", "connection": "ok", "clock": "ok", "listing": "ok",
               "writing": "unknown"})
        equal(found["listing"][1], "2 items")
        assert set(server.http.methods) <= ASKING, server.http.methods
        equal(snapshot(town), before)


def test_a_password_that_is_wrong():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url, password="hund124")
        found = ask(town, 1)
        equal(found["listing"][0], "bad")
        assert "401" in found["listing"][1], found
        assert "writing" not in found, found


def test_a_secret_that_is_not_there():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url)
        os.remove(town.path("pw"))
        found = ask(town, 1)
        equal(found["secret"][0], "bad")
        assert "No such file" in found["secret"][1], found
        equal(server.http.methods, [])


def test_a_clock_that_is_wrong():
    with Town(BUILD) as town, Server(offset_s=3600) as server:
        prepare(town, server.url)
        found = ask(town, 1)
        equal(found["clock"][0], "bad")
        assert "behind the server" in found["clock"][1], found
        equal(found["listing"][0], "ok")


def test_hazard_14_a_calendar_that_is_read_only():
    with Town(BUILD) as town, Server(is_read_only=True) as server:
        prepare(town, server.url)
        found = ask(town, 1)
        equal(found["writing"][0], "bad")
        assert "right to write" in found["writing"][1], found


def test_a_server_that_is_away():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url)
        server.http.server_close()
        found = ask(town, 1)
        equal(found["connection"][0], "bad")
        assert "listing" not in found, found


def test_hazard_100_a_token_of_a_person_is_left_to_the_daemon():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url, login='oauth = { token_url = "%stoken"; device_url = "%sdevice"; '
                'client_id = "c"; };' % (server.url, server.url))
        found = ask(town, 0)
        equal(found["login"][0], "unknown")
        equal(server.http.methods, [])


def test_a_secret_that_has_ended():
    with Town(BUILD) as town, Server() as server:
        prepare(town, server.url, login='oauth = { token_url = "%stoken"; client_id = "c"; '
                'client_secret = { file = "pw"; }; client_secret_expires = "2024-03-01"; };'
                % server.url)
        found = ask(town, 1)
        equal(found["end"][0], "bad")
        assert "last day was 2024-03-01: make a new one" in found["end"][1], found


def test_files_are_not_listed():
    with Town(BUILD) as town:
        before = snapshot(town)
        said = town.turnusctl("doctor", codes=(0,))
        assert "not over the network" in said.stdout, said
        equal(snapshot(town), before)


def try_out(town, *more, codes=(0,)):
    said = town.turnusctl("doctor", *more, "--write", "--json", codes=codes)
    return [(line["calendar"], line["what"], line["verdict"]) for line in json.loads(said.stdout)]


TRIED = [("create", "ok"), ("reading back", "ok"), ("change", "ok"), ("old revision", "ok"),
         ("remove", "ok"), ("revive", "ok")]


def test_a_test_event_goes_through_files_without_a_daemon():
    with Town(BUILD) as town:
        town.once()
        before = town.everything()
        equal(try_out(town, "odense"), [("odense", what, verdict) for what, verdict in TRIED])
        equal(town.everything(), before)


def test_the_daemon_writes_the_test_event_while_it_runs():
    with Town(BUILD) as town:
        town.once()
        town.start()
        before, history = town.everything(), town.turnusctl("history", "--json").stdout
        found = try_out(town)
        equal([line for line in found if line[0] == "faelles"],
              [("faelles", what, verdict) for what, verdict in TRIED])
        town.turnusctl("sync")
        equal(town.everything(), before)
        equal(town.turnusctl("history", "--json").stdout, history)
        assert "trial" not in town.turnusctl("plan").stdout


def test_a_first_publication_does_not_wait_for_a_test_event():
    with Town(BUILD) as town:
        try_out(town)
        town.once(codes=(0,))
        assert len(town.items("odense")) > 5, town.items("odense")


def test_nothing_is_written_in_mode_observe():
    with Town(BUILD, mode="observe") as town:
        town.once()
        before = snapshot(town)
        found = try_out(town)
        assert not [line for line in found if line[1] == "create"], found
        equal(snapshot(town), before)


def test_what_a_killed_trial_left_is_removed_by_the_next():
    if shutil.which("strace") is None:
        raise Skip("strace is not here")
    with Town(BUILD) as town:
        town.once()
        command = [f"{BUILD}/daemon/ctl/turnusctl", "doctor", "odense", "--write", "--config",
                   town.path("turnus.conf")]
        n_events, left = len(town.items("odense")), None
        for when in range(1, 40):
            subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat2,unlinkat",
                            "-e", f"inject=renameat2,unlinkat:signal=KILL:when={when}", *command],
                           capture_output=True, timeout=120, check=False,
                           env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
            left = [data for data in town.items("odense").values() if b"UID:trial-" in data]
            if left:
                break
        assert left and b"DTSTART;VALUE=DATE:20010101" in left[0], left
        town.once()  # a pass sees a stranger
        found = try_out(town, "odense")
        equal(found[0], ("odense", "left over", "ok"))
        equal(len(town.items("odense")), n_events)


def test_another_who_holds_the_state_is_not_passed_by():
    with Town(BUILD) as town:
        town.once()
        town.start()
        os.rename(town.path("state", "control"), town.path("state", "hidden"))
        found = try_out(town, "odense")
        equal([line[1:] for line in found], [("write", "unknown")])
        os.rename(town.path("state", "hidden"), town.path("state", "control"))


def test_a_calendar_that_nobody_knows():
    with Town(BUILD) as town:
        said = town.turnusctl("doctor", "nobody", codes=(2,))
        assert "no calendar 'nobody'" in said.stderr, said


os.environ["TURNUS_PLUGINS"] = os.path.join(BUILD, "plugins")
Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
