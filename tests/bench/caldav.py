"""What a first push, a pass with nothing new and ten changes cost on a real CalDAV server: turnus
beside a bare curl that puts the same files, and beside vdirsyncer.

    tests/servers/with-server NAME python3 tests/bench/caldav.py BUILD [--events N] [--runs N]

Prints figures and judges nothing; not part of the CI. Wants a release build and a quiet machine;
says how busy it was.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))
from server_town import HERE, SERVER, Server  # noqa: E402  first: says where the relay is
from relay import Relay  # noqa: E402

TODAY = "2026-11-22"
MONTHS = 12
PER_MONTH = 3  # an occurrence and its two milestones
SERIES = """{{ id = "s{0}"; kind = "meeting"; title = "Møde {0} {{cycle}}"; every = "month";
  first = "2026-12"; weekdays = [ "{1}" ]; time = "10:00-12:00";
  roles = ( {{ role = "host"; council = "odense"; }} );
  milestones = ( {{ id = "a"; title = "Indkald {0} {{cycle}}"; before = "2 weeks"; by = "host"; }},
                 {{ id = "b"; title = "Referat {0} {{cycle}}"; after = "1 week"; by = "host"; }} ); }}"""
PER_CHARTER = 60  # series: a charter has 64 KiB at most
CHARTER = """collaboration = {{ id = "bench-{0}"; name = "Bench"; edition = 1; language = "da";
  timezone = "Europe/Copenhagen";
  councils = ( {{ id = "odense"; name = "Odense"; from = "2005"; }} );
  series = ( {1} ); }};
"""
SETTINGS = """council = "odense"; charters = [ {charters} ];
publish = {{ from = "-1 month"; to = "+13 months"; }};
calendars = ( {{ id = "egen"; council = "odense"; mode = "write"; milestones = true;
  brake = {{ removals = 50; percent = 90; }}; {place} }} );
state = "state"; socket = "state/control"; plugins = "{build}/plugins";
"""
VDIRSYNCER = """[general]
status_path = "{folder}/status/"
[pair ours]
a = "here"
b = "there"
collections = null
[storage here]
type = "filesystem"
path = "{vdir}"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{url}"
username = "{user}"
password.fetch = ["command", "cat", "{secret}"]
"""


class Cost:
    """Of one program that ran to its end. Told by time(1): what this program itself occupies would
    count as its child's peak else."""

    def __init__(self, words, folder, said="", codes=(0,)):
        figures = os.path.join(folder, "figures")
        began = time.monotonic()
        done = subprocess.run(["/usr/bin/time", "-o", figures, "-f", "%U %S %M", *words],
                              input=said, capture_output=True, text=True, check=False,
                              env=dict(os.environ, HOME=folder))
        self.wall_s = time.monotonic() - began
        self.code, self.passes = done.returncode, 1
        if done.returncode not in codes:
            raise SystemExit(f"{words[0]} ended with {done.returncode}:\n{done.stdout[-1000:]}"
                             f"{done.stderr[-1000:]}")
        with open(figures, encoding="ascii") as file:
            user_s, system_s, peak_kb = (float(word) for word in file.readlines()[-1].split())
        self.cpu_s = user_s + system_s
        self.rss_mb = peak_kb / 1024

    def add(self, other):
        self.wall_s += other.wall_s
        self.cpu_s += other.cpu_s
        self.rss_mb = max(self.rss_mb, other.rss_mb)
        self.code, self.passes = other.code, self.passes + 1


