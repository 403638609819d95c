"""The fake Exchange is judged by clients that know nothing of us: exchangelib and, by node,
ews-javascript-api. And turnusd publishes into it, exchangelib moves an event as its person would,
turnusd takes that to the other calendars. Each test ends with no mail sent, and with all that was
said valid by the schema of EWS, where that is at hand."""

import json
import os
import shutil
import subprocess
import sys
import warnings

from ews_office import ADDRESS, PASSWORD, USER, EwsTown, Office
from town import Skip, Tap, equal

BUILD, NODE_FOLDER = sys.argv[1], sys.argv[2]
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ews-outsider.mjs")
try:
    import exchangelib
except ImportError:
    exchangelib = None
warnings.simplefilter("ignore")


def open_account(office):
    if exchangelib is None:
        raise Skip("exchangelib is not there (python3-exchangelib)")
    configuration = exchangelib.Configuration(
        service_endpoint=office.url, credentials=exchangelib.Credentials(USER, PASSWORD),
        auth_type=exchangelib.BASIC,
        version=exchangelib.Version(exchangelib.Build(15, 0, 847, 32)))
    return exchangelib.Account(ADDRESS, config=configuration, autodiscover=False,
                               access_type=exchangelib.DELEGATE)


def moment(*parts):
    zone = exchangelib.EWSTimeZone("Europe/Copenhagen")
    return exchangelib.EWSDateTime(*parts, tzinfo=zone)


def register(name):
    """One of our named properties, as others see it."""
    kind = type("Own", (exchangelib.ExtendedProperty,),
                {"distinguished_property_set_id": "PublicStrings", "property_name": name,
                 "property_type": "String"})
    attribute = name.replace("-", "_")
    if attribute not in [field.name for field in exchangelib.CalendarItem.FIELDS]:
        exchangelib.CalendarItem.register(attribute, kind)


def close(office):
    equal(office.mails(), [], "mails")
    try:
        print(f"# {office.check_schema()} requests and answers are valid", flush=True)
    except Skip as reason:
        print(f"# not held against the schema: {reason}", flush=True)


def test_exchangelib_creates_views_syncs_changes_and_deletes():
    with Office(BUILD) as office:
        account = open_account(office)
        register("turnus-key")
        item = exchangelib.CalendarItem(
            account=account, folder=account.calendar, subject="Erfa", body="Husk kage",
            start=moment(2027, 9, 14, 10), end=moment(2027, 9, 14, 15), turnus_key="abc",
            location="Odense")
        item.save(send_meeting_invitations="SendToNone")
        found = list(account.calendar.filter(turnus_key="abc"))
        equal([one.subject for one in found], ["Erfa"], "found by our property")
        equal(list(account.calendar.filter(turnus_key="ABD")), [], "found by another value")
        seen = list(account.calendar.view(start=moment(2027, 9, 1), end=moment(2027, 10, 1)))
        equal([str(one.start) for one in seen], ["2027-09-14 08:00:00+00:00"], "viewed")
        equal([kind for kind, _ in account.calendar.sync_items()], ["create"], "first sync")
        item.subject = "Erfa 2027"
        item.save(update_fields=["subject"], send_meeting_invitations="SendToNone")
        state = account.calendar.item_sync_state
        changes = [(kind, one.subject) for kind, one in account.calendar.sync_items(state)]
        equal(changes, [("update", "Erfa 2027")], "second sync")
        item.refresh()
        equal((item.body, item.location), ("Husk kage", "Odense"), "read again")
        item.delete(send_meeting_cancellations="SendToNone")
        equal(account.calendar.all().count(), 0, "left")
        close(office)


