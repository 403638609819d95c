"""People at calendars in Exchange, behind Graph and by EWS: what they see there, and what they
change, in requests as Outlook makes them. An event is shown alike whatever speaks of it:
(title, start, end, place), a day as 2027-05-18, a moment as that of Copenhagen's clocks.
"""

import base64
import datetime
import json
import urllib.request
import xml.etree.ElementTree as xml
from urllib.parse import quote
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

SET = "String {00020329-0000-0000-C000-000000000046} Name "
OUTLOOKS_ZONE = "Romance Standard Time"  # what Outlook makes of Europe/Copenhagen
HOME = ZoneInfo("Europe/Copenhagen")
T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
ENVELOPE = ('<?xml version="1.0" encoding="utf-8"?><s:Envelope '
            'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
            'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header>'
            '<t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header><s:Body>%s</s:Body>'
            '</s:Envelope>')
OWN = ('<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="turnus-key" '
       'PropertyType="String"/>')


def decode_key(text):
    """What identifies an occurrence: `series/cycle`, behind it what belongs to it. None for what is
    not ours, and for what each council is shown of its own: journals and deadlines."""
    if not text:
        return None
    key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    words = dict(line.split("=", 1) for line in key.splitlines() if "=" in line)
    return None if "m" in words or "s" not in words else f"{words['s']}/{words['y']}"


def show_moment(text):
    """Of a moment in UTC."""
    moment = datetime.datetime.fromisoformat(text[:19]).replace(tzinfo=datetime.timezone.utc)
    return moment.astimezone(HOME).strftime("%Y-%m-%dT%H:%M")


def is_day(text):
    return len(text) == len("2027-05-18")


def to_clock(text):
    return text + "T00:00:00" if is_day(text) else text + ":00"


class GraphPerson:
    """Speaks past turnusd's relay, as the mailbox's owner."""

    def __init__(self, office, token, calendar):
        self.url, self.token, self.calendar = office.url + "/v1.0", token, calendar

    def ask(self, method, path, body=None, **headers):
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.url + path, None if body is None else json.dumps(body).encode(), method=method,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
                     "Prefer": 'IdType="ImmutableId", outlook.timezone="UTC"', **said})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def events(self):
        """Each occurrence and its id."""
        query = quote(f"singleValueExtendedProperties($filter=id eq '{SET}turnus-key')")
        text = self.ask("GET", f"{self.calendar}/events?$top=1000&$expand={query}")
        found = {}
        for event in json.loads(text)["value"]:
            own = event.get("singleValueExtendedProperties", [{"value": ""}])
            key = decode_key(own[0]["value"])
            assert key not in found, f"{key} twice"
            if key:
                found[key] = event
        return found

    def shows(self):
        return {key: (event["subject"], self.when(event, "start"), self.when(event, "end"),
                      event.get("location", {}).get("displayName", ""))
                for key, event in self.events().items()}

    @staticmethod
    def when(event, name):
        text = event[name]["dateTime"]
        return text[:10] if event["isAllDay"] else show_moment(text)

    def path(self, key):
        return "/users/kalender@example.org/events/" + quote(self.events()[key]["id"])

    def read(self, key):
        """What else people see: their text, the reminder and how many are invited."""
        event = json.loads(self.ask("GET", self.path(key), Prefer='outlook.timezone="UTC"'))
        reminder = event["reminderMinutesBeforeStart"] if event.get("isReminderOn") else None
        return event["body"]["content"], reminder, len(event["attendees"])

    def change(self, key, title=None, place=None, span=None, html=None, reminder=None, guests=None):
        wish = {}
        if title is not None:
            wish["subject"] = title
        if place is not None:
            wish["location"] = {"displayName": place}
        if span is not None:
            wish["isAllDay"] = is_day(span[0])
            wish["start"], wish["end"] = ({"dateTime": to_clock(text), "timeZone": OUTLOOKS_ZONE}
                                          for text in span)
        if html is not None:
            wish["body"] = {"contentType": "html", "content": html}
        if reminder is not None:
            wish["isReminderOn"], wish["reminderMinutesBeforeStart"] = True, reminder
        if guests is not None:
            wish["attendees"] = [{"type": kind, "emailAddress": {"address": address, "name": address}}
                                 for kind, address in guests]
        self.ask("PATCH", self.path(key), wish, If_Match="*")

    def delete(self, key):
        self.ask("DELETE", self.path(key), If_Match="*")

    def add_stranger(self):
        """Something that recurs and has nothing to do with us. Returns how to ask for it."""
        made = json.loads(self.ask("POST", f"{self.calendar}/events", {
            "subject": "Kaffe", "body": {"contentType": "html", "content": "<b>Kage</b>"},
            "start": {"dateTime": "2027-01-04T08:00:00", "timeZone": OUTLOOKS_ZONE},
            "end": {"dateTime": "2027-01-04T09:00:00", "timeZone": OUTLOOKS_ZONE},
            "recurrence": {"pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
                           "range": {"type": "numbered", "startDate": "2027-01-04",
                                     "numberOfOccurrences": 5}}}))
        return made["id"]

    def read_stranger(self, name):
        return self.ask("GET", "/users/kalender@example.org/events/" + quote(name))


