#!/usr/bin/env python3
"""turnusd as people run it, on folders of files: turnusd.py TURNUSD TURNUSCTL PLUGINS SOURCE

Speaks TAP. Each test has a folder of its own with the 7-by charter, a calendar for each of three
councils and a shared one; the day stands still at 2026-11-22.
"""
import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TURNUSD, TURNUSCTL, PLUGINS, SOURCE = map(os.path.abspath, sys.argv[1:5])
TODAY = "2026-11-22"
COUNCILS = ("odense", "esbjerg", "aarhus")
PATIENCE_S = 30  # an alarm, no expectation of speed


class Skip(Exception):
    pass


class Town:
    """A folder with settings, charters and calendars."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(os.path.join(SOURCE, "conf", "charters"), self.path("charters"))
        shutil.copytree(os.path.join(SOURCE, "conf", "holidays"), self.path("holidays"))
        self.write_settings()

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write_settings(self, more="", council="odense"):
        calendars = ['{ id = "%s"; provider = "file"; path = "out/%s"; council = "%s"; mode = "write"; }'
                     % (name, name, name) for name in COUNCILS]
        calendars.append('{ id = "faelles"; provider = "file"; path = "out/faelles"; shared = true;'
                         ' mode = "write"; }')
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write('council = "%s";\ncharters = [ "charters/7by.conf" ];\n' % council)
            file.write('publish = { from = "-1 year"; to = "+3 years"; };\n')
            file.write('state = "state";\nsocket = "run/control";\n')
            file.write("calendars = (\n  %s\n);\n" % ",\n  ".join(calendars + ([more] if more else [])))

    def environment(self, **more):
        return dict(os.environ, TURNUS_PLUGINS=PLUGINS, TZ="UTC", **more)

    def words(self, *more):
        return [TURNUSD, "--config", self.path("turnus.conf"), "--today", TODAY, *more]

    def once(self):
        return subprocess.run(self.words("--once"), env=self.environment(), capture_output=True,
                              text=True, timeout=PATIENCE_S, check=False)

    def ask(self, *words):
        return subprocess.run([TURNUSCTL, *words, "--config", self.path("turnus.conf")],
                              env=self.environment(), capture_output=True, text=True,
                              timeout=PATIENCE_S, check=False)

    def settle(self):
        """Until the daemon answers and the calendars agree with the plan."""
        await_true(lambda: self.ask("sync").returncode == 0)

    def status(self):
        return json.loads(self.ask("status", "--json").stdout)

    @contextlib.contextmanager
    def daemon(self, **more):
        """Runs it until the end of the block; what it says is in run.log."""
        with open(self.path("run.log"), "a", encoding="utf-8") as log:
            process = subprocess.Popen(self.words(), env=self.environment(**more), stdout=log,
                                       stderr=log)
        try:
            await_true(lambda: os.path.exists(self.path("run", "control")) or process.poll() is not None)
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(PATIENCE_S)

    def log(self):
        with open(self.path("run.log"), encoding="utf-8") as log:
            return log.read()

    def files(self):
        """Each file of the calendars with what tells whether it was written."""
        found = {}
        for folder, _, names in os.walk(self.path("out")):
            for name in names:
                status = os.stat(os.path.join(folder, name))
                found[os.path.join(folder, name)] = (status.st_mtime_ns, status.st_ino, status.st_size)
        return found

    def find(self, calendar, words):
        """The one file of the calendar in which these words stand."""
        found = []
        for name in sorted(os.listdir(self.path("out", calendar))):
            if name.endswith(".ics"):
                with open(self.path("out", calendar, name), encoding="utf-8", newline="") as file:
                    if words in file.read():
                        found.append(self.path("out", calendar, name))
        assert len(found) == 1, (calendar, words, found)
        return found[0]

    def show(self, calendar, words):
        with open(self.find(calendar, words), encoding="utf-8", newline="") as file:
            return file.read()

    def edit(self, calendar, words, *pairs):
        """As a calendar program does: a new file in the place of the old one."""
        path = self.find(calendar, words)
        text = self.show(calendar, words)
        for old, new in pairs:
            assert old in text, (old, text)
            text = text.replace(old, new)
        with open(path + ".tmp", "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.rename(path + ".tmp", path)

    def break_charter(self):
        self.change_charter("every = \"year\"", "every = \"fortnigth\"")

    def change_charter(self, old, new):
        path = self.path("charters", "7by.conf")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert old in text, old
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))


TRIP = "SUMMARY:Studietur 2027: Esbjerg"


def await_true(condition):
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_publishes_and_a_second_run_writes_nothing(town):
    first = town.once()
    assert first.returncode == 0, first
    before = town.files()
    assert len(before) > 30
    assert "DTSTART;VALUE=DATE:20270518" in town.show("aarhus", TRIP)

    second = town.once()
    assert second.returncode == 0, second
    assert town.files() == before


def test_bad_settings_end_with_2_and_all_that_is_wrong(town):
    town.break_charter()
    for words in (("--once",), ("--check",), ()):
        said = subprocess.run(town.words(*words), env=town.environment(), capture_output=True,
                              text=True, timeout=PATIENCE_S, check=False)
        assert said.returncode == 2, said
        assert "7by.conf:" in said.stderr and "fortnigth" in said.stderr, said.stderr
    os.remove(town.path("turnus.conf"))
    assert town.once().returncode == 2
    wrong = subprocess.run([TURNUSD, "--onec"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2, wrong
    assert not os.path.exists(town.path("state"))


def test_check_reads_and_touches_nothing(town):
    said = subprocess.run(town.words("--check"), env=town.environment(), capture_output=True,
                          text=True, timeout=PATIENCE_S, check=False)
    assert (said.returncode, said.stderr) == (0, ""), said
    assert not os.path.exists(town.path("state"))
    assert not os.path.exists(town.path("out"))


def test_a_refused_plugin_leaves_the_others_alone(town):
    town.write_settings('{ id = "x"; provider = "nosuch"; council = "odense"; }')
    said = town.once()
    assert said.returncode == 1, said
    assert "nosuch" in said.stderr
    assert "DTSTART;VALUE=DATE:20270518" in town.show("aarhus", TRIP)
    with town.daemon():
        await_true(lambda: town.status()["calendars"][0]["state"] == "ok")
        states = {calendar["id"]: calendar["state"] for calendar in town.status()["calendars"]}
        assert states["x"] == "refused" and states["aarhus"] == "ok", states
        assert town.ask("status").returncode == 1


def test_what_waits_ends_with_3(town):
    town.write_settings('{ id = "x"; provider = "file"; path = "out/x"; council = "odense"; mode = "ask"; }')
    said = town.once()
    assert said.returncode == 3, said
    assert not os.path.exists(town.path("out", "x"))
    with town.daemon():
        await_true(lambda: town.ask("status").returncode == 3)
        plan = town.ask("plan", "x")
        assert plan.returncode == 3 and "! + Studietur 2027" in plan.stdout, plan
        assert "turnusctl apply" in town.ask("status").stdout
        assert town.ask("apply", "x").returncode == 0
        assert town.ask("status").returncode == 0
    assert "DTSTART;VALUE=DATE:20270518" in town.show("x", TRIP)


def test_a_kept_plan_is_applied_or_says_what_has_moved(town):
    town.write_settings('{ id = "x"; provider = "file"; path = "out/x"; council = "odense"; mode = "ask"; }')
    plan = town.path("plan.json")
    with town.daemon():
        await_true(lambda: town.ask("status").returncode == 3)
        kept = town.ask("plan", "x", "-o", plan)
        assert kept.returncode == 3 and "! + Studietur 2027" in kept.stdout, kept
        assert town.ask("move", "studietur/2027", "2027-05-25", "--for", "esbjerg").returncode == 0

        stale = town.ask("apply", plan)
        assert stale.returncode == 1 and stale.stdout == "", stale
        assert "stale" in stale.stderr and "7by/studietur/2027: date 2027-05-25" in stale.stderr, stale
        assert "calendar x: Studietur 2027: Esbjerg 2027-05-25 [7by" in stale.stderr, stale
        assert not os.path.exists(town.path("out", "x"))

        assert town.ask("plan", "x", "-o", plan).returncode == 3
        assert town.ask("apply", plan).returncode == 0
        again = town.ask("apply", plan)
        assert again.returncode == 1 and "in the plan then with +, now it is not" in again.stderr, again
    assert "DTSTART;VALUE=DATE:20270525" in town.show("x", TRIP)


def test_a_kept_plan_that_somebody_wrote_in_is_refused(town):
    town.write_settings('{ id = "x"; provider = "file"; path = "out/x"; council = "odense"; mode = "ask"; }')
    plan = town.path("plan.json")
    with town.daemon():
        await_true(lambda: town.ask("status").returncode == 3)
        assert town.ask("plan", "x", "-o", plan).returncode == 3
        with open(plan, encoding="utf-8") as file:
            text = file.read()
        for old, new, code in (("Studietur 2027: Esbjerg", "Studietur 2027: Odense", 1),
                               ('"turnus_plan" : 1', '"turnus_plan" : 2', 2), ('"footing"', '"foot"', 2),
                               ("}", "", 2)):
            assert old in text, old
            with open(plan, "w", encoding="utf-8") as file:
                file.write(text.replace(old, new))
            said = town.ask("apply", plan)
            assert said.returncode == code and plan in said.stderr, said
        assert town.ask("apply", town.path("nosuch.json")).returncode == 2
        assert not os.path.exists(town.path("out", "x"))


def test_a_pass_is_undone_after_it_was_looked_at(town):
    with town.daemon():
        town.settle()
        town.edit("esbjerg", TRIP, ("DTSTART;VALUE=DATE:20270518", "DTSTART;VALUE=DATE:20270525"),
                  ("DTEND;VALUE=DATE:20270519", "DTEND;VALUE=DATE:20270526"))
        await_true(lambda: "DTSTART;VALUE=DATE:20270525" in town.show("aarhus", TRIP))
        seen = town.ask("undo", "--for", "esbjerg")
        assert seen.returncode == 0 and "Nothing is done yet" in seen.stdout, seen
        assert '"2027-05-25" → "2027-05-18"' in seen.stdout, seen
        assert town.ask("undo", "--apply").returncode == 2
        name = json.loads(town.ask("undo", "--json").stdout)["pass"]
        denied = town.ask("undo", name, "--apply")
        assert denied.returncode == 3 and "stays:" in denied.stdout, denied
        assert "DTSTART;VALUE=DATE:20270525" in town.show("aarhus", TRIP)
        done = town.ask("undo", name, "--apply", "--for", "esbjerg")
        assert done.returncode == 0 and "taken back" in done.stdout, done
        await_true(lambda: "DTSTART;VALUE=DATE:20270518" in town.show("aarhus", TRIP))
        await_true(lambda: "DTSTART;VALUE=DATE:20270518" in town.show("esbjerg", TRIP))
        assert town.ask("undo", "nosuch@pass").returncode == 2


def test_hazard_17_a_restored_backup_overwrites_nothing_newer(town):
    backup = town.path("monday.db")
    with town.daemon():
        town.settle()
        done = town.ask("backup", backup)
        assert done.returncode == 0, done
        for path in (backup, backup + ".ledger.txt"):
            assert os.stat(path).st_mode & 0o777 == 0o600 and os.stat(path).st_size > 0, path
        again = town.ask("backup", backup)
        assert again.returncode == 1 and "overwrites nothing" in again.stderr, again
        assert town.ask("move", "studietur/2027", "2027-05-25", "--for", "esbjerg").returncode == 0
        await_true(lambda: "DTSTART;VALUE=DATE:20270525" in town.show("aarhus", TRIP))
        town.settle()
        refused = town.ask("restore", backup)
        assert refused.returncode == 1 and "stop it first" in refused.stderr, refused
    before = town.files()

    restored = town.ask("restore", backup)
    assert restored.returncode == 0 and "before-restore-1" in restored.stdout, restored
    assert town.ask("restore", town.path("nosuch.db")).returncode == 1
    with town.daemon():
        town.settle()
        assert "2027-05-25" in town.ask("ledger").stdout
    assert town.files() == before
    with open(town.path("state", "before-restore-1", "ledger.txt"), encoding="utf-8") as ledger:
        assert "date 2027-05-25" in ledger.read()


def test_backup_needs_no_daemon_but_a_state(town):
    assert town.ask("backup", town.path("b.db")).returncode == 1
    assert not os.path.exists(town.path("state")) and not os.path.exists(town.path("b.db"))
    assert town.once().returncode == 0
    os.mkdir(town.path("shelf"))
    assert town.ask("backup", town.path("shelf")).returncode == 0
    assert sorted(os.listdir(town.path("shelf"))) == ["ledger.txt", "turnus.db"]
    before = town.files()
    shutil.rmtree(town.path("state"))
    assert town.ask("restore", town.path("shelf")).returncode == 0
    assert town.once().returncode == 0
    assert town.files() == before


def test_sigterm_stops_it_and_the_socket_goes(town):
    with town.daemon() as process:
        await_true(lambda: town.ask("status").returncode == 0)
        begin = time.monotonic()
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
        assert time.monotonic() - begin < 5
    assert not os.path.exists(town.path("run", "control"))
    assert town.ask("status").returncode == 1


def test_hazard_99_sigterm_in_mid_pass_stops_it_within_5_s(town):
    """Each fsync takes 50 ms, so that the first publication takes seconds."""
    if shutil.which("strace") is None:
        raise Skip("strace is not installed")
    words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
             "-e", "inject=fsync,fdatasync:delay_enter=50000", *town.words()]
    process = subprocess.Popen(words, env=town.environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        await_true(lambda: process.poll() is not None or (
            os.path.isdir(town.path("out", "faelles")) and len(town.files()) > 8))
        assert process.poll() is None, "strace cannot trace here"
        with open(town.path("state", "lock"), encoding="ascii") as lock:
            daemon = int(lock.read())
        begin = time.monotonic()
        os.kill(daemon, signal.SIGTERM)
        process.wait(PATIENCE_S)
        assert time.monotonic() - begin < 5.5, time.monotonic() - begin
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    n_begun = len(town.files())
    assert town.once().returncode == 0  # what was begun is settled
    assert len(town.files()) > n_begun, "it was over before it was stopped"
    for calendar in (*COUNCILS, "faelles"):
        town.find(calendar, TRIP)  # once, not twice


def test_hazard_93_a_faulty_charter_keeps_the_old_one(town):
    with town.daemon() as process:
        town.settle()
        town.break_charter()
        process.send_signal(signal.SIGHUP)
        await_true(lambda: "faulty" in town.log())
        assert town.ask("status").returncode == 0
        assert town.ask("sync").returncode == 0
        town.change_charter("every = \"fortnigth\"", "every = \"year\"")
        town.write_settings('{ id = "x"; provider = "file"; path = "out/x"; council = "odense"; mode = "write"; }')
        process.send_signal(signal.SIGHUP)
        await_true(lambda: any(calendar["id"] == "x" and calendar["state"] == "ok"
                               for calendar in town.status()["calendars"]))
        assert process.poll() is None
    assert "DTSTART;VALUE=DATE:20270518" in town.show("x", TRIP)


def test_many_hangups_do_no_harm(town):
    with town.daemon() as process:
        await_true(lambda: town.ask("status").returncode == 0)
        for _ in range(50):
            process.send_signal(signal.SIGHUP)
            time.sleep(0.005)
        await_true(lambda: town.ask("sync").returncode == 0)
        assert process.poll() is None


def test_hazard_39_a_second_daemon_is_refused(town):
    with town.daemon() as process:
        await_true(lambda: town.ask("status").returncode == 0)
        second = subprocess.run(town.words(), env=town.environment(), capture_output=True, text=True,
                                timeout=PATIENCE_S, check=False)
        assert second.returncode == 1, second
        assert str(process.pid) in second.stderr and "uses this state" in second.stderr, second.stderr
        assert town.once().returncode == 1
        assert town.ask("status").returncode == 0


def test_hazard_39_of_two_started_at_once_one_runs(town):
    for _ in range(20):
        pair = [subprocess.Popen(town.words(), env=town.environment(), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL) for _ in range(2)]
        try:
            await_true(lambda: any(process.poll() is not None for process in pair))
            loser = pair[0] if pair[0].poll() is not None else pair[1]
            winner = pair[1] if loser is pair[0] else pair[0]
            assert loser.returncode == 1
            await_true(lambda: town.ask("status").returncode in (0, 3))
            assert winner.poll() is None
        finally:
            for process in pair:
                if process.poll() is None:
                    process.terminate()
                process.wait(PATIENCE_S)


def test_another_state_leaves_a_live_socket_alone(town):
    with town.daemon():
        await_true(lambda: town.ask("status").returncode == 0)
        with open(town.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        with open(town.path("other.conf"), "w", encoding="utf-8") as file:
            file.write(text.replace('state = "state"', 'state = "other"').replace("out/", "other-out/"))
        second = subprocess.run([TURNUSD, "--config", town.path("other.conf"), "--today", TODAY],
                                env=town.environment(), capture_output=True, text=True,
                                timeout=PATIENCE_S, check=False)
        assert second.returncode == 1 and "answers there" in second.stderr, second
        assert town.ask("status").returncode == 0


def test_hazard_92_a_killed_daemon_leaves_nothing_in_the_way(town):
    with town.daemon() as process:
        town.settle()
        process.kill()
        process.wait(PATIENCE_S)
        assert os.path.exists(town.path("run", "control"))
    before = town.files()
    with town.daemon():
        town.settle()
        assert town.ask("sync").returncode == 0
    assert town.files() == before


def test_systemd_is_told(town):
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ear.bind(town.path("notify"))
    ear.settimeout(PATIENCE_S)

    def hear():
        while True:
            text = ear.recv(4096).decode()
            if not text.startswith("WATCHDOG"):
                return text

    with town.daemon(NOTIFY_SOCKET=town.path("notify"), WATCHDOG_USEC="100000") as process:
        try:
            ear.settimeout(5)
            first = hear()
        except socket.timeout as error:
            raise Skip("built without libsystemd") from error
        assert first.startswith("READY=1\nSTATUS=4 calendars of odense"), first
        assert ear.recv(4096) == b"WATCHDOG=1"
        process.send_signal(signal.SIGHUP)
        assert hear().startswith("RELOADING=1\nMONOTONIC_USEC=")
        assert hear().startswith("READY=1")
        process.terminate()
        assert hear().startswith("STOPPING=1")
        process.wait(PATIENCE_S)


def test_an_edit_of_the_host_reaches_all_at_once(town):
    with town.daemon():
        town.settle()
        town.edit("esbjerg", TRIP, ("20270519", "20270526"), ("20270518", "20270525"))
        await_true(lambda: all("DTSTART;VALUE=DATE:20270525" in town.show(name, TRIP)
                               for name in (*COUNCILS, "faelles")))
        assert "2027-05-25" in town.ask("history", "studietur/2027").stdout


def test_hazard_42_an_edit_of_another_is_a_proposal_until_it_is_accepted(town):
    with town.daemon():
        town.settle()
        town.edit("aarhus", TRIP, ("20270519", "20270526"), ("20270518", "20270525"))
        await_true(lambda: town.ask("proposals").returncode == 3)
        await_true(lambda: "DTSTART;VALUE=DATE:20270518" in town.show("aarhus", TRIP))
        proposal = json.loads(town.ask("proposals", "--json").stdout)[0]
        assert proposal["council"] == "aarhus" and proposal["deciders"] == ["esbjerg"], proposal
        assert town.ask("status").returncode == 3
        denied = town.ask("proposals", "accept", proposal["id"], "--for", "aarhus")
        assert denied.returncode == 1 and "Esbjerg" in denied.stderr, denied
        assert town.ask("proposals", "accept", proposal["id"][:6], "--for", "esbjerg").returncode == 0
        await_true(lambda: all("DTSTART;VALUE=DATE:20270525" in town.show(name, TRIP)
                               for name in (*COUNCILS, "faelles")))
        await_true(lambda: town.ask("status").returncode == 0)


def test_two_councils_swap_without_minutes(town):
    with town.daemon():
        town.settle()
        swap = town.ask("swap", "studietur", "2027", "2028", "--for", "esbjerg")
        assert swap.returncode == 3 and "proposed to randers" in swap.stdout, swap
        listed = town.ask("proposals")
        assert listed.returncode == 3 and "proposal of esbjerg by command, open: waits for randers" in listed.stdout
        assert '"2027 Randers, 2028 Esbjerg" instead of "2027 Esbjerg, 2028 Randers"' in listed.stdout, listed
        status = town.ask("status")
        assert status.returncode == 3 and "swap" in status.stdout and "waits for randers" in status.stdout, status
        proposal = json.loads(town.ask("proposals", "--json").stdout)[0]
        assert (proposal["field"], proposal["calendar"], proposal["deciders"]) == ("swap", None, ["randers"])
        assert town.ask("proposals", "accept", proposal["id"], "--for", "aalborg").returncode == 1
        assert town.ask("proposals", "accept", proposal["id"][:6], "--for", "randers").returncode == 0
        await_true(lambda: "SUMMARY:Studietur 2027: Randers" in town.show("aarhus", "Studietur 2027:"))
        assert "esbjerg, randers" in town.ask("ledger").stdout
        assert town.ask("proposals").returncode == 0


def test_commands_are_judged_and_foreseen(town):
    with town.daemon():
        town.settle()
        before = town.files()
        dry = town.ask("move", "studietur/2027", "2027-05-25", "--for", "esbjerg", "--dry-run")
        assert dry.returncode == 0 and '"2027-05-18" → "2027-05-25"' in dry.stdout, dry
        denied = town.ask("move", "studietur/2027", "2027-05-25", "--for", "aarhus")
        assert denied.returncode == 1 and "Esbjerg" in denied.stderr, denied
        wrong = town.ask("move", "studietur/2027", "31 May", "--for", "esbjerg")
        assert wrong.returncode == 2, wrong
        assert town.ask("sync").returncode == 0
        assert town.files() == before
        fair = town.ask("swap", "studietur", "2027", "2028", "--minutes", "erfa 2026, item 4", "--dry-run")
        assert "fairness of the host's turns of 7by/studietur, before → after" in fair.stdout, fair
        assert re.search(r"\nesbjerg +1 +\d +0 → 1 +0 → 1 +0 +7 +2027 → 2028\n", fair.stdout), fair
        assert re.search(r"\naarhus +1 +0 +0 +0 +0 +2 +-\n", fair.stdout), fair
        swap = town.ask("swap", "studietur", "2027", "2028", "--minutes", "erfa 2026, item 4")
        assert swap.returncode == 0 and "organiser" in swap.stdout, swap
        await_true(lambda: "SUMMARY:Studietur 2027: Randers" in town.show("aarhus", "Studietur 2027:"))
        assert "SUMMARY:Studietur 2029: Odense" in town.show("aarhus", "Studietur 2029:")


def test_questions_know_what_the_daemon_knows(town):
    with town.daemon():
        town.settle()
        town.ask("swap", "studietur", "2027", "2028", "--minutes", "erfa 2026, item 4")
        hosts = subprocess.run([TURNUSCTL, "--config", town.path("turnus.conf"), "--today", TODAY,
                                "hosts", "studietur", "--json"], env=town.environment(),
                               capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        assert (hosts.returncode, hosts.stderr) == (0, ""), hosts
        found = {turn["cycle"]: turn["council"] for turn in json.loads(hosts.stdout)}
        assert (found["2027"], found["2028"], found["2029"]) == ("randers", "esbjerg", "odense"), found
        assert "erfa 2026, item 4" in town.ask("ledger", "--json").stdout
        assert "swap" in town.ask("ledger").stdout


def test_export_asks_the_daemon_for_ledger_and_edition(town):
    charter = town.path("charters", "7by.conf")
    with open(charter, encoding="utf-8") as file:
        text = file.read()
    with town.daemon():
        town.settle()
        same = town.ask("export", "-o", town.path("same.conf"), "--json")
        assert same.returncode == 0 and same.stderr == "", same
        town.ask("swap", "studietur", "2027", "2028", "--minutes", "erfa 2026, item 4")
        decided = json.loads(town.ask("export", "-o", town.path("7by.conf"), "--json").stdout)
        assert (decided["edition_before"], decided["edition"]) == (1, 2), decided
        with open(town.path("7by.conf"), encoding="utf-8") as file:
            exported = file.read()
        assert 'swap = "2028"; by = "odense"; minutes = "erfa 2026, item 4";' in exported, exported
        # Changed, and the edition forgotten: the daemon, which has not read it yet, knows another of that number.
        with open(charter, "w", encoding="utf-8") as file:
            file.write(text.replace("week 20", "week 21"))
        checked = town.ask("check")
        assert "the meaning has changed and the edition has not: say edition = 2" in checked.stdout + checked.stderr
        with open(charter, "w", encoding="utf-8") as file:
            file.write(exported.replace("week 20", "week 21"))
        forgotten = json.loads(town.ask("export", "-o", town.path("7by.conf"), "--json").stdout)
        assert (forgotten["edition_before"], forgotten["edition"]) == (2, 2), forgotten
        with open(charter, "w", encoding="utf-8") as file:
            file.write(exported.replace("week 20", "week 21").replace("edition = 2;", "edition = 1;"))
        forgotten = json.loads(town.ask("export", "-o", town.path("7by.conf"), "--json").stdout)
        assert (forgotten["edition_before"], forgotten["edition"]) == (1, 2), forgotten


def test_a_command_never_reaches_another_daemon(town):
    with town.daemon():
        town.settle()
        with open(town.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        with open(town.path("other.conf"), "w", encoding="utf-8") as file:
            file.write(text.replace("run/control", "elsewhere/control"))
        said = subprocess.run([TURNUSCTL, "status", "--config", town.path("other.conf")],
                              env=town.environment(), capture_output=True, text=True,
                              timeout=PATIENCE_S, check=False)
        assert said.returncode == 1 and "no daemon answers" in said.stderr, said


def test_a_claim_links_what_was_made_by_hand(town):
    town.write_settings('{ id = "x"; provider = "file"; path = "out/x"; council = "odense"; mode = "ask"; }')
    os.makedirs(town.path("out", "x"))
    text = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:hand@x\r\n"
            "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n"
            "SUMMARY:Studietur til Esbjerg\r\nX-ROOM:12\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    with open(town.path("out", "x", "hand.ics"), "w", encoding="utf-8", newline="") as file:
        file.write(text)
    with town.daemon():
        await_true(lambda: town.ask("sync").returncode == 3)
        plan = town.ask("plan", "x")
        assert "? " in plan.stdout and "claim x hand.ics" in plan.stdout, plan
        claim = town.ask("claim", "x", "hand.ics")
        assert "claimed" in claim.stdout, claim
        assert town.ask("apply", "x").returncode == 0
        town.settle()
    assert town.show("x", "X-ROOM:12") == text
    assert len(os.listdir(town.path("out", "x"))) > 5


def test_hazards_2_18_an_emptied_folder_is_held_until_somebody_looked(town):
    with town.daemon():
        town.settle()
        for name in os.listdir(town.path("out", "aarhus")):
            if name.endswith(".ics"):
                os.remove(town.path("out", "aarhus", name))
        await_true(lambda: town.ask("status").returncode == 3)
        assert "turnusctl approve aarhus" in town.ask("status").stdout
        assert town.ask("approve", "odense").returncode == 2
        assert town.ask("approve", "aarhus").returncode in (0, 3)
        town.find("aarhus", TRIP)
        assert town.ask("conflicts").returncode == 0


def test_an_idle_daemon_sleeps(town):
    def count(pid):
        switches = 0
        for thread in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/status" % (pid, thread), encoding="ascii") as status:
                switches += sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)
        return switches

    with town.daemon() as process:
        town.settle()
        await_true(lambda: count(process.pid) == (time.sleep(1), count(process.pid))[1])
        before = count(process.pid)
        time.sleep(3)
        assert count(process.pid) == before, count(process.pid) - before


def test_hazard_103_it_takes_less_than_24_mb_and_leaves_no_core(town):
    with town.daemon() as process:
        await_true(lambda: town.ask("status").returncode == 0)
        with open("/proc/%d/status" % process.pid, encoding="ascii") as status:
            peak_kb = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        assert peak_kb < 24 * 1024, peak_kb
        assert resource.prlimit(process.pid, resource.RLIMIT_CORE) == (0, 0)


def main():
    tests = [(name[5:].replace("_", "-"), function) for name, function in globals().items()
             if name.startswith("test_")]
    n_failed = 0
    print("1..%d" % len(tests))
    for number, (name, function) in enumerate(tests, 1):
        verdict, remark = "ok", ""
        with tempfile.TemporaryDirectory(prefix="turnusd-") as folder:
            town = Town(folder)
            try:
                function(town)
            except Skip as reason:
                remark = " # skip %s" % reason
            except Exception as error:  # every fault is the test's
                verdict, n_failed = "not ok", n_failed + 1
                remark = "\n# %s: %s" % (type(error).__name__, str(error).replace("\n", "\n# "))
                if os.path.exists(town.path("run.log")):
                    remark += "\n# " + town.log().replace("\n", "\n# ")
        print("%s %d /system/turnusd/%s%s" % (verdict, number, name, remark), flush=True)
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
