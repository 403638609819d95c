"""A town two of whose calendars stand on a CalDAV server: that of Esbjerg, the host of 2027, and
that of Aarhus, which may not decide. The others are folders. tests/servers/with-server started the
server and says where it is; turnusd reaches it through a relay that counts.
"""

import base64
import http.client
import os
import re
import secrets
import subprocess
import sys
import xml.etree.ElementTree as xml
from urllib.parse import unquote, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "servers"))
from relay import Relay  # noqa: E402
from town import CALENDARS, Town, unfold  # noqa: E402

SERVER = os.environ.get("TURNUS_DAV_NAME", "")
ON_SERVER = ("esbjerg", "aarhus")
# Whoever starts turnusd must not hand it the password in the environment.
PASSWORD = os.environ.pop("TG_PASS", None)
DAV = "{DAV:}"
MKCALENDAR = ('<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" '
              'xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>turnus'
              '</D:displayname><C:supported-calendar-component-set><C:comp name="VEVENT"/>'
              '</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>')
ETAGS = ('<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:getetag/>'
         '</D:prop></D:propfind>')


class Server:
    """The server itself, as a person's calendar program and its administrator see it."""

    def __init__(self):
        parent = urlsplit(os.environ["TURNUS_DAV_PARENT"])
        self.port, self.parent = parent.port, parent.path.rstrip("/")
        self.user = os.environ["TURNUS_DAV_USER"]
        with open(os.environ["TURNUS_DAV_PASSWORD_FILE"], encoding="utf-8") as file:
            self.password = file.read()

    def send(self, method, path, body=None, user=None, **headers):
        """Status, headers and body of the answer."""
        login = base64.b64encode(f"{user or self.user}:{self.password}".encode()).decode()
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        said["Authorization"] = f"Basic {login}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, said)
        response = connection.getresponse()
        found = response.status, response.headers, response.read()
        connection.close()
        return found

    def must(self, method, path, body=None, **more):
        status, headers, answer = self.send(method, path, body, **more)
        if status not in (200, 201, 204, 207):
            raise AssertionError(f"{method} {path}: {status} {answer[:300]}")
        return headers, answer

    def make_calendar(self, user=None):
        """Path of a new, empty calendar."""
        path = f"{self.parent}/t-{secrets.token_hex(4)}/"
        if user is not None:
            path = path.replace(f"/{self.user}/", f"/{user}/")
        self.must("MKCALENDAR", path, MKCALENDAR, user=user, Content_Type="application/xml")
        return path

    def names(self, path, user=None):
        """Names of the items of a calendar."""
        _, answer = self.must("PROPFIND", path, ETAGS, user=user, Depth="1",
                              Content_Type="application/xml")
        paths = [unquote(urlsplit(href.text.strip()).path)
                 for href in xml.fromstring(answer).findall(f"{DAV}response/{DAV}href")]
        return sorted(found[len(path):] for found in paths
                      if found.startswith(path) and found != path)

    def control(self, word):
        """What an administrator does to it: stop, start."""
        script = os.path.join(HERE, "..", "servers", f"{SERVER}.sh")
        said = subprocess.run(["setsid", "sh", script, word], capture_output=True, text=True,
                              timeout=120, check=False,
                              env=dict(os.environ, TG_PASS=self.password))
        assert said.returncode == 0, said.stdout + said.stderr


