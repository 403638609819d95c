"""Peers as a second opinion: vdirsyncer and khal, from Debian, read what turnus wrote to a real
CalDAV server, change it, and turnus takes that back as a person's edit. tests/servers/with-server
started the server."""

import os
import re
import shutil
import subprocess
import sys

from server_town import SERVER, ServerTown  # first: says where the relay is
from town import CALENDARS, Tap, equal, skip, unfold

BUILD = sys.argv[1]
PATIENCE_S = 120  # an alarm, no expectation of speed
VDIRSYNCER = """[general]
status_path = "{folder}/status/"
[pair ours]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/vdir/"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{url}"
username = "{user}"
password.fetch = ["command", "cat", "{password}"]
"""
KHAL = """[calendars]
[[ours]]
path = {folder}/vdir/
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
[sqlite]
path = {folder}/khal.db
"""


class Peer:
    """Somebody at Esbjerg with vdirsyncer and khal."""

    def __init__(self, town):
        self.folder = town.path("peer")
        os.makedirs(os.path.join(self.folder, "vdir"))
        places = {"folder": self.folder, "url": town.address("esbjerg"), "user": town.server.user,
                  "password": town.path("password")}
        for name, text in (("vdirsyncer", VDIRSYNCER), ("khal", KHAL)):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text.format(**places))

    def run(self, *words, said=""):
        done = subprocess.run(words, input=said, capture_output=True, text=True, check=False,
                              timeout=PATIENCE_S, env=dict(os.environ, HOME=self.folder))
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def sync(self):
        config = os.path.join(self.folder, "vdirsyncer")
        self.run("vdirsyncer", "-c", config, "discover", "ours", said="y\ny\ny\n")
        return self.run("vdirsyncer", "-c", config, "sync")

    def khal(self, *words, said=""):
        return self.run("khal", "-c", os.path.join(self.folder, "khal"), *words, said=said)

    def count(self):
        return len([name for name in os.listdir(os.path.join(self.folder, "vdir"))
                    if name.endswith(".ics")])


def test_khal_shows_what_turnus_wrote():
    with ServerTown(BUILD) as town:
        town.once()
        peer = Peer(town)
        peer.sync()
        equal(peer.count(), len(town.items("esbjerg")))
        shown = peer.khal("list", "--format", "{start-date} {start-time} {end-time} {title}",
                          "2027-05-18", "1d")
        assert "2027-05-18   Studietur 2027: Esbjerg" in shown, shown
        shown = peer.khal("list", "--format", "{start-date} {start-time} {end-time} {title}",
                          "2027-09-01", "1d")
        assert "2027-09-01 10:00 15:00 Erfa-møde 2027" in shown, shown


def test_a_move_in_khal_is_a_decision():
    with ServerTown(BUILD) as town:
        town.once()
        peer = Peer(town)
        peer.sync()
        peer.khal("edit", "SUMMARY:Erfa-møde 2027", said="t\n2027-09-02 11:00 2027-09-02 16:00\nq\n")
        peer.sync()
        town.once()
        for calendar in CALENDARS:
            text = unfold(town.items(calendar)[town.find_name(calendar, "SUMMARY:Erfa-møde 2027")])
            # khal leaves the zone out; what it wrote is read in the zone of the charter (hazard 52).
            zone = "VALUE=DATE-TIME" if calendar == "esbjerg" else "TZID=Europe/Copenhagen"
            assert f"DTSTART;{zone}:20270902T110000" in text, text
        peer.sync()
        peer.sync()
        town.requests()
        town.settle(2)
        equal([one for one in town.requests() if one.is_write()], [])
        shown = peer.khal("list", "--format", "{start-time} {end-time} {title}", "2027-09-02", "1d")
        assert "11:00 16:00 Erfa-møde 2027" in shown, shown


def test_a_whole_day_that_khal_writes_as_midnights_is_carried_everywhere_and_settles():  # hazard 53
    with ServerTown(BUILD) as town:
        town.once()
        peer = Peer(town)
        peer.sync()
        peer.khal("edit", "VALUE=DATE:20270518", said="t\n2027-05-20 2027-05-20\nq\n")
        peer.sync()
        assert "20270520T000000" in town.trip_text("esbjerg"), town.trip_text("esbjerg")
        town.once()
        for calendar in CALENDARS:
            assert re.search(r"^DTSTART.*:20270520", town.trip_text(calendar), re.M), calendar
        peer.sync()
        town.requests()
        town.settle(2)
        equal([one for one in town.requests() if one.is_write()], [])


def test_what_turnus_moves_khal_shows():
    with ServerTown(BUILD) as town:
        town.once()
        peer = Peer(town)
        peer.sync()
        town.start()
        town.turnusctl("move", "7by/studietur/2027", "2027-05-26", "--for", "esbjerg", codes=(0, 3))
        town.turnusctl("sync", codes=(0, 3))
        town.stop()
        peer.sync()
        assert "Studietur 2027" in peer.khal("list", "2027-05-26", "1d")
        assert "Studietur 2027" not in peer.khal("list", "2027-05-18", "1d")


assert SERVER, "run by tests/servers/with-server"
for tool in ("vdirsyncer", "khal"):
    if shutil.which(tool) is None:
        skip(f"{tool} is not installed")
Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