class Bench:
    def __init__(self, build, n_events, folder):
        self.build, self.folder = os.path.abspath(build), folder
        self.server = Server()
        self.secret = self.path("secret")
        with open(os.open(self.secret, os.O_WRONLY | os.O_CREAT, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(self.server.password)
        days = ("mon", "tue", "wed", "thu", "fri")
        n_series = -(-n_events // (MONTHS * PER_MONTH))
        self.charters = []
        for first in range(0, n_series, PER_CHARTER):
            self.charters.append(f"bench-{len(self.charters)}.conf")
            series = ",\n".join(SERIES.format(i, days[i % 5])
                                for i in range(first, min(first + PER_CHARTER, n_series)))
            self.write(self.charters[-1], CHARTER.format(first, series))
        self.files = self.make_files()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def turnusd(self, place, name):
        """A pass with the state of that name; returns its cost."""
        config = f"{name}.conf"
        charters = ", ".join(f'"{charter}"' for charter in self.charters)
        self.write(config, SETTINGS.format(place=place, build=self.build, charters=charters).replace(
            '"state', f'"state-{name}'))
        os.makedirs(self.path(f"state-{name}"), mode=0o700, exist_ok=True)
        words = [f"{self.build}/daemon/turnusd", "--config", self.path(config), "--today", TODAY,
                 "--once"]
        cost = Cost(words, self.folder, codes=(0, 1))
        while cost.code == 1 and cost.passes < 20:  # SabreDAV on SQLite: 500 when it is busy
            cost.add(Cost(words, self.folder, codes=(0, 1)))
        return cost

    def make_files(self):
        """The same events as files: what curl and vdirsyncer put."""
        self.turnusd('provider = "file"; layout = "vdir"; path = "vdir";', "files")
        return sorted(name for name in os.listdir(self.path("vdir")) if name.endswith(".ics"))

    def place(self, url):
        return (f'provider = "caldav"; url = "{url}"; user = "{self.server.user}"; '
                'password = { file = "secret"; };')

    def push_with_turnus(self, url, name):
        return self.turnusd(self.place(url), name)

    def push_with_curl(self, url, parallel):
        lines = [f'user = "{self.server.user}:{self.server.password}"', "silent", "fail-early",
                 'header = "Expect:"',  # else it waits for leave, with Radicale a second each time
                 'header = "If-None-Match: *"', 'header = "Content-Type: text/calendar"']
        lines += ["parallel", f"parallel-max = {parallel}"] if parallel > 1 else []
        for name in self.files:
            lines += [f'url = "{url}{name}"', f'upload-file = "{self.path("vdir", name)}"',
                      'output = "/dev/null"']
        self.write("curl", "\n".join(lines))
        return Cost(["curl", "-K", self.path("curl")], self.folder)

    def push_with_vdirsyncer(self, url, name):
        os.makedirs(self.path(name), exist_ok=True)
        self.write(f"{name}/config", VDIRSYNCER.format(
            folder=self.path(name), vdir=self.path("vdir"), url=url, user=self.server.user,
            secret=self.secret))
        config = self.path(name, "config")
        Cost(["vdirsyncer", "-c", config, "discover"], self.folder, said="y\ny\n")
        return Cost(["vdirsyncer", "-c", config, "sync"], self.folder)


def show(name, costs):
    median = [statistics.median(getattr(cost, what) for cost in costs)
              for what in ("wall_s", "cpu_s", "rss_mb")]
    more = max(cost.passes for cost in costs)
    print(f"  {name:<24} {median[0]:8.2f} s wall {median[1]:7.2f} s CPU {median[2]:6.1f} MB"
          f"{f' in {more} passes' if more > 1 else ''}", flush=True)
    return median


def push(bench, port, runs, title):
    """Everybody into a calendar of their own, in turns, so that all meet the same machine."""
    print(f"{title}: first push of {len(bench.files)} events, median of {runs}", flush=True)
    ways = {f"curl, {n} at once": lambda url, run, n=n: bench.push_with_curl(url, n)
            for n in (1, 4, 16)}
    ways["turnus"] = lambda url, run: bench.push_with_turnus(url, f"push-{port}-{run}")
    ways["vdirsyncer"] = lambda url, run: bench.push_with_vdirsyncer(url, f"vdirsyncer-{port}-{run}")
    costs = {name: [] for name in ways}
    for run in range(runs):
        for name, way in ways.items():
            path = bench.server.make_calendar()
            costs[name].append(way(f"http://127.0.0.1:{port}{path}", run))
            found = len(bench.server.names(path))
            if found != len(bench.files):  # SabreDAV on SQLite refuses some of 16 at once
                print(f"  {name}: only {found} events arrived", flush=True)
            bench.server.must("DELETE", path)
    medians = {name: show(name, found) for name, found in costs.items()}
    best = min(medians[name][0] for name in medians if name.startswith("curl"))
    ours, theirs = medians["turnus"], medians["vdirsyncer"]
    print(f"  turnus: {ours[0] / best:.2f} x the best curl's wall, {theirs[0] / ours[0]:.1f} x "
          f"faster than vdirsyncer, {ours[1] / theirs[1]:.2f} of its CPU", flush=True)


def summary(requests):
    kinds = {}
    for one in requests:
        kinds[one.method] = kinds.get(one.method, 0) + 1
    return (f"{len(requests)} requests ({', '.join(f'{n} {kind}' for kind, n in kinds.items())}), "
            f"{sum(one.n_in for one in requests)} bytes sent, "
            f"{sum(one.n_out for one in requests)} received")


def count(bench):
    """What passes ask of the server: nothing new, then ten changes there, then ten of ours."""
    relay = Relay(bench.server.port)
    path = bench.server.make_calendar()
    url = f"http://127.0.0.1:{relay.port}{path}"
    for title in ("first push", "the pass after it", "nothing new"):
        cost = bench.push_with_turnus(url, "count")
        print(f"  {title}: {summary(relay.take())}; {cost.wall_s:.2f} s, {cost.rss_mb:.1f} MB",
              flush=True)
    for name in bench.server.names(path)[:10]:
        headers, body = bench.server.must("GET", path + name)
        body = body.replace(b"SEQUENCE:0", b"SEQUENCE:0\r\nX-ROOM:12")
        bench.server.must("PUT", path + name, body, If_Match=headers["ETag"],
                          Content_Type="text/calendar; charset=utf-8")
    cost = bench.push_with_turnus(url, "count")
    print(f"  ten changes there: {summary(relay.take())}; {cost.wall_s:.2f} s", flush=True)
    with open(bench.path(bench.charters[0]), encoding="utf-8") as file:
        charter = file.read()
    bench.write(bench.charters[0], charter.replace('"Referat 0 ', '"Notat 0 ').replace(
        "edition = 1", "edition = 2"))
    for title in ("a milestone of another name", "the pass after it"):
        cost = bench.push_with_turnus(url, "count")
        print(f"  {title}: {summary(relay.take())}; {cost.wall_s:.2f} s", flush=True)
    bench.server.must("DELETE", path)
    relay.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--delay", type=float, default=20, help="ms of round trip; 0: none")
    parser.add_argument("--delay-runs", type=int, default=1)
    parser.add_argument("--only-count", action="store_true")
    words = parser.parse_args()
    assert SERVER, "run by tests/servers/with-server"
    with tempfile.TemporaryDirectory(prefix="turnus-bench-") as folder:
        bench = Bench(words.build, words.events, folder)
        print(f"{SERVER}, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load "
              f"{os.getloadavg()[0]:.0f}; requests of turnus:", flush=True)
        count(bench)
        if words.only_count:
            return
        if words.runs > 0:
            push(bench, bench.server.port, words.runs, "loopback")
        if words.delay > 0:
            port = 20000 + os.getpid() % 20000
            proxy = subprocess.Popen([sys.executable, os.path.join(
                HERE, "..", "servers", "delayproxy.py"), str(port), str(bench.server.port),
                str(words.delay / 2)])
            time.sleep(1)
            push(bench, port, words.delay_runs, f"{words.delay:.0f} ms of round trip")
            proxy.terminate()
            proxy.wait()


main()
