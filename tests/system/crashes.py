"""A plugin that takes the daemon down with it: its calendar is put on hold, the others go on."""

import json
import os
import shutil
import sys

from town import CALENDARS, Tap, Town, equal

BUILD = sys.argv[1]


def make_town():
    """A town with one more calendar, whose plugin dies whenever it is asked what is there."""
    town = Town(BUILD)
    os.makedirs(town.path("plugins"))
    shutil.copy(os.path.join(BUILD, "plugins", "file", "file.so"), town.path("plugins"))
    shutil.copy(os.path.join(BUILD, "tests", "provider", "plugins", "evil.so"),
                town.path("plugins"))
    with open(town.path("turnus.conf"), encoding="utf-8") as file:
        text = file.read()
    text = text.replace(f'plugins = "{town.build}/plugins"', f'plugins = "{town.path("plugins")}"')
    text = text.replace("calendars = (\n", 'calendars = (\n  { id = "bad"; provider = "evil"; '
                        'council = "odense"; lie = "die"; mode = "write"; },\n')
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
        file.write(text)
    return town


def states(town):
    status = json.loads(town.turnusctl("status", "--json", codes=None).stdout)
    return {calendar["id"]: calendar for calendar in status["calendars"]}


def crash_three_times(town):
    for _ in range(3):
        equal(town.turnusd("--once").returncode, -9, "the plugin kills the daemon")


def test_hazard_97_three_crashes_put_the_calendar_on_hold_and_the_others_go_on():
    with make_town() as town:
        crash_three_times(town)
        result = town.once(codes=(1,))
        assert "bad: on hold: the plugin evil was at work" in result.stderr, result.stderr
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270518"})


def test_a_person_is_told_and_lets_it_be_tried_again():
    with make_town() as town:
        crash_three_times(town)
        town.start()
        bad = states(town)["bad"]
        equal((bad["state"], bad["hold"]), ("on hold", "plugin"))
        assert "turnusctl approve bad" in bad["problem"], bad
        town.turnusctl("sync", codes=None)
        equal(states(town)["odense"]["state"], "ok")
        town.edit(town.path("turnus.conf"), ('lie = "die"', 'lie = "code-5"'))
        town.stop()
        town.start()
        equal(states(town)["bad"]["state"], "on hold", "after a restart")
        town.turnusctl("approve", "bad", codes=None)
        equal(states(town)["bad"]["state"], "degraded", "it is tried again")


Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