class EwsPerson:
    def __init__(self, office, user, password):
        self.url = office.url
        self.login = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def ask(self, body):
        request = urllib.request.Request(
            self.url, (ENVELOPE % body).encode(),
            headers={"Authorization": self.login, "Content-Type": "text/xml; charset=utf-8"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        assert b'ResponseClass="Error"' not in text, text.decode()
        return text

    def load(self, ids, shape="AllProperties", more=OWN):
        wanted = "".join(f'<t:ItemId Id="{escape(one)}"/>' for one in ids)
        return self.ask(f'<m:GetItem><m:ItemShape><t:BaseShape>{shape}</t:BaseShape>'
                        f'<t:AdditionalProperties>{more}</t:AdditionalProperties></m:ItemShape>'
                        f'<m:ItemIds>{wanted}</m:ItemIds></m:GetItem>')

    def events(self):
        found = xml.fromstring(self.ask(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>'
            '</m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/>'
            '</m:ParentFolderIds></m:FindItem>'))
        ids = [one.get("Id") for one in found.iter(f"{T}ItemId")]
        events = {}
        for item in xml.fromstring(self.load(ids)).iter(f"{T}CalendarItem") if ids else ():
            key = decode_key(item.findtext(f"{T}ExtendedProperty/{T}Value"))
            assert key is None or key not in events, f"{key} twice"
            events[key] = item
        events.pop(None, None)
        return events

    def shows(self):
        return {key: (item.findtext(f"{T}Subject"), self.when(item, "Start"),
                      self.when(item, "End"), item.findtext(f"{T}Location") or "")
                for key, item in self.events().items()}

    @staticmethod
    def when(item, name):
        shown = show_moment(item.findtext(f"{T}{name}"))
        return shown[:10] if item.findtext(f"{T}IsAllDayEvent") == "true" else shown

    def id(self, key):
        return self.events()[key].find(f"{T}ItemId").get("Id")

    def read(self, key):
        item = self.events()[key]
        reminder = (int(item.findtext(f"{T}ReminderMinutesBeforeStart"))
                    if item.findtext(f"{T}ReminderIsSet") == "true" else None)
        return item.findtext(f"{T}Body") or "", reminder, len(list(item.iter(f"{T}Attendee")))

    def change(self, key, title=None, place=None, span=None, html=None, reminder=None, guests=None):
        fields = []
        if title is not None:
            fields.append(("item:Subject", f"<t:Subject>{escape(title)}</t:Subject>"))
        if html is not None:
            fields.append(("item:Body", f'<t:Body BodyType="HTML">{escape(html)}</t:Body>'))
        if reminder is not None:
            fields += [("item:ReminderIsSet", "<t:ReminderIsSet>true</t:ReminderIsSet>"),
                       ("item:ReminderMinutesBeforeStart", "<t:ReminderMinutesBeforeStart>"
                        f"{reminder}</t:ReminderMinutesBeforeStart>")]
        if span is not None:
            fields += self.list_times(span)
        if place is not None:
            fields.append(("calendar:Location", f"<t:Location>{escape(place)}</t:Location>"))
        for kind, name in (("required", "RequiredAttendees"), ("resource", "Resources")):
            people = "".join(f"<t:Attendee><t:Mailbox><t:EmailAddress>{address}</t:EmailAddress>"
                             "</t:Mailbox></t:Attendee>" for what, address in guests or ()
                             if what == kind)
            if people:
                fields.append((f"calendar:{name}", f"<t:{name}>{people}</t:{name}>"))
        updates = "".join(f'<t:SetItemField><t:FieldURI FieldURI="{uri}"/><t:CalendarItem>{text}'
                          '</t:CalendarItem></t:SetItemField>' for uri, text in fields)
        self.ask('<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" '
                 'SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>'
                 f'<t:ItemId Id="{escape(self.id(key))}"/><t:Updates>{updates}</t:Updates>'
                 '</t:ItemChange></m:ItemChanges></m:UpdateItem>')

    @staticmethod
    def list_times(span):
        whole = "true" if is_day(span[0]) else "false"
        return [("calendar:StartTimeZone", f'<t:StartTimeZone Id="{OUTLOOKS_ZONE}"/>'),
                ("calendar:EndTimeZone", f'<t:EndTimeZone Id="{OUTLOOKS_ZONE}"/>'),
                ("calendar:Start", f"<t:Start>{to_clock(span[0])}</t:Start>"),
                ("calendar:End", f"<t:End>{to_clock(span[1])}</t:End>"),
                ("calendar:IsAllDayEvent", f"<t:IsAllDayEvent>{whole}</t:IsAllDayEvent>")]

    def delete(self, key):
        self.ask('<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations='
                 f'"SendToNone"><m:ItemIds><t:ItemId Id="{escape(self.id(key))}"/></m:ItemIds>'
                 '</m:DeleteItem>')

    def add_stranger(self):
        made = xml.fromstring(self.ask(
            '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>'
            '<t:Subject>Kaffe</t:Subject><t:Body BodyType="HTML">&lt;b&gt;Kage&lt;/b&gt;</t:Body>'
            '<t:Start>2027-01-04T08:00:00</t:Start><t:End>2027-01-04T09:00:00</t:End>'
            '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday'
            '</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2027-01-04'
            '</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence>'
            f'</t:Recurrence><t:StartTimeZone Id="{OUTLOOKS_ZONE}"/></t:CalendarItem></m:Items>'
            '</m:CreateItem>'))
        return next(made.iter(f"{T}ItemId")).get("Id")

    def read_stranger(self, name):
        return self.load([name])
