"""The real programs and a real CalDAV server, started by tests/servers/with-server: publish, edits
by others, deletions, other names, lost tokens, a server that goes down, a login that ends."""

import json
import re
import sys

from server_town import ON_SERVER, SERVER, ServerTown, writes  # first: says where the relay is
from relay import DROP_AFTER
from relay_rules import after, answer_writes, mangle_token
from town import CALENDARS, Tap, equal, unfold

BUILD = sys.argv[1]
TOMORROW = ("--today", "2026-11-23")
DAY_AFTER = ("--today", "2026-11-24")
LIKE_AN_APP = ("END:VEVENT", "CATEGORIES:bus\r\nX-ROOM:12\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"
               "TRIGGER:-P7D\r\nDESCRIPTION:bus\r\nEND:VALARM\r\nEND:VEVENT")
STRANGER = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:hers@x\r\n"
            "DTSTAMP:20260101T000000Z\r\nDTSTART:20270104T080000Z\r\nDTEND:20270104T090000Z\r\n"
            "RRULE:FREQ=WEEKLY;COUNT=5\r\nSUMMARY:Kaffe\r\nX-MINE:1\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n").encode()


def uids(town, calendar):
    return sorted(re.search(r"^UID:(.*)$", unfold(body), re.M).group(1).strip()
                  for body in town.items(calendar).values())


def check_whole(town):
    """Each calendar shows what those in folders show, each event once (promise 2)."""
    for calendar in CALENDARS:
        found = uids(town, calendar)
        equal(len(found), len(set(found)), calendar)
        assert len(found) > 5, (calendar, found)
    equal(town.days(), {town.day("faelles")})


def check_quiet(town):
    """A further pass writes nothing (promise 5)."""
    town.settle()
    town.requests()
    marks = town.marks_of_folders()
    town.once()
    equal(writes(town.requests()), [])
    equal(town.marks_of_folders(), marks)


def test_a_pass_with_nothing_new_asks_each_calendar_once_and_writes_nothing():
    with ServerTown(BUILD) as town:
        town.once()
        check_whole(town)
        town.requests()
        town.once()
        equal(writes(town.requests()), [], "the second pass")
        town.once()
        asked = town.requests()
        equal(len(asked), len(ON_SERVER), asked)
        equal([one for one in asked if one.n_in + one.n_out >= 2048], [])


def test_a_move_by_the_host_is_a_decision_in_all_calendars():
    with ServerTown(BUILD) as town:
        town.once()
        equal(town.days(), {"20270518"})
        town.move_on_server("esbjerg", "20270519", LIKE_AN_APP)
        town.once()
        equal(town.days(), {"20270519"})
        text = town.trip_text("esbjerg")
        assert "X-ROOM:12" in text and "TRIGGER:-P7D" in text and "CATEGORIES:bus" in text, text
        assert "X-ROOM" not in town.trip_text("aarhus")
        town.start()
        assert "2027-05-19" in town.turnusctl("ledger", codes=(0, 3)).stdout
        town.stop()
        check_quiet(town)


def test_a_move_by_another_is_put_back_and_explained():
    with ServerTown(BUILD) as town:
        town.once()
        town.move_on_server("aarhus", "20270525", LIKE_AN_APP)
        town.once()
        equal(town.days(), {"20270518"})
        text = town.trip_text("aarhus")
        assert "X-ROOM:12" in text and "2027-05-25" in text, text
        town.start()
        proposals = json.loads(town.turnusctl("proposals", "--json", codes=(0, 3)).stdout)
        equal([one["value"] for one in proposals], ["2027-05-25"])
        town.turnusctl("proposals", "accept", proposals[0]["id"], "--for", "esbjerg", codes=(0, 3))
        town.turnusctl("sync", codes=(0, 3))
        equal(town.days(), {"20270525"})
        town.stop()
        check_quiet(town)


def test_a_deleted_event_is_put_back_once_and_after_two_complete_listings():
    with ServerTown(BUILD) as town:
        town.settle(2)  # Xandikos tells nobody of what came and went between two listings
        before = len(town.items("aarhus"))
        town.delete("aarhus", town.trip_name("aarhus"))
        town.settle()  # the clock stands still: listings of one moment are one
        equal(len(town.items("aarhus")), before - 1)
        town.once(*TOMORROW)
        equal(town.days(), {"20270518"})
        town.delete("aarhus", town.trip_name("aarhus"))
        for today in (TOMORROW, DAY_AFTER, DAY_AFTER):
            town.once(*today)
        equal(len(town.items("aarhus")), before - 1)
        equal({town.day(one) for one in CALENDARS if one != "aarhus"}, {"20270518"})


def test_an_event_under_another_name_is_followed():  # hazard 30
    with ServerTown(BUILD) as town:
        town.settle(2)
        name = town.trip_name("esbjerg")
        _, body = town.get("esbjerg", name)
        town.delete("esbjerg", name)
        town.put("esbjerg", "moved-by-hand.ics", body)
        town.requests()
        town.settle(2)
        equal(writes(town.requests()), [])
        equal(town.trip_name("esbjerg"), "moved-by-hand.ics")
        town.move_on_server("esbjerg", "20270520")
        town.once()
        equal(town.days(), {"20270520"})
        check_whole(town)
        check_quiet(town)