def test_exchangelib_sees_a_series_as_outlook_does():
    with Office(BUILD) as office:
        account = open_account(office)
        weekly = exchangelib.recurrence.Recurrence(
            pattern=exchangelib.recurrence.WeeklyPattern(
                interval=1, weekdays=[exchangelib.fields.TUESDAY]),
            start=exchangelib.EWSDate(2027, 9, 14), number=5)
        exchangelib.CalendarItem(
            account=account, folder=account.calendar, subject="Vagt", recurrence=weekly,
            start=moment(2027, 9, 14, 10), end=moment(2027, 9, 14, 11)).save()
        days = [one.start.date().isoformat() for one in
                account.calendar.view(start=moment(2027, 9, 1), end=moment(2028, 1, 1))]
        equal(days, ["2027-09-14", "2027-09-21", "2027-09-28", "2027-10-05", "2027-10-12"], "days")
        equal(len(list(account.calendar.sync_items())), 1, "masters")
        second = account.calendar.view(start=moment(2027, 9, 20), end=moment(2027, 9, 22))[0]
        second.refresh()
        second.start, second.end = moment(2027, 9, 29, 10), moment(2027, 9, 29, 11)
        try:
            second.save(update_fields=["start", "end"])
            raise AssertionError("an occurrence passed its neighbour")
        except exchangelib.errors.ErrorOccurrenceCrossingBoundary:
            pass
        close(office)


def test_a_person_who_invites_by_exchangelib_is_told_in_the_outbox():
    with Office(BUILD) as office:
        account = open_account(office)
        exchangelib.CalendarItem(
            account=account, folder=account.calendar, subject="Erfa",
            start=moment(2027, 9, 14, 10), end=moment(2027, 9, 14, 15),
            required_attendees=["formand@example.org"]).save(
                send_meeting_invitations="SendToAllAndSaveCopy")
        equal(office.mails(), ["request formand@example.org Erfa"], "mails")


def test_ews_javascript_api_creates_views_syncs_changes_and_deletes():
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Skip("node or npm is not there")
    with Office(BUILD) as office:
        result = subprocess.run([node, SCRIPT, NODE_FOLDER, office.url, USER, PASSWORD],
                                capture_output=True, text=True, timeout=240, check=False)
        if result.returncode == 77:
            raise Skip(result.stdout.strip())
        equal(result.returncode, 0, result.stdout + result.stderr[-2000:])
        equal(result.stdout.split(), ["created", "viewed", "synced", "changed", "deleted"], "steps")
        close(office)


def test_discover_names_the_calendar_by_an_address_that_opens_it():
    with Office(BUILD) as office, EwsTown(BUILD, office) as town:
        town.start()
        places = json.loads(town.turnusctl("calendars", "discover", "esbjerg", "--json").stdout)
        town.stop()
        equal([place["name"] for place in places], ["Calendar"], "places")
        with open(town.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text.replace(office.url, places[0]["url"]))
        town.once()
        assert "CreateItem" in office.operations(), office.operations()
        close(office)


def find_trip(account):
    found = [item for item in account.calendar.all()
             if item.subject.startswith("Studietur 2027")]
    equal(len(found), 1, "trips in Exchange")
    return found[0]


def test_a_move_in_outlook_reaches_the_other_councils():
    with Office(BUILD) as office, EwsTown(BUILD, office) as town:
        account = open_account(office)
        register("turnus-key")
        town.once()
        n_first = len(office.operations())
        town.once()
        again = office.operations()[n_first:]
        assert not {"CreateItem", "UpdateItem", "DeleteItem"} & set(again), again
        trip = find_trip(account)
        trip.refresh()
        assert trip.is_all_day and trip.turnus_key, (trip.is_all_day, trip.turnus_key)
        equal(town.day("odense"), "20270518", "before")

        trip.start, trip.end = exchangelib.EWSDate(2027, 5, 25), exchangelib.EWSDate(2027, 5, 25)
        trip.body = exchangelib.HTMLBody("<p>Husk <b>gummistøvler</b></p>")
        trip.reminder_is_set, trip.reminder_minutes_before_start = True, 30
        trip.save(update_fields=["start", "end", "body", "reminder_is_set",
                                 "reminder_minutes_before_start"],
                  send_meeting_invitations="SendToNone")
        town.once()

        equal({calendar: town.day(calendar) for calendar in ("odense", "aarhus", "faelles")},
              {calendar: "20270525" for calendar in ("odense", "aarhus", "faelles")}, "after")
        trip = find_trip(account)
        trip.refresh()
        assert "<b>gummistøvler</b>" in trip.body, trip.body
        equal(trip.reminder_minutes_before_start, 30, "reminder")
        n_before = len(office.operations())
        town.once()
        settled = office.operations()[n_before:]
        assert not {"CreateItem", "UpdateItem", "DeleteItem"} & set(settled), settled
        close(office)


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
