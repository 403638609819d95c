"""What managed events cost the daemon: 1,000 and 10,000 of them in one folder, published, found
unchanged, and with ten edits; wall and CPU time, peak memory and the longest turn of the main loop.

Prints figures and judges nothing; run it with `meson test --benchmark` in a release build.
"""

import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))
from town import Town  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
SERIES = ('{{ id = "s{0}"; kind = "meeting"; title = "Møde {0} {{cycle}}"; every = "month"; '
          'first = "2026-01"; length = "1 day"; '
          'roles = ( {{ role = "host"; council = "odense"; }} ); }}')
CHARTER = ('collaboration = {{ id = "stor-{0}"; name = "Stor"; edition = 1; language = "da"; '
           'timezone = "Europe/Copenhagen"; holidays = []; '
           'councils = ( {{ id = "odense"; name = "Odense"; from = "2005"; }} ); '
           'series = ( {1} ); }};\n')


def write_town(town, n_charters, n_series):
    names = []
    for number in range(n_charters):
        names.append(f'"charters/stor-{number}.conf"')
        with open(town.path("charters", f"stor-{number}.conf"), "w", encoding="utf-8") as charter:
            charter.write(CHARTER.format(number, ",\n".join(map(SERIES.format, range(n_series)))))
    with open(town.path("turnus.conf"), "w", encoding="utf-8") as settings:
        settings.write(
            f'council = "odense"; charters = [ {", ".join(names)} ];\n'
            'publish = { from = "0 days"; to = "+364 days"; };\n'
            'calendars = ( { id = "odense"; provider = "file"; path = "calendars/odense"; '
            'council = "odense"; mode = "write"; } );\n'
            f'state = "state"; socket = "state/control"; plugins = "{BUILD}/plugins";\n')


def read_usage(pid):
    text = open(f"/proc/{pid}/status", encoding="ascii").read()
    ticks = open(f"/proc/{pid}/stat", encoding="ascii").read().rsplit(")", 1)[1].split()
    cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return int(re.search(r"VmHWM:\s+(\d+)", text).group(1)) / 1024, cpu


def measure(town, what, work):
    pid = town.daemon.pid
    with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as peak:
        peak.write("5")
    log = os.path.getsize(town.path("log"))
    cpu_before = read_usage(pid)[1]
    start = time.monotonic()
    work()
    wall = time.monotonic() - start
    peak, cpu = read_usage(pid)
    with open(town.path("log"), encoding="utf-8") as text:
        text.seek(log)
        stalls = [int(ms) for ms in re.findall(r"nothing else could happen for (\d+) ms",
                                               text.read())]
    longest = f"{max(stalls)} ms" if stalls else "below 100 ms"
    print(f"{what}: {wall:.2f} s wall, {cpu - cpu_before:.2f} s CPU, peak RSS {peak:.1f} MB, "
          f"longest turn {longest}", flush=True)


def edit_ten(town):
    folder = town.path("calendars", "odense")
    for name in sorted(os.listdir(folder))[100:110]:
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as item:
            text = item.read()
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as item:
            item.write(text.replace("STATUS:TENTATIVE", "STATUS:CONFIRMED"))


def measure_town(n_charters, n_series):
    with Town(BUILD) as town:
        write_town(town, n_charters, n_series)
        town.start()
        sync = lambda: town.turnusctl("sync", codes=(0, 3))
        measure(town, "start and first push", sync)
        items = len(os.listdir(town.path("calendars", "odense"))) - 1
        print(f"{items} events")
        measure(town, "unchanged", sync)
        edit_ten(town)
        measure(town, "ten edits", sync)
        town.stop()
        town.start()
        measure(town, "after a restart, unchanged", sync)


measure_town(2, 42)
measure_town(17, 50)
