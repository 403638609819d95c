"""The real programs on one calendar by EWS, one behind Graph, one on a CalDAV server and one in a
folder, the shared one on any of them. Started by tests/servers/with-server; speaks TAP. Each test
ends with all calendars saying the same, a pass that writes nothing, and no mail sent."""

import json
import re
import sys

from four_town import FourTown, list_writes  # first: says where the relay is
from relay import DROP, DROP_AFTER, answer
from relay_rules import mangle_token
from town import CALENDARS, Tap, equal

BUILD = sys.argv[1]
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""  # of those whose name has this
TRIP = "studietur/2027"  # Esbjerg is its host
ERFA = "erfa/2027"  # and organises this one
TOMORROW = ("--today", "2026-11-23")
DAY_AFTER = ("--today", "2026-11-24")
HTML = "<p>Husk <b>gummistøvler</b></p>"
GUESTS = [("required", f"medlem{number}@example.org") for number in range(35)] + [
    ("resource", "raadssalen@example.org")]
# Who stands where. Esbjerg may decide, Aarhus may not; "faelles" is shared.
WAYS = (
    {"odense": "file", "esbjerg": "graph", "aarhus": "ews", "faelles": "caldav"},
    {"odense": "caldav", "esbjerg": "ews", "aarhus": "graph", "faelles": "file"},
    {"odense": "ews", "esbjerg": "caldav", "aarhus": "file", "faelles": "graph"},
    {"odense": "graph", "esbjerg": "file", "aarhus": "caldav", "faelles": "ews"},
)




def lose_caldav(request, log):
    if b"sync-token" in request.body:
        log.append(request)
    mangle_token(request)


def lose_graph(request, log):
    if "deltatoken=" in request.target:
        log.append(request)
    request.target = re.sub("(deltatoken=)[^&]+", r"\g<1>0-0-rest", request.target)


def lose_ews(request, log):
    if b"SyncState>" in request.body:
        log.append(request)
    request.body = re.sub(rb"(SyncState>)[^<]+(</)", rb"\g<1>H4sIAAAgone\g<2>", request.body)


LOSSES = {"caldav": lose_caldav, "graph": lose_graph, "ews": lose_ews}


def fail_once(request, what, log):
    """The first write is treated so."""
    if log or not list_writes(request):
        return None
    log.append(request)
    return what


def move(town, day):
    end = f"{day[:8]}{int(day[8:]) + 1:02}"
    town.people["esbjerg"].change(TRIP, span=(day, end))


def settle(town, passes=3, **more):
    for _ in range(passes):
        town.once(**more)


def check_same(town):
    """Promise 2: every calendar says the same."""
    shown = town.shows()
    assert len(shown["odense"]) > 5, shown["odense"]
    for calendar in CALENDARS:
        equal(shown[calendar], shown["odense"], f"{calendar} by {town.places[calendar]}")
    return shown["odense"]


def check_quiet(town, *today):
    """Promise 5: a further pass writes nothing, counted at the servers."""
    town.take_writes()
    marks = town.marks_of_files()
    town.once(*today)
    equal(town.take_writes(), [], "written")
    equal(town.marks_of_files(), marks, "files")


def check_whole(town, *today):
    shown = check_same(town)
    check_quiet(town, *today)
    equal(town.graph.outbox(), {"mails": 0, "blind": 0}, "Graph's outbox")
    equal(town.ews.mails(), [], "mails of Exchange")
    return shown


def in_each_way(live):
    for way in WAYS:
        with FourTown(BUILD, way) as town:
            try:
                live(town)
            except Exception as problem:
                raise AssertionError(f"{way}: {problem}") from problem


def test_published_everywhere_and_the_second_pass_writes_nothing():
    def live(town):
        town.once()
        n_first = len(town.take_writes()) + len(town.marks_of_files())
        assert n_first > 4 * 6, n_first
        check_whole(town)
    in_each_way(live)


