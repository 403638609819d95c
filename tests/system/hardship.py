"""What the host does to the program, a disk that fails or is read-only, little memory, few
descriptors, another tzdata; and what others on the host may see of it.

Run as kill-loop.py is: strace fails the calls. Speaks TAP."""

import base64
import collections
import http.server
import os
import re
import shutil
import sys
import threading

from town import Skip, Tap, Town, equal

BUILD = sys.argv[1]
PERSONAL = ("Hemmelig-titel", "Hemmelig-tekst", "Hemmeligt-sted", "010170-1234")
SECRET = "canary-7f3a-9c1e"


def small_town():
    return Town(BUILD, publish="+8 months")


def settle(town):
    """What is in the calendars after two passes, which must work."""
    town.once()
    town.once()
    return town.everything()


def published():
    with small_town() as town:
        return settle(town)


def run_failing(town, call, nth):
    """A run in which the nth call of its kind fails; None when there are fewer."""
    log = town.path("calls")
    done = town.turnusd("--once", prefix=("strace", "-f", "-qq", "-o", log, "-e", f"trace={call}",
                                          "-e", f"inject={call}:error=EIO:when={nth}"))
    assert os.path.exists(log), f"strace cannot trace here: {done.stderr}"
    return done if "INJECTED" in open(log, encoding="utf-8", errors="replace").read() else None


def test_hazard_86_whatever_cannot_be_synced_ends_alike():
    if shutil.which("strace") is None:
        raise Skip("strace is not installed")
    expected = published()
    n_failed = 0
    for call in ("fsync", "fdatasync"):
        for nth in range(1, 100):
            with small_town() as town:
                done = run_failing(town, call, nth)
                if done is None:
                    break
                assert done.returncode in (0, 1, 3), f"{call} {nth}: {done.returncode} {done.stderr}"
                n_failed += done.returncode == 1
                equal(settle(town), expected, f"after {call} {nth} failed")
    assert n_failed > 20, n_failed


def test_hazard_87_a_read_only_disk_is_told_and_keeps_the_edit():
    with small_town() as town:
        town.once()
        town.edit(town.trip("esbjerg"), ("LOCATION:Esbjerg", "LOCATION:Ribe"))
        before = town.everything()
        probe = f'mount --bind "{town.folder}" "{town.folder}"; mount -o remount,ro,bind "{town.folder}"'
        said = town.turnusd("--once", prefix=(
            "unshare", "--mount", "sh", "-c", f'({probe}) || exit 77; exec "$@"', "sh"))
        if said.returncode == 77 or "unshare" in said.stderr:
            raise Skip("mounting needs more rights")
        equal(said.returncode, 1, said.stderr)
        assert "Read-only" in said.stderr or "readonly" in said.stderr, said.stderr
        equal(town.everything(), before)
        town.once()
        assert b"LOCATION:Ribe" in open(town.trip("aarhus"), "rb").read()


