#!/usr/bin/env python3
"""Writes what Python's zoneinfo, an independent reader of tzdata, says about every zone, and has a
program compare: zones.py PROGRAM. Two hours around each change of 1970 to 2037 on both sides, and
noon on the first of each month. fold=0 is the rule of RFC 5545 section 3.3.5: the first of two equal
times, the offset before a gap (hazards 47, 48)."""
import datetime
import os
import struct
import subprocess
import sys
import tempfile

try:
    import zoneinfo
except ImportError:
    print("1..0 # SKIP python3 is older than 3.9")
    sys.exit(0)

EPOCH = datetime.datetime(1970, 1, 1)
UTC = datetime.timezone.utc
END = int((datetime.datetime(2037, 12, 31) - EPOCH).total_seconds())
STEPS = [-7200, -5400, -3600, -1800, -1, 0, 1, 1800, 3600, 5400, 7199]


def find_file(name):
    for folder in zoneinfo.TZPATH:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    return None


def list_changes(content):
    """Moments of change from a TZif file, version 2 or later (RFC 9636): only where to look."""
    sizes = struct.unpack(">6l", content[20:44])
    isutc, isstd, leap, times, types, chars = sizes
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isutc
    times = struct.unpack(">6l", content[second + 20:second + 44])[3]
    start = second + 44
    moments = struct.unpack(">%dq" % times, content[start:start + 8 * times])
    return [moment for moment in moments if 0 <= moment <= END]


def write_local(out, name, zone, wall_s):
    local = EPOCH + datetime.timedelta(seconds=wall_s)
    offset = local.replace(tzinfo=zone).utcoffset()
    out.write("L\t%s\t%d\t%d\n" % (name, wall_s, wall_s - int(offset.total_seconds())))


def write_utc(out, name, zone, utc_s):
    local = (EPOCH + datetime.timedelta(seconds=utc_s)).replace(tzinfo=UTC).astimezone(zone)
    out.write("U\t%s\t%d\t%d\n" % (name, utc_s, utc_s + int(local.utcoffset().total_seconds())))


def offset_at(zone, utc_s):
    moment = (EPOCH + datetime.timedelta(seconds=utc_s)).replace(tzinfo=UTC)
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def write_zone(out, name, content):
    zone = zoneinfo.ZoneInfo(name)
    for moment in list_changes(content):
        for offset in {offset_at(zone, moment - 1), offset_at(zone, moment)}:
            for step in STEPS:
                write_local(out, name, zone, moment + offset + step)
        for step in STEPS:
            write_utc(out, name, zone, moment + step)
    for year in range(1970, 2038):
        for month in range(1, 13):
            noon = int((datetime.datetime(year, month, 1, 12) - EPOCH).total_seconds())
            write_local(out, name, zone, noon)


def main(program):
    seen = set()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as out:
        for name in sorted(zoneinfo.available_timezones()):
            path = find_file(name)
            if path is None:
                continue
            with open(path, "rb") as file:
                content = file.read()
            if content in seen or content[4:5] < b"2":  # another name of the same zone
                continue
            seen.add(content)
            write_zone(out, name, content)
        out.flush()
        environment = dict(os.environ, TURNUS_ZONES=out.name)
        sys.exit(subprocess.call([program], env=environment))


if __name__ == "__main__":
    main(sys.argv[1])
