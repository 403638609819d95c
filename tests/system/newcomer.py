"""What a newcomer tries: real programs, file calendars, the 7-by charter."""

import json
import os
import shutil
import sys

from town import CALENDARS, TODAY, Tap, Town, equal

BUILD = sys.argv[1]
EXTRA = ("CATEGORIES:Ældreråd\r\nX-APPLE-TRAVEL;VALUE=URI;X-TITLE=\"a:b\":geo:50.1,8.6\r\n"
         "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P7D\r\nDESCRIPTION:bus\r\nEND:VALARM\r\n")


def test_a_move_by_the_host_reaches_all_calendars_in_one_pass():
    with Town(BUILD) as town:
        town.once()
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270518"})
        town.move_trip("esbjerg", "20270519")
        town.once()
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270519"})


def test_hazard_42_a_move_by_another_is_put_back_and_kept_until_the_host_accepts():
    with Town(BUILD) as town:
        town.once()
        town.edit(town.trip("aarhus"), ("END:VEVENT", EXTRA + "END:VEVENT"),
                  ("DESCRIPTION:", "DESCRIPTION:Vi mødes ved toget\\n\\n"))
        town.move_trip("aarhus", "20270525")
        town.once()
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270518"})

        town.start()
        proposals = json.loads(town.turnusctl("proposals", "--json", codes=(0, 3)).stdout)
        equal([one["value"] for one in proposals], ["2027-05-25"])
        refused = town.turnusctl("proposals", "accept", proposals[0]["id"], "--for", "aarhus",
                                 codes=None)
        assert refused.returncode != 0 and "sbjerg" in refused.stderr, refused.stderr
        town.turnusctl("proposals", "accept", proposals[0]["id"], "--for", "esbjerg",
                       codes=(0, 3))
        town.turnusctl("sync", codes=(0, 3))
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270525"})
        town.stop()

        text = open(town.trip("aarhus"), "rb").read().decode()
        assert EXTRA in text, text
        assert "Vi mødes ved toget" in text.replace("\r\n ", ""), text
        others = open(town.trip("odense"), "rb").read().decode()
        assert "toget" not in others, "a person's text has left its calendar"


def test_a_second_pass_writes_nothing():
    with Town(BUILD) as town:
        town.once()
        marks = town.marks()
        assert len(marks) > 20, marks
        town.once()
        town.once()
        equal(town.marks(), marks)


def test_a_pass_over_old_unchanged_events_opens_none_of_them():
    if shutil.which("strace") is None:
        return
    with Town(BUILD) as town:
        town.once()
        for calendar in CALENDARS:
            for name in town.items(calendar):
                os.utime(town.path("calendars", calendar, name), (1600000000, 1600000000))
        town.once()  # another revision: each is read once more
        log = town.path("opened")
        town.once(prefix=("strace", "-f", "-o", log, "-e", "trace=openat"))
        opened = [line for line in open(log, encoding="utf-8") if ".ics" in line]
        equal(opened, [])


def test_hazard_18_an_emptied_folder_deletes_nothing_elsewhere():
    with Town(BUILD) as town:
        town.once()
        before = town.everything()
        for name in before["esbjerg"]:
            os.unlink(town.path("calendars", "esbjerg", name))
        for _ in range(3):
            result = town.once(codes=(0, 1, 3))
        equal(town.everything(), dict(before, esbjerg={}))
        assert "turnusctl approve esbjerg" in result.stderr, result.stderr


def test_hazard_15_a_missing_folder_is_no_empty_calendar():
    with Town(BUILD) as town:
        town.once()
        before = town.everything()
        shutil.move(town.path("calendars", "esbjerg"), town.path("elsewhere"))
        result = town.once(codes=(1, 3))
        assert "esbjerg" in result.stderr, result.stderr
        equal(town.everything(), dict(before, esbjerg={}))
        os.mkdir(town.path("calendars", "esbjerg"))
        town.once(codes=(1, 3))
        equal(town.everything(), dict(before, esbjerg={}))
        os.rmdir(town.path("calendars", "esbjerg"))
        shutil.move(town.path("elsewhere"), town.path("calendars", "esbjerg"))
        town.once()
        equal(town.everything(), before)


