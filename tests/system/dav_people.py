"""People at calendars that are iCalendar, on a server or in a folder: what they see there, and what
they change. The same questions as those of exchange_people."""

import re

from exchange_people import OUTLOOKS_ZONE, decode_key, is_day
from town import unfold

# As Outlook writes it: rules for the Windows name, with no comment on what IANA calls it.
ZONE = (f"BEGIN:VTIMEZONE\r\nTZID:{OUTLOOKS_ZONE}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
        "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
        "END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"
        "END:VTIMEZONE\r\n")
STRANGER = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:hers@x\r\n"
            "DTSTAMP:20260101T000000Z\r\nDTSTART:20270104T080000Z\r\nDTEND:20270104T090000Z\r\n"
            "RRULE:FREQ=WEEKLY;COUNT=5\r\nSUMMARY:Kaffe\r\nX-MINE:1\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n")


def read_line(text, name):
    found = re.search(rf"^{name}[;:].*$", text, re.M)
    return found.group(0).split(":", 1)[1] if found else ""


def read_when(text, name):
    value = read_line(text, name)
    day = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    return f"{day}T{value[9:11]}:{value[11:13]}" if "T" in value else day


def format_when(name, text):
    digits = text.replace("-", "").replace(":", "")
    return (f"{name};VALUE=DATE:{digits}" if is_day(text)
            else f"{name};TZID={OUTLOOKS_ZONE}:{digits}00")


class DavPerson:
    """`town` reads and writes the items, wherever they stand."""

    def __init__(self, town, calendar):
        self.town, self.calendar = town, calendar

    def events(self):
        found = {}
        for name, data in self.town.items(self.calendar).items():
            text = unfold(data)
            key = decode_key(read_line(text, "X-TURNUS-KEY"))
            assert key is None or key not in found, f"{key} twice in {self.calendar}"
            found[key] = name, text
        found.pop(None, None)
        return found

    def shows(self):
        found = {}
        for key, (_, whole) in self.events().items():
            text = whole.split("BEGIN:VEVENT")[1]
            found[key] = (read_line(text, "SUMMARY"), read_when(text, "DTSTART"),
                          read_when(text, "DTEND"), read_line(text, "LOCATION"))
        return found

    def read(self, key):
        text = self.events()[key][1].split("BEGIN:VEVENT")[1]
        found = re.search(r"^TRIGGER:-PT(\d+)M$", text, re.M)
        return (read_line(text, "DESCRIPTION") + read_line(text, "X-ALT-DESC"),
                int(found.group(1)) if found else None, len(re.findall(r"^ATTENDEE", text, re.M)))

    def change(self, key, title=None, place=None, span=None, html=None, reminder=None, guests=None):
        name, text = self.events()[key]
        head, event = text.split("BEGIN:VEVENT", 1)
        for what, value in (("SUMMARY", title), ("LOCATION", place)):
            if value is not None:
                event = re.sub(rf"^{what}[;:].*$", f"{what}:{value}", event, count=1, flags=re.M)
        for what, value in zip(("DTSTART", "DTEND"), span or ()):
            event = re.sub(rf"^{what}[;:].*$", format_when(what, value), event, count=1, flags=re.M)
        more = []
        if html is not None:
            more.append(f"X-ALT-DESC;FMTTYPE=text/html:{html}")
        more += [f"ATTENDEE;CUTYPE={'ROOM' if kind == 'resource' else 'INDIVIDUAL'}:mailto:{address}"
                 for kind, address in guests or ()]
        if reminder is not None:
            more += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{reminder}M",
                     "DESCRIPTION:Reminder", "END:VALARM"]
        event = event.replace("END:VEVENT", "\n".join([*more, "END:VEVENT"]))
        zone = ZONE if span and not is_day(span[0]) else ""
        self.town.rewrite(self.calendar, name, (head + "BEGIN:VEVENT" + event).replace(
            "\n", "\r\n").replace("BEGIN:VEVENT", zone + "BEGIN:VEVENT", 1))

    def delete(self, key):
        self.town.take_away(self.calendar, self.events()[key][0])

    def add_stranger(self):
        self.town.rewrite(self.calendar, "hers.ics", STRANGER, is_new=True)
        return "hers.ics"

    def read_stranger(self, name):
        return self.town.items(self.calendar)[name]
