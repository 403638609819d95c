"""A region: three councils, each with a daemon, a state and a calendar of its own, and one calendar
on a CalDAV server that they share. They know of each other only by what stands there. The calendar
of Esbjerg stands on the server too; those of Odense and Aarhus are folders.
tests/servers/with-server started the server; every daemon reaches it through one relay, which
counts.
"""

import base64
import json
import os
import re
import shutil
import subprocess

from server_town import Server, ServerTown, writes
from relay import Relay
from town import COUNCILS, Town, equal, unfold

MAX_ROUNDS = 8
PATIENCE_S = 120  # an alarm, no expectation of speed
SHARED = "faelles"
# A brake that holds nothing: what is tested is that daemons agree without it.
SETTINGS = """council = "{council}"; charters = [ "charters/7by.conf" ];
publish = {{ from = "-1 year"; to = "+3 years"; }};
calendars = (
  {{ id = "{council}"; {own} council = "{council}"; {common} }},
  {{ id = "faelles"; {shared} shared = true; {common} }} );
state = "state"; socket = "state/control"; plugins = "{build}/plugins";
"""
COMMON = 'mode = "write"; brake = { removals = 100; percent = 100; };'


class Member(ServerTown):
    """One council: its daemon, its state, its own calendar, and its view of the shared one."""

    def __init__(self, build, region, council):
        self.council, self.region = council, region
        self.server, self.relay, self.users = region.server, region.relay, {}
        self.paths = {SHARED: region.shared}
        if council == "esbjerg":
            self.paths[council] = self.server.make_calendar()
        Town.__init__(self, build)

    def __exit__(self, *unused):
        Town.__exit__(self)
        for path in self.paths.values():
            self.server.send("DELETE", path)

    def place(self, calendar):
        if calendar not in self.paths:
            return f'provider = "file"; layout = "vdir"; path = "calendars/{calendar}";'
        return (f'provider = "caldav"; url = "{self.address(calendar)}"; '
                f'user = "{self.server.user}"; password = {{ file = "password"; }};')

    def write_settings(self, mode, publish, council=None):
        for kind in ("charters", "holidays"):
            shutil.copytree(os.path.join(self.source, "conf", kind), self.path(kind))
        os.makedirs(self.path("calendars"))
        os.makedirs(self.path("state"), mode=0o700)
        with open(os.open(self.path("password"), os.O_WRONLY | os.O_CREAT, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(self.server.password)
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(SETTINGS.format(council=self.council, own=self.place(self.council),
                                       shared=self.place(SHARED), common=COMMON, build=self.build))

    def forget(self):
        """State and calendar are gone, as after a fire; the settings are from the backup."""
        self.stop()
        shutil.rmtree(self.path("state"))
        os.makedirs(self.path("state"), mode=0o700)
        if self.council in self.paths:
            self.server.must("DELETE", self.paths[self.council])
            self.paths[self.council] = self.server.make_calendar()
            self.rewrite("turnus.conf", r'url = "[^"]*"', f'url = "{self.address(self.council)}"', 1)
        else:
            shutil.rmtree(self.path("calendars", self.council))
        self.start()

    def rewrite(self, name, old, new, count=0):
        with open(self.path(name), encoding="utf-8") as file:
            text, n_found = re.subn(old, new, file.read(), count)
        assert n_found > 0, f"{old} is not in {name}"
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def take_charter(self, *pairs):
        """Another charter, as its secretary hands it out."""
        self.stop()
        for old, new in pairs:
            self.rewrite("charters/7by.conf", re.escape(old), new)
        self.start()

    def change_event(self, calendar, words, *pairs):
        if calendar in self.paths:
            self.change(calendar, self.find_name(calendar, *words), *pairs)
        else:
            self.edit(self.find(calendar, *words), *pairs)

    def move(self, calendar, title, day):
        """A whole day, to another one."""
        text = unfold(self.items(calendar)[self.find_name(calendar, f"SUMMARY:{title}")])
        old = int(re.search(r"DTSTART;VALUE=DATE:(\d+)", text).group(1))
        self.change_event(calendar, (f"SUMMARY:{title}",),
                          (f"DTSTART;VALUE=DATE:{old}", f"DTSTART;VALUE=DATE:{day}"),
                          (f"DTEND;VALUE=DATE:{old + 1}", f"DTEND;VALUE=DATE:{day + 1}"))

    def meanings(self, calendar):
        """What a person reads in each occurrence, without the journals, and without the deadlines,
        of which each council is shown its own."""
        found = {}
        for body in self.items(calendar).values():
            text = unfold(body).split("BEGIN:VEVENT")[1]
            key = re.search(r"^X-TURNUS-KEY:(.*)$", text, re.M).group(1)
            key = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode()
            if "ledger/" not in key and "\nm=" not in key:
                assert key not in found, f"{key} twice in {calendar}"
                found[key] = tuple(re.findall(
                    r"^(?:SUMMARY|LOCATION|STATUS|DTSTART|DTEND)[;:].*$", text, re.M))
        return {key: sorted(lines) for key, lines in found.items()}

    def meaning(self, calendar, reference):
        """Of the one that people call studietur/2027."""
        series, cycle = reference.split("/")
        return " ".join(self.meanings(calendar)[f"v1\nc=7by\ns={series}\ny={cycle}"])

    def ask(self, *words):
        return json.loads(self.turnusctl(*words, "--json", codes=(0, 3)).stdout)

    def knowledge(self):
        """Decisions that people took, and proposals with what became of them; of no daemon's own."""
        decisions = [one["id"] for one in self.ask("ledger") if one["kind"] != "placed"]
        proposals = [(one["id"], one["value"]) for one in self.ask("proposals")]
        return sorted(decisions), sorted(proposals)

    def moves(self):
        return sorted(one["value"] for one in self.ask("proposals"))


class Region:
    def __init__(self, build, **today):
        self.server = Server()
        self.relay = Relay(self.server.port)
        self.shared = self.server.make_calendar()
        self.members = {council: Member(build, self, council) for council in COUNCILS}
        for council, member in self.members.items():
            member.today = today.get(council, member.today)

    def __enter__(self):
        for member in self.members.values():
            member.start()
        return self

    def __exit__(self, *unused):
        for member in self.members.values():
            member.__exit__()
        self.relay.close()

    def __getitem__(self, council):
        return self.members[council]

    def marks(self):
        """Inode and time of each event in a folder."""
        marks = {}
        for council, member in self.members.items():
            for name in [] if council in member.paths else member.items(council):
                status = os.stat(member.path("calendars", council, name))
                marks[council, name] = (status.st_ino, status.st_mtime_ns)
        return marks

    def round(self):
        """Every daemon has a pass over each of its calendars, all at the same time. Returns what was
        written: requests, and files."""
        before = self.marks()
        self.relay.take()
        running = [subprocess.Popen([f"{member.build}/daemon/ctl/turnusctl", "--config",
                                     member.path("turnus.conf"), "sync"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                   for member in self.members.values()]
        for one in running:
            problem = one.communicate(timeout=PATIENCE_S)[1].decode()
            assert one.returncode in (0, 3), problem
        after = self.marks()
        return writes(self.relay.take()) + [mark for mark in after.items()
                                            if before.get(mark[0]) != mark[1]]

    def settle(self):
        """Promise 5: after finitely many passes nobody writes. In a first round without writes
        somebody may still read what he has to pass on."""
        n_quiet = 0
        for _ in range(MAX_ROUNDS):
            written = self.round()
            n_quiet = 0 if written else n_quiet + 1
            if n_quiet == 2:
                return
        raise AssertionError(f"after {MAX_ROUNDS} rounds still written: {written}")

    def check_quiet(self):
        for number in (1, 2, 3):
            equal(self.round(), [], f"further round {number}")

    def check_everywhere(self, reference, *words):
        """In the calendar of all, and in each one's own."""
        for council, member in self.members.items():
            for calendar in (council, SHARED):
                shown = member.meaning(calendar, reference)
                for word in words:
                    assert word in shown, f"no {word} in {calendar}: {shown}"

    def check_same(self):
        """All calendars mean the same, and all daemons know the same."""
        first = self.members["odense"]
        shared = first.meanings(SHARED)
        assert len(shared) > 5, shared
        for council, member in self.members.items():
            equal(member.meanings(council), shared, council)
            equal(member.knowledge(), first.knowledge(), council)
