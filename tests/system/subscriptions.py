"""Subscriptions are read by programs that know nothing of us: python3-icalendar, khal and, by node,
ical.js and node-ical. Each must find the events of the plan: UID, begin, end and status.

    subscriptions.py WRITE NODE_FOLDER
"""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile

from town import Skip, Tap, equal

WRITE, NODE_FOLDER = sys.argv[1], sys.argv[2]
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "subscriptions.mjs")
NAMES = ("collaboration", "council", "role")
UTC = datetime.timezone.utc
try:
    import icalendar
except ImportError:
    icalendar = None


class Written:
    """A folder with the subscriptions, and what must be found in them."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="turnus-subscriptions-")
        subprocess.run([WRITE, self.folder], check=True, stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *unused):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def expected(self, name):
        return sorted(self.read(name + ".tsv").decode("utf-8").splitlines())


def to_text(moment):
    if isinstance(moment, datetime.datetime):
        return str(int(moment.astimezone(UTC).timestamp()))
    return moment.isoformat()


def list_events(calendar):
    return sorted("\t".join([str(event["UID"]), to_text(event["DTSTART"].dt),
                             to_text(event["DTEND"].dt), str(event["STATUS"])])
                  for event in calendar.walk("VEVENT"))


def parse(data):
    if icalendar is None:
        raise Skip("icalendar is not there (python3-icalendar)")
    return icalendar.Calendar.from_ical(data)


def test_icalendar_finds_the_events_of_the_plan():
    with Written() as written:
        for name in NAMES:
            calendar = parse(written.read(name + ".ics"))
            equal(list_events(calendar), written.expected(name), name)
            assert len(written.expected(name)) > 0, name


def test_icalendar_finds_a_cancelled_and_a_moved_one():
    with Written() as written:
        states = [line.split("\t")[3] for line in list_events(parse(written.read("collaboration.ics")))]
        assert "CANCELLED" in states and "TENTATIVE" in states, states


def test_icalendar_finds_name_and_pace():
    with Written() as written:
        calendar = parse(written.read("role.ics"))
        equal(str(calendar["METHOD"]), "PUBLISH", "method")
        equal(str(calendar["X-WR-CALNAME"]), str(calendar["NAME"]), "name")
        equal(str(calendar["X-PUBLISHED-TTL"]), "PT6H", "pace")
        for event in calendar.walk("VEVENT"):
            assert "ATTENDEE" not in event and "ORGANIZER" not in event, event


def run_khal(folder, *arguments):
    khal = shutil.which("khal")
    if khal is None:
        raise Skip("khal is not there (khal)")
    config = os.path.join(folder, "khal.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write("[calendars]\n[[sub]]\npath = %s/khal\n[locale]\ndateformat = %%Y-%%m-%%d\n"
                   "longdateformat = %%Y-%%m-%%d\ntimeformat = %%H:%%M\n"
                   "datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                   "local_timezone = UTC\ndefault_timezone = UTC\n[sqlite]\npath = %s/khal.db\n"
                   % (folder, folder))
    os.makedirs(os.path.join(folder, "khal"), exist_ok=True)
    result = subprocess.run([khal, "-c", config, *arguments], capture_output=True, text=True,
                            env={**os.environ, "HOME": folder, "TZ": "UTC"}, check=False)
    equal(result.returncode, 0, result.stdout + result.stderr)
    return result.stdout


def to_khal(line):
    """As khal lists an event: UID, first and last day or times of UTC."""
    uid, start, end, _ = line.split("\t")
    if "-" in start:
        last = datetime.date.fromisoformat(end) - datetime.timedelta(days=1)
        return f"{uid} {start} 00:00 {last} 00:00"
    times = [datetime.datetime.fromtimestamp(int(text), UTC).strftime("%Y-%m-%d %H:%M")
             for text in (start, end)]
    return f"{uid} {times[0]} {times[1]}"


def test_khal_shows_them_on_their_days():
    with Written() as written:
        run_khal(written.folder, "import", "--batch", written.path("collaboration.ics"))
        listed = run_khal(written.folder, "list", "--day-format", "", "--format",
                          "{uid} {start-long-full} {end-long-full}", "2025-01-01", "2031-01-01")
        shown = {line.strip() for line in listed.splitlines() if line.strip()}
        equal(shown, {to_khal(line) for line in written.expected("collaboration")}, "shown")


def run_node(package):
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Skip("node or npm is not there")
    with Written() as written:
        for name in NAMES:
            result = subprocess.run([node, SCRIPT, NODE_FOLDER, package, written.path(name + ".ics")],
                                    capture_output=True, text=True, timeout=240, check=False)
            if result.returncode == 77:
                raise Skip(result.stdout.strip())
            equal(result.returncode, 0, result.stdout + result.stderr[-2000:])
            equal(sorted(result.stdout.splitlines()), written.expected(name), name)


def test_ical_js_finds_the_events_of_the_plan():
    run_node("ical.js")


def test_node_ical_finds_the_events_of_the_plan():
    run_node("node-ical")


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
