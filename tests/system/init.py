"""turnusctl init, as a person answers it at a terminal; and the council that it makes, at work.

Speaks TAP; the terminals are pseudo-terminals of this script.
"""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import termios

from conversation import Conversation
from town import Tap, equal

BUILD = sys.argv[1]
HOLIDAYS = os.path.join(os.environ["TURNUS_SOURCE"], "conf", "holidays")
TODAY = "2026-11-22"


class Place:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="turnus-init-")
        return self

    def __exit__(self, *unused):
        shutil.rmtree(self.folder)

    def path(self, *parts):
        return os.path.join(self.folder, "new", *parts)

    def read(self, *parts):
        with open(self.path(*parts), encoding="utf-8") as file:
            return file.read()

    def talk(self, *more):
        return Conversation([f"{BUILD}/daemon/ctl/turnusctl", "init", self.path(), "--holidays",
                             HOLIDAYS, "--today", TODAY, *more], columns=200)

    def ask(self, *arguments):
        return subprocess.run(
            [f"{BUILD}/daemon/ctl/turnusctl", *arguments, "--config", self.path("turnus.conf")],
            capture_output=True, text=True, timeout=60, check=False)


def test_a_conversation():
    with Place() as place, place.talk() as person:
        person.answer(r"In which language .*\[en\] ", "sv")
        person.answer("What is the collaboration called", "Fyra kommuner")
        person.answer("Which councils belong to it", "Lund, Eslöv, Höör, Hörby")
        person.answer(r"What do they do together.*\[trip, erfa\] ", "")
        person.answer(r"Whose public holidays.*\[se\] ", "")
        person.answer("Which of the councils is this one", "Eslöv")
        person.answer(r"Its own calendar.*\[file\] ", "")
        person.answer(r"A calendar that all councils share.*\[none\] ", "https://dav.example.org/four/")
        person.answer("Who logs in", "turnus")
        person.answer(r"What may turnus do there.*\[ask\] ", "write")
        person.answer("Its password", "hund 123")
        equal(person.end(), 0)
        assert "hund" not in person.said, person.said
        assert "What comes next" in person.said
        check = place.ask("check")
        equal((check.returncode, check.stderr), (0, ""))
        settings = place.read("turnus.conf")
        assert 'council = "eslov";' in settings and "hund" not in settings, settings
        equal(place.read("secrets", "calendar"), "hund 123\n")
        equal(stat.S_IMODE(os.stat(place.path("secrets", "calendar")).st_mode), 0o600)
        equal(stat.S_IMODE(os.stat(place.path("secrets")).st_mode), 0o700)
        equal(stat.S_IMODE(os.stat(place.path("turnus.conf")).st_mode), 0o644)


def test_a_wrong_answer_is_asked_again():
    with Place() as place, place.talk("--language", "da", "--collaboration", "X", "--series",
                                      "meeting", "--country", "dk") as person:
        person.answer("Which councils belong to it", "Lund")
        person.expect("two councils at least")
        person.answer("Which councils belong to it", "Lund, Eslöv")
        person.answer("Which of the councils", "Malmö")
        person.expect("expected one of lund, eslov")
        person.answer("Which of the councils", "")
        person.answer("Which of the councils", "lund")
        person.answer("Its own calendar", "dav.example.org")
        person.expect("begins with https://")
        person.answer("Its own calendar", "file")
        person.answer("A calendar that all", "")
        person.answer("What may turnus do", "")
        equal(person.end(), 0)


def test_ctrl_d_writes_nothing():
    with Place() as place, place.talk() as person:
        person.answer("In which language", "da")
        person.expect("What is the collaboration called")
        person.end_of_input()
        equal(person.end(), 1)
        assert "nothing is written" in person.said, person.said
        assert not os.path.exists(place.path()), os.listdir(place.folder)


def test_ctrl_c_in_the_password_leaves_the_terminal_as_it_was():
    with Place() as place, place.talk("--charter", os.path.join(HOLIDAYS, "..", "charters", "7by.conf"),
                                      "--council", "odense", "--calendar", "https://x.example/",
                                      "--shared", "none", "--user", "turnus", "--mode",
                                      "ask") as person:
        person.expect("Its password")
        os.write(person.master, b"hun\x03")
        equal(person.end(), 1)
        assert "hun" not in person.said, person.said
        assert termios.tcgetattr(person.master)[3] & termios.ECHO
        assert not os.path.exists(place.path()), os.listdir(place.folder)


def test_what_init_wrote_runs():
    with Place() as place:
        with place.talk("--yes", "--collaboration", "Fyra", "--members", "Lund,Eslöv,Höör",
                        "--council", "lund", "--language", "sv", "--mode", "write") as person:
            equal(person.end(), 0)
        once = subprocess.run(
            [f"{BUILD}/daemon/turnusd", "--config", place.path("turnus.conf"), "--today", TODAY,
             "--once"], capture_output=True, text=True, timeout=60, check=False)
        equal(once.returncode, 0, once.stderr)
        events = os.listdir(place.path("calendars", "own"))
        assert len([name for name in events if name.endswith(".ics")]) >= 4, events


os.environ["TURNUS_PLUGINS"] = os.path.join(BUILD, "plugins")
Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
