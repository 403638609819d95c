"""What 1,000 managed events in Exchange cost, by EWS and behind Graph: published, and found unchanged
by the daemon that wrote them and by one that begins anew; requests, how many of them and of what in
them write, bytes both ways, peak memory and CPU time of turnusd.

Prints a table and judges nothing; run it with `meson test --benchmark` in a release build.
"""

import json
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "system"), os.path.join(HERE, "..", "servers")]
import ews_office  # noqa: E402
import graph_office  # noqa: E402
from link_relay import LinkRelay  # noqa: E402
from town import Town  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
N_SERIES = 84  # each monthly for a year: 1,008 events
SERIES = ('{{ id = "s{0}"; kind = "meeting"; title = "Møde {0} {{cycle}}"; every = "month"; '
          'first = "2026-01"; length = "1 day"; '
          'roles = ( {{ role = "host"; council = "odense"; }} ); }}')
CHARTER = ('collaboration = {{ id = "stor-{0}"; name = "Stor"; edition = 1; language = "da"; '
           'timezone = "Europe/Copenhagen"; holidays = []; '
           'councils = ( {{ id = "odense"; name = "Odense"; from = "2005"; }} ); '
           'series = ( {1} ); }};\n')
WRITES = re.compile(rb"<m:(?:CreateItem|UpdateItem|DeleteItem)\b")
ITEMS = re.compile(rb"<t:(?:CalendarItem|ItemChange|ItemId)\b")
WAYS = {
    "EWS": (ews_office, 'protocol = "ews"; url = "http://127.0.0.1:%d/EWS/Exchange.asmx"; '
                        f'user = "{ews_office.USER}"; password = {{ file = "secret"; }};',
            ews_office.PASSWORD),
    "Graph": (graph_office, 'protocol = "graph"; url = "http://127.0.0.1:%d/v1.0"; '
                            f'mailbox = "{graph_office.MAILBOX}"; auth = "bearer"; '
                            'token = { file = "secret"; };', graph_office.TOKEN)}
COLUMNS = "{:<6} {:<24} {:>9} {:>7} {:>7} {:>9} {:>9} {:>7} {:>7} {:>9}"


def write_town(town, options, secret):
    names = []
    for number in range(2):
        names.append(f'"charters/stor-{number}.conf"')
        with open(town.path("charters", f"stor-{number}.conf"), "w", encoding="utf-8") as charter:
            charter.write(CHARTER.format(number, ",\n".join(map(SERIES.format,
                                                               range(N_SERIES // 2)))))
    with open(town.path("secret"), "w", opener=ews_office.open_private, encoding="utf-8") as file:
        file.write(secret + "\n")
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as settings:
        settings.write(
            f'council = "odense"; charters = [ {", ".join(names)} ];\n'
            'publish = { from = "0 days"; to = "+364 days"; };\n'
            f'calendars = ( {{ id = "odense"; provider = "exchange"; {options} '
            'council = "odense"; mode = "write"; } );\n'
            f'state = "state"; socket = "state/control"; plugins = "{BUILD}/plugins";\n')


def read_usage(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        peak = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        ticks = file.read().rsplit(")", 1)[1].split()
    return peak, (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def count_parts(request):
    """How many things one request asks for, and how many of them it writes."""
    if request.target.endswith("$batch"):
        methods = [part["method"] for part in json.loads(request.body)["requests"]]
        return len(methods), sum(method != "GET" for method in methods)
    if request.target.endswith(".asmx"):
        n_items = len(ITEMS.findall(request.body)) or 1  # a search, a listing
        return n_items, n_items if WRITES.search(request.body) else 0
    return 1, 0 if request.method == "GET" else 1


def measure(town, relay, name, what, work):
    """One line of the table. The memory of the daemon is its highest since it was started or since
    the last line."""
    if town.daemon is not None:
        with open(f"/proc/{town.daemon.pid}/clear_refs", "w", encoding="ascii") as peak:
            peak.write("5")
    before = read_usage(town.daemon.pid)[1] if town.daemon is not None else 0.0
    start = time.monotonic()
    work()
    wall = time.monotonic() - start
    peak, cpu = read_usage(town.daemon.pid)
    requests = relay.take()
    parts = [count_parts(request) for request in requests]
    print(COLUMNS.format(
        name, what, len(requests), sum(part[0] for part in parts), sum(part[1] for part in parts),
        f"{sum(request.n_in for request in requests) / 1024:.0f} kB",
        f"{sum(request.n_out for request in requests) / 1024:.0f} kB",
        f"{cpu - before:.2f} s", f"{wall:.1f} s", f"{peak:.1f} MB"), flush=True)


def measure_way(name):
    module, options, secret = WAYS[name]
    with module.Office(BUILD) as office:
        relay = LinkRelay(office.port)
        with Town(BUILD) as town:
            write_town(town, options % relay.port, secret)

            def sync():
                if town.daemon is None:
                    town.start()
                town.turnusctl("sync", codes=(0, 3))

            measure(town, relay, name, "first push", sync)
            measure(town, relay, name, "unchanged", sync)
            town.stop()
            measure(town, relay, name, "unchanged, restarted", sync)
        relay.close()


print(COLUMNS.format("", f"{N_SERIES * 12} events", "requests", "things", "writes", "sent", "received",
                     "CPU", "wall", "peak RSS"))
for way in WAYS:
    measure_way(way)
