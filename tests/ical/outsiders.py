#!/usr/bin/python3
"""What turnus writes, read by another program's parser: Debian's python3-icalendar.

Usage: outsiders.py WRITER [SEED]. Exit 77 where the parser is not installed.
"""
import datetime
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    import icalendar
except ImportError:
    print("python3-icalendar is not installed")
    sys.exit(77)


def shown(start, end):
    """The normal form of turnus for the two."""
    if not isinstance(start, datetime.datetime):
        last = end - datetime.timedelta(days=1)
        return f"{start}" if start == last else f"{start}..{last}"
    if end.time() == datetime.time(0) and end > start:
        return f"{start:%Y-%m-%dT%H:%M}..{end - datetime.timedelta(days=1):%Y-%m-%d}T24:00"
    return f"{start:%Y-%m-%dT%H:%M}..{end:%Y-%m-%dT%H:%M}"


def text(value):
    """Without what icalendar 4 mixes up: it takes %2C for an escape, and \\\\n for a line end."""
    return "".join(c for c in str(value).replace("%2C", ",") if c not in "\\,;\nn").strip(" \t")


def check(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert not calendar.errors, calendar.errors
    (event,) = calendar.walk("VEVENT")
    assert not event.errors, event.errors
    when, uid, title, where = path.with_suffix(".txt").read_bytes().decode().split("\x1f")
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    assert shown(start, end) == when, (shown(start, end), when)
    assert str(event["UID"]) == uid
    assert text(event.get("SUMMARY", "")) == text(title), (event["SUMMARY"], title)
    assert text(event.get("LOCATION", "")) == text(where), (event["LOCATION"], where)
    if isinstance(start, datetime.datetime):
        (zone,) = calendar.walk("VTIMEZONE")
        theirs = zone.to_tz().utcoffset(start.replace(tzinfo=None))
        assert theirs == start.utcoffset(), (start, theirs)


def main():
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(2**32))
    print("seed", seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder, seed], check=True)
        paths = sorted(pathlib.Path(folder).glob("*.ics"))
        assert paths
        for path in paths:
            check(path)
        print(len(paths), "events read")


main()
