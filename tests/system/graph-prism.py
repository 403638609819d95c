"""turnusd lives behind Graph with Prism in between: all that it asks, and all that the fake answers,
is valid by Microsoft's own description."""

import json
import os
import sys
import urllib.request

from exchange_people import GraphPerson
from graph_office import TOKEN, GraphTown, Office
from prism import Prism  # first: says where the relay is
from relay import answer
from town import Tap, equal

BUILD, NODE_FOLDER = sys.argv[1], os.path.abspath(sys.argv[2])
CALENDAR = "/users/kalender@example.org/calendars/AAMkCal-turnus_AA="
TRIP = "studietur/2027"


def close(prism):
    equal(prism.relay.objections, [], "objections")
    kinds = {one.split()[0] for one in prism.relay.judged}
    print(f"# {len(prism.relay.judged)} questions and answers are valid: {sorted(kinds)}", flush=True)
    return kinds


def test_a_year_behind_graph_is_valid_in_each_word():
    with Office(BUILD) as office, Prism(office, NODE_FOLDER) as prism, \
            GraphTown(BUILD, prism) as town:
        person = GraphPerson(office, TOKEN, CALENDAR)
        town.once()
        person.change(TRIP, span=("2027-05-25", "2027-05-26"), html="<p>Husk</p>", reminder=30)
        person.add_stranger()
        town.once()
        town.move_trip("aarhus", "20270527")
        town.once()
        town.edit(town.find("odense", "SUMMARY:Erfa-møde 2027"), ("LOCATION:Odense", "LOCATION:Salen"))
        town.once()
        person.delete("erfa/2028")
        for day in ("2026-11-23", "2026-11-24"):
            town.once("--today", day)
        equal(town.day("odense"), "20270525", "decided")
        assert "erfa/2028" in person.shows(), "put back"
        assert person.shows()["erfa/2027"][3] == "Salen", person.shows()
        assert {"GET", "POST", "PATCH"} <= close(prism)


def test_a_delta_token_that_was_lost_and_a_listing_without_delta_are_valid():
    with Office(BUILD) as office, Prism(office, NODE_FOLDER) as prism, \
            GraphTown(BUILD, prism) as town:
        town.once()
        prism.relay.take()
        prism.relay.rule = lose_token
        town.once()
        prism.relay.rule = refuse_delta
        town.once()
        town.once()
        statuses = [request.status for request in prism.relay.take()]
        assert 410 in statuses and 400 in statuses, statuses
        close(prism)


def lose_token(request):
    request.target = request.target.replace("deltatoken=", "deltatoken=0-")


def refuse_delta(request):
    gone = json.dumps({"error": {"code": "ErrorInvalidRequest", "message": "no"}}).encode()
    return (answer(400, "Bad Request", gone, "application/json")
            if "/events/delta" in request.target else None)


def test_prism_objects_to_what_is_wrong():
    with Office(BUILD) as office, Prism(office, NODE_FOLDER) as prism:
        ask(prism, "POST", CALENDAR + "/events", {"subject": "x", "showAs": "maybe"})
        ask(prism, "POST", CALENDAR + "/events", {"subjcet": "x"})
        prism.upstream.rule = lambda request: answer(200, "OK", b'{"value": [{"subject": 5}]}',
                                                     "application/json")
        ask(prism, "GET", CALENDAR + "/events")
        objections = prism.relay.objections
        equal(len(objections), 3, objections)
        for objection, word in zip(objections, ("showAs", "subjcet", "subject")):
            assert word in objection, objection


def ask(prism, method, path, body=None):
    request = urllib.request.Request(
        f"{prism.url}/v1.0{path}", None if body is None else json.dumps(body).encode(),
        method=method, headers={"Authorization": f"Bearer {TOKEN}",
                                "Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=30).close()
    except urllib.error.HTTPError:
        pass  # Prism says what it objects to with a status of its own


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
