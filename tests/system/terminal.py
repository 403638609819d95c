"""turnusctl at a terminal: what it asks, what it shows there, and what it shows nobody else.

Speaks TAP; the terminals are pseudo-terminals of this script.
"""

import os
import re
import signal
import sys

from conversation import Conversation
from town import Tap, Town, equal

BUILD = sys.argv[1]
CANCEL = ("cancel", "7by/erfa/2027", "--for", "esbjerg")


def talk(town, *arguments, **more):
    return Conversation([f"{BUILD}/daemon/ctl/turnusctl", "--config", town.path("turnus.conf"),
                         *arguments], **more)


def is_cancelled(town):
    return "AFLYST" in str(town.items("odense"))


def running():
    town = Town(BUILD)
    town.once()
    town.start()
    return town


def test_cancel_shows_what_follows_and_asks():
    with running() as town:
        with talk(town, *CANCEL) as person:
            person.expect("would change")
            person.answer(r"Decide that\? \(yes/no\) \[no\]", "")
            equal(person.end(), 1)
            assert "nothing is done" in person.said, person.said
        equal(town.turnusctl("ledger").stdout.count("cancelled"), 0)
        with talk(town, *CANCEL) as person:
            person.answer(r"Decide that\?", "yes")
            equal(person.end(), 0)
            assert "decided for esbjerg" in person.said, person.said


def test_ctrl_d_is_no():
    with running() as town, talk(town, *CANCEL) as person:
        person.expect(r"Decide that\?")
        person.end_of_input()
        equal(person.end(), 1)
        equal(town.turnusctl("ledger").stdout.count("cancelled"), 0)


def test_yes_is_not_asked():
    with running() as town, talk(town, *CANCEL, "--yes") as person:
        equal(person.end(), 0)
        assert "Decide that" not in person.said, person.said


def test_a_script_is_not_asked():
    with running() as town:
        said = town.turnusctl(*CANCEL)
        assert "decided for esbjerg" in said.stdout and not said.stderr, said


def test_restore_asks_before_it_replaces_the_state():
    with Town(BUILD) as town:
        town.once()
        town.turnusctl("backup", town.path("copy"))
        with talk(town, "restore", town.path("copy")) as person:
            person.answer(r"Put .*copy in the place of the state in .*state\?", "n")
            equal(person.end(), 1)
        with talk(town, "restore", town.path("copy")) as person:
            person.answer(r"in the place of the state", "y")
            equal(person.end(), 0)
            assert "restored: " in person.said, person.said


def test_redact_asks():
    with running() as town:
        town.turnusctl(*CANCEL, "--note", "Hansen er syg")
        entry = town.turnusctl("ledger").stdout.splitlines()[1].split()[0]
        with talk(town, "ledger", "redact", entry) as person:
            person.answer(r"Blank the note of .* for good\?", "no")
            equal(person.end(), 1)
        assert "Hansen" in town.turnusctl("ledger").stdout
        with talk(town, "ledger", "redact", entry, "--yes") as person:
            equal(person.end(), 0)
        assert "Hansen" not in town.turnusctl("ledger").stdout


def test_doctor_asks_before_it_writes():
    with Town(BUILD) as town:
        town.once()
        with talk(town, "doctor", "odense") as person:
            person.answer(r"Try with a test event on 1 January 2001.*\[no\]", "")
            equal(person.end(), 0)
            assert "unknown" in person.said and "create" not in person.said, person.said
        with talk(town, "doctor", "odense", columns=200) as person:
            person.answer("Try with a test event", "yes")
            equal(person.end(), 0)
            assert "can be made again under the same UID" in person.said, person.said


def test_what_takes_long_is_shown_at_a_terminal_alone():
    with running() as town:
        town.daemon.send_signal(signal.SIGSTOP)  # a daemon that is very slow
        try:
            with open(town.path("out"), "w", encoding="utf-8") as out, \
                    talk(town, "sync", stdout=out) as person:
                person.expect(r"turnusctl sync, [1-9][0-9]* s")
                town.daemon.send_signal(signal.SIGCONT)
                equal(person.end(), 0)
                assert person.said.endswith("\r\x1b[K"), repr(person.said)
        finally:
            town.daemon.send_signal(signal.SIGCONT)
        with open(town.path("out"), encoding="utf-8") as out:
            assert "turnusctl sync" not in out.read()


def test_a_table_is_as_wide_as_the_window():
    with Town(BUILD) as town:
        narrow = talk(town, "list", "--today", town.today, columns=80)
        with narrow as person:
            equal(person.end(), 0)
            lines = person.said.splitlines()
            assert max(len(line) for line in lines) <= 80, person.said
            assert any("7by/studietur/2027" in line for line in lines), person.said
        whole = town.turnusctl("list", "--today", town.today).stdout
        assert max(len(line) for line in whole.splitlines()) > 80, whole


def test_times_are_those_on_the_wall():
    with running() as town, talk(town, "status", columns=120, TZ="Europe/Copenhagen") as person:
        person.end()
        assert "2026-11-22 13:00" in person.said, person.said


def test_an_empty_ledger_says_so():
    with running() as town:
        assert "no decision yet" in town.turnusctl("ledger").stdout
        assert "7by/erfa/2027" in town.turnusctl("ledger", "--all").stdout


def test_colours_are_seen_at_a_terminal_that_has_them():
    with Town(BUILD) as town:
        with talk(town, "hosts", "studietur", NO_COLOR="") as person:
            equal(person.end(), 0)
            assert "\x1b[1mCYCLE\x1b[0m" in person.said, person.said
        with talk(town, "hosts", "studietur", NO_COLOR="", TERM="dumb") as person:
            equal(person.end(), 0)
            assert "\x1b" not in person.said, person.said
        assert not re.search("\x1b", town.turnusctl("hosts", "studietur").stdout)


os.environ["TURNUS_PLUGINS"] = os.path.join(BUILD, "plugins")
Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
