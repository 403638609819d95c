"""turnusctl calendars: what an account offers, and logging one in, with a daemon and without.

Speaks TAP; the servers are threads of this script, on loopback.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
import urllib.parse

from town import Tap, Town, equal

BUILD = sys.argv[1]

COLLECTION = ('<d:response><d:href>%s</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>'
              '<c:calendar/></d:resourcetype><d:displayname>%s</d:displayname>'
              '<c:supported-calendar-component-set><c:comp name="VEVENT"/>'
              '</c:supported-calendar-component-set><d:current-user-privilege-set>%s'
              '</d:current-user-privilege-set></d:prop><d:status>HTTP/1.1 200 OK</d:status>'
              '</d:propstat></d:response>')
ALL = "".join("<d:privilege><d:%s/></d:privilege>" % name
              for name in ("read", "write", "write-content", "bind", "unbind"))
READ = "<d:privilege><d:read/></d:privilege>"


def multistatus(inner):
    return ('<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:" '
            'xmlns:c="urn:ietf:params:xml:ns:caldav">%s</d:multistatus>' % inner)


def found(href, prop):
    return ("<d:response><d:href>%s</d:href><d:propstat><d:prop>%s</d:prop>"
            "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>" % (href, prop))


class Office(http.server.BaseHTTPRequestHandler):
    """An account with two calendars behind Basic, and a place that gives out tokens."""

    protocol_version = "HTTP/1.1"

    def answer(self, status, kind, text, *headers):
        body = text.encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def read(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def do_PROPFIND(self):
        self.read()
        if self.headers.get("Authorization") != "Basic YW5uYTpodW5kMTIz":
            self.answer(401, "text/plain", "", ("WWW-Authenticate", 'Basic realm="r"'))
        elif self.path == "/dav/" and self.headers.get("Depth") == "1":
            self.answer(207, "application/xml; charset=utf-8", multistatus(
                COLLECTION % ("/dav/aeldre/", "Ældreråd 7by", ALL)
                + COLLECTION % ("/dav/other/", "Kun læs", READ)))
        else:
            self.answer(207, "application/xml; charset=utf-8", multistatus(found(
                self.path, "<d:resourcetype><d:collection/></d:resourcetype>"
                "<d:current-user-principal><d:href>/anna/</d:href></d:current-user-principal>"
                "<c:calendar-home-set><d:href>/dav/</d:href></c:calendar-home-set>")))

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.read()))
        if self.path == "/device":
            self.answer(200, "application/json", json.dumps(
                {"device_code": "kanarie-7351", "user_code": "WDJB-MJHT", "interval": 1,
                 "verification_uri": "https://login.example/device", "expires_in": 120}))
        elif form.get("device_code") == "kanarie-7351" and self.server.is_let_in:
            self.answer(200, "application/json", json.dumps(
                {"access_token": "kanarie-a", "refresh_token": "kanarie-r", "expires_in": 60,
                 "token_type": "Bearer"}))
        else:
            self.answer(400, "application/json", json.dumps({"error": "access_denied"}))

    def log_message(self, *unused):
        pass


class Server:
    def __init__(self, is_let_in=True):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Office)
        self.http.is_let_in = is_let_in
        self.url = "http://127.0.0.1:%d" % self.http.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *unused):
        self.http.shutdown()
        self.http.server_close()


def add_calendar(town, line):
    with open(town.path("turnus.conf"), encoding="utf-8") as file:
        text = file.read()
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
        file.write(text.replace("calendars = (\n", "calendars = (\n  { %s },\n" % line))


def write_password(town):
    with open(town.path("password"), "w", encoding="utf-8") as file:
        file.write("hund123\n")
    os.chmod(town.path("password"), 0o600)


def add_oauth(town, server):
    add_calendar(town, 'id = "sky"; provider = "caldav"; council = "odense"; url = "%s/dav/aeldre/"; '
                 'oauth = { token_url = "%s/token"; device_url = "%s/device"; client_id = "turnus"; }'
                 % (server.url, server.url, server.url))


def tokens(town):
    folder = town.path("state", "tokens")
    return [open(os.path.join(folder, name), encoding="utf-8").read()
            for name in (os.listdir(folder) if os.path.isdir(folder) else [])]


def test_discover_of_a_url_lists_what_the_account_offers():
    with Town(BUILD) as town, Server() as server:
        write_password(town)
        words = ("calendars", "discover", server.url + "/", "--user", "anna", "--password-file",
                 town.path("password"))
        os.environ["TURNUS_PLUGINS"] = town.build + "/plugins"
        said = town.turnusctl(*words)
        places = json.loads(town.turnusctl(*words, "--json").stdout)
        equal([(place["url"], place["name"], place["read_only"]) for place in places],
              [(server.url + "/dav/aeldre/", "Ældreråd 7by", False),
               (server.url + "/dav/other/", "Kun læs", True)])
        assert 'url = "%s/dav/aeldre/"' % server.url in said.stdout, said.stdout
        assert 'mode = "observe"' in said.stdout, said.stdout
        assert 'provider = "caldav"' in said.stdout, said.stdout
        assert "hund123" not in said.stdout + said.stderr


def test_discover_of_a_url_asks_the_provider_with_what_it_wants_to_know():
    with Town(BUILD) as town, Server() as server:
        os.environ["TURNUS_PLUGINS"] = town.build + "/plugins"
        words = ("calendars", "discover", server.url + "/")
        other = town.turnusctl(*words, "--provider", "nobody", codes=None)
        unknown = town.turnusctl(*words, "--with", "protocol=graph", codes=None)
        nonsense = town.turnusctl(*words, "--with", "graph", codes=None)
        assert other.returncode != 0 and "nobody" in other.stderr, other
        assert unknown.returncode != 0 and "protocol" in unknown.stderr, unknown
        assert nonsense.returncode == 2 and 'like protocol=graph' in nonsense.stderr, nonsense


def test_hazard_101_a_password_that_others_may_read_is_not_sent():
    with Town(BUILD) as town, Server() as server:
        write_password(town)
        os.chmod(town.path("password"), 0o644)
        said = town.turnusctl("calendars", "discover", server.url + "/", "--user", "anna",
                              "--password-file", town.path("password"), codes=(1, 2))
        assert "others" in said.stderr, said.stderr


def test_discover_of_a_calendar_asks_with_its_own_login():
    with Town(BUILD) as town, Server() as server:
        write_password(town)
        add_calendar(town, 'id = "sky"; provider = "caldav"; council = "odense"; mode = "observe"; '
                     'url = "%s/"; user = "anna"; password = { file = "password"; }' % server.url)
        town.start()
        places = json.loads(town.turnusctl("calendars", "discover", "sky", "--json").stdout)
        equal([place["name"] for place in places], ["Ældreråd 7by", "Kun læs"])
        line = town.turnusctl("calendars", "discover", "sky").stdout
        assert 'provider = "caldav"' in line and 'as in "sky"' in line, line
        none = town.turnusctl("calendars", "discover", "odense", codes=None)
        assert none.returncode == 2 and "file has no account" in none.stderr, none
        names = [line.split()[:2] for line in
                 town.turnusctl("calendars", codes=None).stdout.splitlines()]
        assert ["sky", "caldav"] in names and ["faelles", "file"] in names, names


def test_login_by_the_daemon():
    with Town(BUILD) as town, Server() as server:
        add_oauth(town, server)
        town.start()
        said = town.turnusctl("calendars", "login", "sky")
        assert "WDJB-MJHT" in said.stderr and "https://login.example/device" in said.stderr, said
        equal(tokens(town), ["kanarie-r"])
        equal(os.stat(town.path("state", "tokens")).st_mode & 0o77, 0)
        assert "kanarie" not in said.stdout + said.stderr + open(town.path("log")).read()


def test_login_without_a_daemon():
    with Town(BUILD) as town, Server() as server:
        add_oauth(town, server)
        said = town.turnusctl("calendars", "login", "sky")
        assert "WDJB-MJHT" in said.stderr, said
        equal(tokens(town), ["kanarie-r"])


def test_a_login_that_is_refused_says_so():
    with Town(BUILD) as town, Server(is_let_in=False) as server:
        add_oauth(town, server)
        alone = town.turnusctl("calendars", "login", "sky", codes=(1,))
        town.start()
        asked = town.turnusctl("calendars", "login", "sky", codes=(1,))
        other = town.turnusctl("calendars", "login", "odense", codes=(2,))
        assert "cannot log calendar sky in" in alone.stderr, alone
        assert "cannot log calendar sky in" in asked.stderr, asked
        assert "does not use oauth" in other.stderr, other
        equal(tokens(town), [])


def test_login_of_a_program_says_that_no_person_has_to():
    with Town(BUILD) as town, Server() as server:
        write_password(town)
        add_calendar(town, 'id = "sky"; provider = "caldav"; council = "odense"; mode = "observe"; '
                     'url = "%s/dav/aeldre/"; oauth = { tenant = "t"; token_url = "%s/token"; '
                     'client_id = "c"; client_secret = { file = "password"; }; '
                     'client_secret_expires = "2024-03-01"; }' % (server.url, server.url))
        alone = town.turnusctl("calendars", "login", "sky", codes=(2,))
        town.start()
        asked = town.turnusctl("calendars", "login", "sky", codes=(2,))
        status = town.turnusctl("status", codes=None)
        for said in (alone.stderr, asked.stderr, status.stdout):
            assert "has ended, its last day was 2024-03-01" in said, said
        assert "no person has to" in alone.stderr and "no person has to" in asked.stderr, asked
        assert "make a new one" in status.stdout, status.stdout


def test_rebind_after_the_folder_was_replaced():
    with Town(BUILD) as town:
        town.once()
        before = town.items("esbjerg")
        os.rename(town.path("calendars", "esbjerg"), town.path("old"))
        os.mkdir(town.path("calendars", "esbjerg"))
        for number, data in enumerate(before.values()):
            lines = data.decode().replace("\r\n ", "").split("\r\n")
            lines = [f"UID:new-{number}" if line.startswith("UID:") else line for line in lines
                     if not line.startswith("X-TURNUS-")]
            with open(town.path("calendars", "esbjerg", f"import-{number}.ics"), "w",
                      encoding="utf-8", newline="") as file:
                file.write("\r\n".join(lines))
        town.start()
        town.turnusctl("sync", codes=None)
        listed = town.turnusctl("calendars", "rebind", "esbjerg", codes=(3,))
        assert "7by/studietur/2027 " in listed.stdout and "--yes" in listed.stdout, listed
        done = town.turnusctl("calendars", "rebind", "esbjerg", "--yes")
        assert "nothing was written" in done.stdout, done
        town.turnusctl("sync", codes=(0, 3))
        equal(len(town.items("esbjerg")), len(before), "nothing is doubled")
        town.move_trip("esbjerg", "20270519")
        town.turnusctl("sync", codes=(0, 3))
        equal({town.day(name) for name in ("odense", "esbjerg", "faelles")}, {"20270519"})


os.environ.pop("TURNUS_PLUGINS", None)
Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