def test_hazard_71_the_hosts_move_in_outlook_is_a_decision_everywhere():
    def live(town):
        town.once()
        town.people["esbjerg"].change(TRIP, span=("2027-05-25", "2027-05-26"), html=HTML,
                                      reminder=30)
        settle(town)
        equal(check_whole(town)[TRIP][1:3], ("2027-05-25", "2027-05-26"))
        text, reminder, _ = town.people["esbjerg"].read(TRIP)
        assert "gummistøvler" in text, text
        equal(reminder, 30, "reminder")
        for calendar in ("odense", "aarhus", "faelles"):
            assert "gummistøvler" not in town.people[calendar].read(TRIP)[0], calendar
    in_each_way(live)


def test_hazards_50_and_53_hours_in_a_windows_zone_and_all_day_again_come_back_right():
    def live(town):
        town.once()
        town.people["esbjerg"].change(ERFA, span=("2027-09-07T11:00", "2027-09-07T16:30"))
        town.people["esbjerg"].change(TRIP, span=("2027-05-19T09:00", "2027-05-19T16:00"))
        settle(town)
        shown = check_whole(town)
        equal(shown[ERFA][1:3], ("2027-09-07T11:00", "2027-09-07T16:30"), "hours")
        equal(shown[TRIP][1:3], ("2027-05-19T09:00", "2027-05-19T16:00"), "all-day unset")
        town.people["esbjerg"].change(TRIP, span=("2027-05-20", "2027-05-21"))
        settle(town)
        equal(check_whole(town)[TRIP][1:3], ("2027-05-20", "2027-05-21"), "all-day set")
    in_each_way(live)


def test_title_and_place_by_the_host_reach_the_others():
    def live(town):
        town.once()
        town.people["esbjerg"].change(TRIP, title="Studietur 2027: Esbjerg Havn", place="Havnen 1")
        settle(town)
        shown = check_whole(town)
        equal((shown[TRIP][0], shown[TRIP][3]), ("Studietur 2027: Esbjerg Havn", "Havnen 1"))
    in_each_way(live)


def test_what_one_may_not_change_is_put_back_and_kept_as_a_wish():
    def live(town):
        town.once()
        before = town.shows()["odense"]
        town.people["aarhus"].change(TRIP, span=("2027-05-25T09:00", "2027-05-25T16:00"),
                                     place="Aarhus", html=HTML, reminder=45)
        town.people["faelles"].change("studietur/2028", span=("2028-05-23", "2028-05-24"))
        settle(town)
        equal(check_whole(town), before, "put back")
        text, reminder, _ = town.people["aarhus"].read(TRIP)
        assert "gummistøvler" in text and "2027-05-25" in text, text
        equal(reminder, 45, "reminder")
        town.start()
        wishes = json.loads(town.turnusctl("proposals", "--json", codes=(0, 3)).stdout)
        values = sorted(str(wish["value"]) for wish in wishes)
        equal(values, ["2027-05-25T09:00..2027-05-25T16:00 Europe/Copenhagen", "2028-05-23", "Aarhus"], "wishes")
        wanted = next(wish["id"] for wish in wishes if wish["value"] == "Aarhus")
        town.turnusctl("proposals", "accept", wanted, "--for", "esbjerg", codes=(0, 3))
        town.turnusctl("sync", codes=(0, 3))
        town.stop()
        equal(check_whole(town)[TRIP][3], "Aarhus", "accepted")
    in_each_way(live)


def test_hazard_43_a_deletion_is_believed_after_two_listings_and_put_back_once():
    def live(town):
        # In a folder two scans are enough, whatever the clock says.
        calendar = next(name for name in ("aarhus", "odense") if town.places[name] != "file")
        settle(town, 2)
        town.people[calendar].delete(TRIP)
        settle(town)
        assert TRIP not in town.people[calendar].shows(), "listings of one moment are one"
        town.once(*TOMORROW)
        check_same(town)
        town.people[calendar].delete(TRIP)
        for today in (TOMORROW, DAY_AFTER, DAY_AFTER):
            town.once(*today)
        shown = town.shows()
        assert TRIP not in shown[calendar], "deleted again, it stays away"
        equal({shown[name][TRIP][1] for name in CALENDARS if name != calendar}, {"2027-05-18"})
        check_quiet(town, *DAY_AFTER)
        equal(town.mails(), 0, "mails")
    in_each_way(live)


