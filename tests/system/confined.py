"""turnusctl doctor on calendars in Exchange: whether the login reaches another mailbox (--not-mailbox),
and whether a test event goes through (--write). Behind the fakes there is one that it must not; and a careless tenant is played by a relay."""

import json
import sys

import ews_office
import graph_office
from link_relay import LinkRelay
from relay import answer
from town import Tap, Town, equal

BUILD = sys.argv[1]
OTHER = "borgmester@example.org"
ASKED = "/users/borgmester%40example.org/"
OWN = "/users/kalender%40example.org/"


def ask(town, code, mailbox=OTHER):
    said = town.turnusctl("doctor", "esbjerg", "--json", "--not-mailbox", mailbox, codes=(code,))
    assert mailbox not in said.stdout, said.stdout
    return {line["what"]: (line["verdict"], line["text"]) for line in json.loads(said.stdout)}


def test_a_mailbox_that_graph_refuses_is_well():
    with graph_office.Office(BUILD) as office, graph_office.GraphTown(BUILD, office) as town:
        equal(ask(town, 0)["confined"], ("ok", "the other mailbox is refused"))
        equal({one["method"] for one in office.said()}, {"OPTIONS", "GET"}, "asked")


def test_a_mailbox_that_answers_behind_graph_is_bad():
    with graph_office.Office(BUILD) as office:
        relay = LinkRelay(office.port)
        relay.rule = open_all
        office.port = relay.port  # where the town asks
        with graph_office.GraphTown(BUILD, office) as town:
            verdict, text = ask(town, 1)["confined"]
            equal(verdict, "bad")
            assert "this login may do more than it needs" in text, text
        relay.close()


def open_all(request):
    """Consent was given for the whole tenant."""
    request.target = request.target.replace(ASKED, OWN)


def test_a_mailbox_that_is_none_tells_nothing():
    with graph_office.Office(BUILD) as office:
        relay = LinkRelay(office.port)
        relay.rule = lambda request: (
            answer(404, "Not Found", b'{"error": {"code": "ErrorInvalidUser", "message": "no"}}',
                   "application/json") if ASKED in request.target else None)
        office.port = relay.port
        with graph_office.GraphTown(BUILD, office) as town:
            equal(ask(town, 0)["confined"][0], "unknown")
        relay.close()


def test_a_mailbox_that_ews_does_not_have_tells_nothing():
    with ews_office.Office(BUILD) as office, ews_office.EwsTown(BUILD, office) as town:
        verdict, text = ask(town, 0)["confined"]
        equal(verdict, "unknown", text)


def test_a_mailbox_that_answers_by_ews_is_bad():
    with ews_office.Office(BUILD) as office, ews_office.EwsTown(BUILD, office) as town:
        equal(ask(town, 1, ews_office.ADDRESS)["confined"][0], "bad")


def test_a_folder_is_in_no_mailbox():
    with Town(BUILD) as town:
        equal(ask(town, 0)["confined"][0], "unknown")


def try_out(town):
    """A test event goes through twice: the second would find what the first left."""
    for _ in range(2):
        said = town.turnusctl("doctor", "esbjerg", "--write", "--json", codes=(0, 1))
        found = {line["what"]: (line["verdict"], line["text"]) for line in json.loads(said.stdout)}
        for what in ("create", "reading back", "change", "old revision", "remove"):
            equal(found.get(what, ("missing", ""))[0], "ok", f"{what} in {found}")
        assert "left over" not in found and "marks" not in found, found


def test_a_test_event_goes_through_graph():
    with graph_office.Office(BUILD) as office, graph_office.GraphTown(BUILD, office) as town:
        try_out(town)


def test_a_test_event_goes_through_ews():
    with ews_office.Office(BUILD) as office, ews_office.EwsTown(BUILD, office) as town:
        try_out(town)


def test_it_is_asked_of_one_calendar():
    with graph_office.Office(BUILD) as office, graph_office.GraphTown(BUILD, office) as town:
        said = town.turnusctl("doctor", "--not-mailbox", OTHER, codes=(2,))
        assert "turnusctl doctor CALENDAR" in said.stderr, said.stderr


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