def test_hazard_88_a_bit_that_rots_in_the_state_changes_no_event():
    """Bits all over the file, one at a time; what is found is an error, what is not is harmless."""
    with small_town() as prepared:
        before = settle(prepared)
        data = open(prepared.path("state", "turnus.db"), "rb").read()
        codes = collections.Counter()
        for place in range(100, len(data), len(data) // 80):
            with prepared.copy() as town:
                with open(town.path("state", "turnus.db"), "r+b") as state:
                    state.seek(place)
                    state.write(bytes([data[place] ^ 1 << place % 8]))
                for _ in range(2):
                    codes[town.turnusd("--once").returncode] += 1
                equal(town.everything(), before, f"bit {place % 8} of byte {place}")
        assert set(codes) <= {0, 1, 3}, codes
        print(f"# ends: {dict(codes)}", flush=True)


def assert_survives(prefixes):
    """Runs that fail for want of something harm nothing."""
    expected = published()
    with small_town() as town:
        codes = [town.turnusd("--once", prefix=prefix).returncode for prefix in prefixes]
        failed = [code for code in codes if code not in (0, 3)]
        assert len(failed) > 2 and len(failed) < len(codes), codes
        equal(settle(town), expected, f"after runs that ended with {codes}")


def test_hazard_90_too_little_memory_harms_nothing():
    assert_survives([("prlimit", f"--as={mb << 20}") for mb in range(20, 400, 6)])


def test_hazard_91_too_few_descriptors_harm_nothing():
    assert_survives([("prlimit", f"--nofile={limit}") for limit in range(4, 40)])


def test_hazard_54_another_tzdata_moves_no_local_time():
    with Town(BUILD) as town:
        before = settle(town)
        timed = [name for name, text in before["esbjerg"].items() if b"DTSTART;TZID=" in text]
        assert timed, before["esbjerg"]
        zones = town.path("zoneinfo")
        shutil.copytree("/usr/share/zoneinfo", zones, symlinks=True)
        os.unlink(os.path.join(zones, "Europe", "Copenhagen"))
        equal(town.turnusd("--once", env={"TZDIR": zones}).returncode, 2, "other tzdata is not read")
        shutil.copy(os.path.join(zones, "Africa", "Lagos"), os.path.join(zones, "Europe", "Copenhagen"))
        for _ in range(2):
            town.once(env={"TZDIR": zones})
        equal(town.everything(), before)


def test_hazard_112_no_text_of_a_person_is_logged():
    with Town(BUILD) as town:
        town.once()
        for calendar in ("esbjerg", "aarhus"):
            town.edit(town.trip(calendar), ("SUMMARY:Studietur 2027: ", f"SUMMARY:{PERSONAL[0]}: "),
                      ("DESCRIPTION:", f"DESCRIPTION:{PERSONAL[1]} {PERSONAL[3]}\\n"),
                      ("LOCATION:Esbjerg", f"LOCATION:{PERSONAL[2]}"))
        with open(town.path("calendars", "aarhus", "broken.ics"), "w", encoding="utf-8") as item:
            item.write("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:never\r\n"
                       f"SUMMARY:{PERSONAL[0]}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        said = "".join(town.once(env={"G_MESSAGES_DEBUG": "all"}).stderr for _ in range(3))
        assert "esbjerg" in said and "aarhus" in said, said
        equal([word for word in PERSONAL if word in said], [], said)


class Login(http.server.BaseHTTPRequestHandler):
    """Remembers that somebody logged in, and has no calendar."""

    def do_PROPFIND(self):
        self.server.logins.add(self.headers.get("Authorization"))
        self.send_error(500)

    do_REPORT = do_GET = do_PROPFIND

    def log_message(self, *unused):
        pass


def test_hazard_103_a_secret_stands_where_nobody_else_reads():
    with Town(BUILD) as town, http.server.HTTPServer(("127.0.0.1", 0), Login) as server:
        server.logins = set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with open(os.open(town.path("secret"), os.O_CREAT | os.O_WRONLY, 0o600), "w") as secret:
            secret.write(SECRET)
        with open(town.path("turnus.conf"), encoding="utf-8") as file:
            settings = file.read()
        with open(town.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(settings.replace("calendars = (\n", (
                'calendars = (\n  { id = "dav"; provider = "caldav"; council = "randers"; '
                f'url = "http://127.0.0.1:{server.server_port}/dav/"; user = "turnus"; '
                'password = { file = "secret"; }; mode = "write"; },\n'), 1))
        town.start().close()
        town.turnusctl("sync", codes=(1, 3))
        process = f"/proc/{town.daemon.pid}"
        login = base64.b64encode(f"turnus:{SECRET}".encode()).decode()
        assert f"Basic {login}" in server.logins, server.logins
        seen = [f"{process}/cmdline", f"{process}/environ", town.path("log")]
        seen += [town.path("state", name) for name in os.listdir(town.path("state"))
                 if name != "control"]
        for path in seen:
            content = open(path, "rb").read()
            assert SECRET.encode() not in content and login.encode() not in content, path
        limits = open(f"{process}/limits", encoding="ascii").read()
        assert re.search(r"Max core file size +0 +0 ", limits), limits
        server.shutdown()


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