def test_what_changed_while_a_token_expired_is_found():  # hazard 7
    with ServerTown(BUILD) as town:
        town.settle(2)
        town.move_on_server("esbjerg", "20270519")
        lost = town.find_name("aarhus", "SUMMARY:Erfa-møde 2027")
        town.delete("aarhus", lost)
        town.relay.rule = mangle_token
        town.once()
        town.relay.rule = None
        equal(town.days(), {"20270519"})
        assert "DELETE" not in [one.method for one in town.requests()]
        assert lost not in town.items("aarhus")  # gone in one listing only
        town.once(*TOMORROW)
        town.find_name("aarhus", "SUMMARY:Erfa-møde 2027")
        check_whole(town)


def test_a_server_that_restarts_in_mid_pass_loses_and_doubles_nothing():  # hazards 27, 28
    with ServerTown(BUILD) as town:
        town.relay.rule = after(9, lambda request: town.server.control("stop"))
        failed = town.turnusd("--once")
        town.relay.rule = None
        town.server.control("start")  # before anything is judged: the other tests need it, too
        equal(failed.returncode, 1, failed.stderr)
        assert "esbjerg" in failed.stderr or "aarhus" in failed.stderr, failed.stderr
        town.settle(2)
        check_whole(town)
        check_quiet(town)
        equal([one for one in town.requests() if one.method == "DELETE"], [])


def test_an_answer_that_is_lost_doubles_nothing():  # hazard 27
    with ServerTown(BUILD) as town:
        town.relay.rule = lambda request: (
            DROP_AFTER if request.method == "PUT" and request.target[-6] in "02468ace" else None)
        town.once(codes=(0, 1, 3))
        town.relay.rule = None
        town.settle(2)
        check_whole(town)
        check_quiet(town)


def test_a_login_that_ends_in_mid_pass_deletes_nothing():  # hazard 12
    with ServerTown(BUILD) as town:
        town.settle(2)
        town.move_on_server("esbjerg", "20270519")
        town.relay.rule = after(2, lambda request: None, 401)
        failed = town.once(codes=(1,))
        assert "password" in failed.stderr or "login" in failed.stderr, failed.stderr
        town.relay.rule = after(0, lambda request: None, 401)
        town.once(codes=(1,))
        town.relay.rule = None
        town.settle(2)
        equal(town.days(), {"20270519"})
        equal([one for one in town.requests() if one.method == "DELETE"], [])
        check_whole(town)
        check_quiet(town)


def test_a_calendar_that_became_read_only_is_told_and_stops_no_other():  # hazard 14
    with ServerTown(BUILD) as town:
        town.settle(2)
        town.move_on_server("esbjerg", "20270519")
        town.relay.rule = answer_writes(town.paths["aarhus"], 403, "Forbidden")
        town.settle(1, codes=(0, 1, 3))
        equal({town.day(one) for one in CALENDARS if one != "aarhus"}, {"20270519"})
        equal(town.day("aarhus"), "20270518")
        town.requests()
        failed = town.once(codes=(0, 1, 3))
        tried = writes(town.requests("aarhus"))
        assert len(tried) < 10, tried  # no storm
        assert "aarhus" in failed.stderr, failed.stderr
        town.relay.rule = None
        town.settle(2)
        equal(town.days(), {"20270519"})
        check_quiet(town)


def test_events_of_others_are_left_alone():  # promise 6
    with ServerTown(BUILD) as town:
        town.put("esbjerg", "hers.ics", STRANGER)
        before = town.get("esbjerg", "hers.ics")
        town.once(codes=(0, 3))
        town.start()
        town.turnusctl("plan", "esbjerg", codes=(0, 3))
        town.turnusctl("apply", "esbjerg", codes=(0, 3))
        town.stop()
        town.settle(2)
        equal(town.get("esbjerg", "hers.ics"), before)
        equal([one for one in writes(town.requests()) if "hers.ics" in one.target], [])
        assert len(town.items("esbjerg")) > 5


def test_an_emptied_calendar_is_held_until_somebody_looked():  # hazard 2
    with ServerTown(BUILD) as town:
        town.settle(2)
        before = {one: town.items(one) for one in CALENDARS if one != "esbjerg"}
        for name in town.items("esbjerg"):
            town.delete("esbjerg", name)
        town.requests()
        for today in ((), TOMORROW, DAY_AFTER):
            held = town.once(*today, codes=(1, 3))
        assert "turnusctl approve esbjerg" in held.stderr, held.stderr
        equal(writes(town.requests()), [])
        equal({one: town.items(one) for one in before}, before)
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        town.turnusctl("approve", "esbjerg", codes=(0, 3))
        town.turnusctl("sync", codes=(0, 3))
        town.stop()
        check_whole(town)


assert SERVER, "run by tests/servers/with-server"
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""  # of those whose name has this
Tap().run([test for name, test in sorted(globals().items())
           if name.startswith("test_") and ONLY in name])