class ServerTown(Town):
    def __init__(self, build, on_server=ON_SERVER, **more):
        self.server = Server()
        self.relay = Relay(self.server.port)
        # Cyrus takes a UID once in all calendars of an account (README of the provider).
        self.users = {"aarhus": "anna"} if SERVER == "cyrus" else {}
        self.paths = {name: self.server.make_calendar(self.users.get(name)) for name in on_server}
        super().__init__(build, **more)

    def __exit__(self, *unused):
        super().__exit__()
        self.relay.rule = None
        self.relay.close()
        for name, path in self.paths.items():
            self.server.send("DELETE", path, user=self.users.get(name))

    def address(self, name):
        return f"http://127.0.0.1:{self.relay.port}{self.paths[name]}"

    def write_settings(self, mode, publish, council="odense", logins=None):
        super().write_settings(mode, publish, council)
        secret = self.path("password")
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(self.server.password)
        with open(self.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        for name in self.paths:
            user = self.users.get(name, self.server.user)
            login = (logins or {}).get(name, f'user = "{user}"; password = {{ file = "password"; }};')
            text = re.sub(rf'provider = "file"; layout = "\w+"; path = "calendars/{name}[.ics]*";',
                          f'provider = "caldav"; url = "{self.address(name)}"; {login}', text)
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text)

    # -- items, wherever they stand

    def items(self, calendar):
        if calendar not in self.paths:
            return super().items(calendar)
        user = self.users.get(calendar)
        return {name: self.get(calendar, name)[1] for name in
                self.server.names(self.paths[calendar], user)}

    def get(self, calendar, name):
        """ETag and bytes."""
        headers, body = self.server.must("GET", self.paths[calendar] + name,
                                         user=self.users.get(calendar))
        return headers["ETag"], body

    def put(self, calendar, name, body, etag=None):
        condition = {"If_Match": etag} if etag else {"If_None_Match": "*"}
        self.server.must("PUT", self.paths[calendar] + name, body, user=self.users.get(calendar),
                         Content_Type="text/calendar; charset=utf-8", **condition)

    def delete(self, calendar, name):
        self.server.must("DELETE", self.paths[calendar] + name, user=self.users.get(calendar))

    def find_name(self, calendar, *words):
        found = [name for name, body in self.items(calendar).items()
                 if all(word in unfold(body) for word in words)]
        assert len(found) == 1, f"{len(found)} events in {calendar} with {words}"
        return found[0]

    def trip_name(self, calendar):
        return self.find_name(calendar, "SUMMARY:Studietur 2027: ")

    def trip_text(self, calendar):
        name = self.trip_name(calendar)
        return unfold(self.items(calendar)[name])

    def day(self, calendar):
        return re.search(r"DTSTART;VALUE=DATE:(\d+)", self.trip_text(calendar)).group(1)

    def days(self):
        return {self.day(calendar) for calendar in CALENDARS}

    def change(self, calendar, name, *pairs):
        """As a calendar program does: read, and write under the ETag that was read."""
        etag, body = self.get(calendar, name)
        for old, new in pairs:
            assert old.encode() in body, f"{old} is not in {body.decode()}"
            body = body.replace(old.encode(), new.encode(), 1)
        self.put(calendar, name, body, etag)

    def move_on_server(self, calendar, day, *pairs):
        old = self.day(calendar)
        self.change(calendar, self.trip_name(calendar),
                    (f"DTSTART;VALUE=DATE:{old}", f"DTSTART;VALUE=DATE:{day}"),
                    (f"DTEND;VALUE=DATE:{int(old) + 1}", f"DTEND;VALUE=DATE:{int(day) + 1}"), *pairs)

    def marks_of_folders(self):
        """Inode and time of each event in a folder: what a pass that writes nothing leaves alone."""
        marks = {}
        for calendar in CALENDARS:
            for name in [] if calendar in self.paths else self.items(calendar):
                status = os.stat(self.path("calendars", calendar, name))
                marks[calendar, name] = (status.st_ino, status.st_mtime_ns)
        return marks

    # -- what turnusd asked the server

    def requests(self, calendar=None):
        """Those since the last call; of one calendar only, when it is said."""
        taken = self.relay.take()
        return [one for one in taken if calendar is None or one.target.startswith(
            self.paths[calendar])]

    def settle(self, passes=3, **more):
        for _ in range(passes):
            self.once(**more)


def writes(requests):
    return [one for one in requests if one.is_write()]
