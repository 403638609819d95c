"""A folder with settings, charter and file calendars, and the real programs run on it.

The system tests are scripts that print TAP; each gets the build folder as its first argument.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

COUNCILS = ["odense", "esbjerg", "aarhus"]
CALENDARS = COUNCILS + ["faelles"]
TODAY = "2026-11-22"


class Skip(Exception):
    """This test cannot run here, and why."""


class Tap:
    """Counts and prints tests; `run` takes functions whose names are sentences."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def run(self, tests):
        for test in tests:
            self.count += 1
            name = test.__name__.removeprefix("test_").replace("_", "-")
            try:
                test()
                print(f"ok {self.count} {name}", flush=True)
            except Skip as reason:
                print(f"ok {self.count} {name} # SKIP {reason}", flush=True)
            except Exception as problem:  # every way to fail is a failed test
                self.failed += 1
                print(f"not ok {self.count} {name}", flush=True)
                for line in f"{type(problem).__name__}: {problem}".splitlines():
                    print(f"# {line}", flush=True)
        print(f"1..{self.count}", flush=True)
        sys.exit(1 if self.failed else 0)


def skip(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


class Town:
    def __init__(self, build, layout="vdir", mode="write", publish="+3 years", folder=None):
        self.build = os.path.abspath(build)
        self.source = os.environ["TURNUS_SOURCE"]
        self.folder = folder or tempfile.mkdtemp(prefix="turnus-town-")
        self.layout = layout
        self.today = TODAY
        self.daemon = None
        if folder is None:
            self.write_settings(mode, publish)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write_settings(self, mode, publish, council="odense"):
        os.umask(0o022)
        for kind in ("charters", "holidays"):
            if not os.path.exists(self.path(kind)):
                shutil.copytree(os.path.join(self.source, "conf", kind), self.path(kind))
        lines = []
        for calendar in CALENDARS:
            owner = "shared = true;" if calendar == "faelles" else f'council = "{calendar}";'
            ending = ".ics" if self.layout == "file" else ""
            lines.append(
                f'  {{ id = "{calendar}"; provider = "file"; layout = "{self.layout}"; '
                f'path = "calendars/{calendar}{ending}"; {owner} mode = "{mode}"; }}')
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as settings:
            settings.write(
                f'council = "{council}";\ncharters = [ "charters/7by.conf" ];\n'
                f'publish = {{ from = "-1 year"; to = "{publish}"; }};\n'
                "calendars = (\n" + ",\n".join(lines) + "\n);\n"
                f'state = "state";\nsocket = "state/control";\n'
                f'plugins = "{self.build}/plugins";\n')
        os.makedirs(self.path("calendars"), exist_ok=True)
        os.makedirs(self.path("state"), mode=0o700, exist_ok=True)

    def copy(self):
        """The same town in another place, as it stands; for trying what happens next."""
        folder = tempfile.mkdtemp(prefix="turnus-town-")
        shutil.rmtree(folder)
        shutil.copytree(self.folder, folder, symlinks=True)
        return Town(self.build, self.layout, folder=folder)

    # -- programs

    def turnusd(self, *arguments, env=None, prefix=()):
        command = [*prefix, f"{self.build}/daemon/turnusd", "--config", self.path("turnus.conf"),
                   "--today", self.today, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120,
                              env=dict(os.environ, **(env or {})), check=False)

    def once(self, *arguments, codes=(0, 3), **more):
        result = self.turnusd("--once", *arguments, **more)
        if result.returncode not in codes:
            raise AssertionError(f"turnusd --once: {result.returncode}\n{result.stderr}")
        return result

    def turnusctl(self, *arguments, codes=(0,)):
        command = [f"{self.build}/daemon/ctl/turnusctl", "--config", self.path("turnus.conf"),
                   *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if codes is not None and result.returncode not in codes:
            raise AssertionError(f"turnusctl {arguments}: {result.returncode}\n{result.stdout}"
                                 f"{result.stderr}")
        return result

    def start(self):
        """The daemon in the background; returns once it says that it is ready."""
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = self.path("notify")
        if os.path.exists(path):
            os.unlink(path)
        notify.bind(path)
        notify.settimeout(60)
        self.daemon = subprocess.Popen(
            [f"{self.build}/daemon/turnusd", "--config", self.path("turnus.conf"), "--today",
             self.today],
            stderr=open(self.path("log"), "ab"), env=dict(os.environ, NOTIFY_SOCKET=path))
        while b"READY=1" not in notify.recv(4096):
            pass
        return notify

    def stop(self):
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(timeout=30)
            self.daemon = None

    # -- calendars

    def items(self, calendar):
        """Names and bytes of a folder calendar's events."""
        folder = self.path("calendars", calendar)
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        return {name: open(os.path.join(folder, name), "rb").read()
                for name in names if name.endswith(".ics") and not name.startswith(".")}

    def everything(self):
        return {calendar: self.items(calendar) for calendar in CALENDARS}

    def marks(self):
        """Inode and time of each event: what a pass that writes nothing leaves alone."""
        marks = {}
        for calendar in CALENDARS:
            for name in self.items(calendar):
                status = os.stat(self.path("calendars", calendar, name))
                marks[calendar, name] = (status.st_ino, status.st_mtime_ns)
        return marks

    def find(self, calendar, *words):
        """The one event that has all the words in its unfolded text."""
        found = [name for name, data in self.items(calendar).items()
                 if all(word in unfold(data) for word in words)]
        assert len(found) == 1, f"{len(found)} events in {calendar} with {words}"
        return self.path("calendars", calendar, found[0])

    def trip(self, calendar):
        return self.find(calendar, "SUMMARY:Studietur 2027: ")

    def day(self, calendar):
        text = unfold(open(self.trip(calendar), "rb").read())
        return re.search(r"DTSTART;VALUE=DATE:(\d+)", text).group(1)

    def edit(self, path, *pairs):
        data = open(path, "rb").read()
        for old, new in pairs:
            assert old.encode() in data, f"{old} is not in {path}"
            data = data.replace(old.encode(), new.encode(), 1)
        with open(path, "wb") as item:
            item.write(data)

    def move_trip(self, calendar, day):
        old = self.day(calendar)
        self.edit(self.trip(calendar), (f"DTSTART;VALUE=DATE:{old}", f"DTSTART;VALUE=DATE:{day}"),
                  (f"DTEND;VALUE=DATE:{int(old) + 1}", f"DTEND;VALUE=DATE:{int(day) + 1}"))


def unfold(data):
    return data.decode().replace("\r\n ", "").replace("\r\n", "\n")


def equal(got, expected, what=""):
    assert got == expected, f"{what}: {got!r} is not {expected!r}"


def wait_for(condition):
    end = time.monotonic() + 60  # an alarm, no expectation of speed
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)