def test_hazards_7_and_9_sync_state_that_a_server_lost_changes_and_doubles_nothing():
    def live(town):
        settle(town, 2)
        before = check_whole(town)
        for place, mangle in LOSSES.items():
            lost = []
            town.relay_of(place).rule = lambda request, how=mangle, log=lost: how(request, log)
            check_quiet(town)
            assert lost, f"{place} was not asked with a token"
        for relay in town.relays:
            relay.rule = None
        equal(check_whole(town), before)
    in_each_way(live)


def test_hazards_12_and_27_servers_that_fail_at_a_write_are_caught_up_with():
    def live(town):
        settle(town, 2)
        days = iter(("2027-05-19", "2027-05-20", "2027-05-25", "2027-05-26", "2027-05-27",
                     "2027-05-04", "2027-05-05", "2027-05-06", "2027-05-11", "2027-05-12",
                     "2027-05-13", "2027-04-27"))
        for fault in (DROP, DROP_AFTER, answer(503, "Service Unavailable"),
                      answer(401, "Unauthorized")):
            for place in ("caldav", "ews", "graph"):
                day = next(days)
                move(town, day)
                failed = []
                town.relay_of(place).rule = lambda request, what=fault, log=failed: fail_once(
                    request, what, log)
                town.once(codes=(0, 1, 3))
                town.relay_of(place).rule = None
                settle(town)
                equal(check_whole(town)[TRIP][1], day, place)
                assert failed or town.places["esbjerg"] == place, f"{place} was not written to"
    in_each_way(live)


def test_a_caldav_server_that_is_down_holds_up_no_other_calendar():
    def live(town):
        settle(town, 2)
        if town.places["esbjerg"] == "caldav":
            return  # whose people cannot move anything meanwhile
        town.server.control("stop")
        try:
            move(town, "2027-05-25")
            town.once(codes=(0, 1, 3))
            shown = {name: person.shows()[TRIP][1] for name, person in town.people.items()
                     if town.places[name] != "caldav"}
            equal(set(shown.values()), {"2027-05-25"}, shown)
        finally:
            town.server.control("start")
        settle(town)
        equal(check_whole(town)[TRIP][1], "2027-05-25", "once it is back")
    in_each_way(live)


def test_strangers_stay_as_they_are_byte_by_byte():
    def live(town):
        strangers = {name: person.add_stranger() for name, person in town.people.items()}
        before = {name: town.people[name].read_stranger(strangers[name]) for name in CALENDARS}
        town.once()
        town.start()
        for calendar in CALENDARS:
            town.turnusctl("plan", calendar, codes=(0, 3))
            town.turnusctl("apply", calendar, codes=(0, 3))
        town.stop()
        settle(town)
        move(town, "2027-05-25")
        settle(town)
        check_whole(town)
        equal({name: town.people[name].read_stranger(strangers[name]) for name in CALENDARS}, before)
    in_each_way(live)


def test_hazard_62_where_35_people_and_a_room_are_invited_nobody_is_mailed_or_dropped():
    def live(town):
        settle(town, 2)
        graph, ews = town.where("graph")[0], town.where("ews")[0]
        decider = next(name for name in ("odense", "esbjerg") if name not in (graph, ews))
        for name in (graph, ews):
            town.people[name].change(ERFA, guests=GUESTS)
        n_mails = town.mails()  # that the people sent themselves
        settle(town, 2)
        town.people[decider].change(ERFA, place="Ved stationen")
        settle(town)
        equal({name: shown[ERFA][3] for name, shown in town.shows().items()},
              {name: "Odense" if name == graph else "Ved stationen" for name in CALENDARS})
        check_quiet(town)
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        status = town.turnusctl("status", codes=(3,)).stdout
        town.stop()
        assert f"! {graph}: Erfa-møde 2027" in status, status
        assert "36 people are invited" in status and f"! {ews}" not in status, status
        equal([town.people[name].read(ERFA)[2] for name in (graph, ews)], [36, 36], "invited")
        equal(town.mails(), n_mails, "mails")
        town.people[graph].change(ERFA, guests=[])
        n_mails = town.mails()
        settle(town)
        equal(check_same(town)[ERFA][3], "Ved stationen", "once the invitation is withdrawn")
        equal((town.mails(), town.graph.outbox()["blind"]), (n_mails, 0), "mails")
    in_each_way(live)


Tap().run([test for name, test in sorted(globals().items())
           if name.startswith("test_") and ONLY in name])