def test_hazards_60_70_72_garbage_files_harm_nothing():
    with Town(BUILD) as town:
        town.once()
        before = town.everything()
        folder = town.path("calendars", "esbjerg")
        garbage = {"zero.ics": b"", "noise.ics": bytes(range(256)) * 64,
                   "half.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x",
                   "rule.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:y\r\nDTSTART:20270101T000000Z"
                               b"\r\nRRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"
                               b"END:VCALENDAR\r\n",
                   "many.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:z\r\n"
                               + b"X-A:1\r\n" * 100000 + b"END:VEVENT\r\nEND:VCALENDAR\r\n",
                   "huge.ics": b"BEGIN:VCALENDAR\r\n" + b"X" * (50 << 20)}
        for name, data in garbage.items():
            with open(os.path.join(folder, name), "wb") as item:
                item.write(data)
        os.mkfifo(os.path.join(folder, "pipe.ics"))
        town.once()
        town.once()
        os.unlink(os.path.join(folder, "pipe.ics"))
        equal(town.everything(), dict(before, esbjerg={**before["esbjerg"], **garbage}))


def test_hazard_43_a_host_that_deletes_its_trip_cancels_nothing():
    with Town(BUILD) as town:
        town.once()
        before = town.everything()
        path = town.trip("esbjerg")
        os.unlink(path)
        town.once()
        town.once()
        equal({town.day(calendar) for calendar in CALENDARS}, {"20270518"})
        after = town.everything()
        equal({name: after[name] for name in ("odense", "aarhus", "faelles")},
              {name: before[name] for name in ("odense", "aarhus", "faelles")})
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        status = town.turnusctl("status", codes=(3,)).stdout
        assert "turnusctl cancel" in status, status


def test_two_runs_in_other_zones_locales_and_days_write_the_same_bytes():
    with Town(BUILD) as one, Town(BUILD) as two:
        one.once(env={"TZ": "Pacific/Auckland", "LC_ALL": "C"})
        two.once(env={"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"})
        assert one.items("odense"), "nothing was written"
        equal(one.everything(), two.everything())


def test_one_file_with_all_events_works_alike():
    with Town(BUILD, layout="file") as town:
        town.once()
        path = town.path("calendars", "esbjerg.ics")
        text = open(path, "rb").read()
        assert text.count(b"BEGIN:VEVENT") > 5
        marks = os.stat(path)
        town.once()
        equal((os.stat(path).st_ino, os.stat(path).st_mtime_ns), (marks.st_ino, marks.st_mtime_ns))
        town.edit(path, ("DTSTART;VALUE=DATE:20270518", "DTSTART;VALUE=DATE:20270519"),
                  ("DTEND;VALUE=DATE:20270519", "DTEND;VALUE=DATE:20270520"))
        town.once()
        other = open(town.path("calendars", "aarhus.ics"), "rb").read()
        assert b"DTSTART;VALUE=DATE:20270519" in other


def test_bad_settings_are_refused_with_file_and_line():
    with Town(BUILD) as town:
        town.edit(town.path("turnus.conf"), ('publish = ', 'publsh = '))
        result = town.turnusd("--once")
        equal(result.returncode, 2)
        assert "turnus.conf:" in result.stderr and "publish" in result.stderr, result.stderr
    with Town(BUILD) as town:
        town.edit(town.path("charters", "7by.conf"), ('every = "year"', 'every = "fortnigth"'))
        result = town.turnusd("--once")
        equal(result.returncode, 2)
        assert "7by.conf:" in result.stderr and "fortnigth" in result.stderr, result.stderr


def test_hazard_39_a_second_daemon_is_refused_politely():
    with Town(BUILD) as town:
        town.start()
        result = town.turnusd("--once")
        equal(result.returncode, 1)
        assert "turnusd" in result.stderr, result.stderr


def test_status_says_what_a_person_must_do():
    with Town(BUILD) as town:
        town.once()
        town.move_trip("aarhus", "20270525")
        town.once()
        town.start()
        result = town.turnusctl("status", codes=(3,))
        assert "proposals accept" in result.stdout or "proposal" in result.stdout, result.stdout


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
