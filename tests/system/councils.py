"""Many councils on one host, in one daemon: councils.d/*.conf (design section 5). What is wrong with
one of them is no matter of the others, and none reaches what belongs to another."""

import json
import os
import signal
import sys

from town import Tap, Town, equal

BUILD = sys.argv[1]
READY = b"READY=1"


class Host(Town):
    """turnus.conf without a council of its own, and councils.d with odense.conf and esbjerg.conf."""

    def __init__(self):
        super().__init__(BUILD)
        os.makedirs(self.path("councils.d"))
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as settings:
            settings.write('include = "councils.d/*.conf";\nstate = "state";\n'
                           f'socket = "state/control";\nplugins = "{BUILD}/plugins";\n')
        self.put("odense")
        self.put("esbjerg")

    def put(self, council, more="", head=""):
        shared = ('{ id = "faelles"; provider = "file"; layout = "vdir"; path = "../calendars/faelles"; '
                  'shared = true; mode = "write"; }')
        own = (f'{{ id = "egen"; provider = "file"; layout = "vdir"; path = "../calendars/{council}"; '
               f'council = "{council}"; mode = "write"; }}')
        with open(self.path("councils.d", council + ".conf"), "w", encoding="utf-8") as settings:
            settings.write(f'{head}\ncouncil = "{council}";\ncharters = [ "../charters/7by.conf" ];\n'
                           f"calendars = (\n  {own},\n  {shared}{more}\n);\n")

    def own(self, name, council):
        return (f',\n  {{ id = "{name}"; provider = "file"; layout = "vdir"; mode = "write"; '
                f'path = "../calendars/{name}"; council = "{council}"; }}')

    def reload(self, notify):
        self.daemon.send_signal(signal.SIGHUP)
        seen = b""
        while b"RELOADING=1" not in seen:
            seen = notify.recv(4096)
        while READY not in seen:
            seen = notify.recv(4096)

    def status(self, council, codes=(0, 1, 3)):  # 1: a reload may have cut a pass short
        answer = self.turnusctl("status", "--council", council, "--json", codes=codes)
        return json.loads(answer.stdout)

    def log(self):
        with open(self.path("log"), encoding="utf-8") as log:
            return log.read()


def ids(status):
    return [calendar["id"] for calendar in status["calendars"]]


def test_each_council_has_its_own_calendars_and_memory():
    with Host() as host:
        host.once()
        assert host.items("odense") and host.items("esbjerg")
        for council in ("odense", "esbjerg"):
            assert os.path.exists(host.path("state", "councils", council, "turnus.db"))
        equal(host.once().returncode, 0, "a second pass")


def test_councils_of_one_host_share_a_calendar_without_doubles():
    with Host() as host:
        host.once()
        before = host.items("faelles")
        host.once()
        equal(host.items("faelles"), before, "the shared calendar")
        equal(host.day("faelles"), host.day("odense"), "the day of the trip")


def test_a_decision_of_one_reaches_the_other_through_the_shared_calendar():
    with Host() as host:
        host.start()
        for council in ("odense", "esbjerg", "odense"):
            host.turnusctl("sync", "--council", council, codes=(0, 3))
        host.turnusctl("confirm", "7by/studietur/2027", "--council", "esbjerg", "--for", "esbjerg",
                       codes=(0, 3))
        for council in ("esbjerg", "odense"):
            host.turnusctl("sync", "--council", council, codes=(0, 3))
        host.find("odense", "SUMMARY:Studietur 2027: ", "STATUS:CONFIRMED")


def test_status_without_a_council_is_of_all():
    with Host() as host:
        host.start()
        answer = host.turnusctl("status", codes=(0, 3)).stdout
        assert "== esbjerg ==" in answer and "== odense ==" in answer


def test_a_command_that_is_for_one_asks_which():
    with Host() as host:
        host.start()
        answer = host.turnusctl("sync", codes=(2,))
        assert "say of which with --council ID" in answer.stderr


def test_a_command_reaches_the_calendars_of_its_own_council_only():
    with Host() as host:
        host.put("esbjerg", more=host.own("kun-esbjerg", "esbjerg"))
        host.start()
        answer = host.turnusctl("sync", "kun-esbjerg", "--council", "odense", codes=(2,))
        assert "there is no calendar 'kun-esbjerg'" in answer.stderr
        equal(ids(host.status("odense")), ["egen", "faelles"], "calendars of Odense")


def test_an_error_in_one_leaves_only_that_one_on_its_old_settings():
    with Host() as host:
        notify = host.start()
        host.put("esbjerg", head="nonsense = 1;", more=host.own("ny-esbjerg", "esbjerg"))
        host.put("odense", more=host.own("ny-odense", "odense"))
        host.reload(notify)
        esbjerg, odense = host.status("esbjerg"), host.status("odense")
        equal(ids(odense), ["egen", "faelles", "ny-odense"], "calendars of Odense")
        equal(odense["settings"], None, "settings of Odense")
        equal(ids(esbjerg), ["egen", "faelles"], "calendars of Esbjerg")
        assert "esbjerg.conf:1: unknown key 'nonsense'" in esbjerg["settings"], esbjerg["settings"]


def test_settings_that_are_mended_are_taken_over():
    with Host() as host:
        notify = host.start()
        host.put("esbjerg", head="nonsense = 1;")
        host.reload(notify)
        host.put("esbjerg", more=host.own("ny-esbjerg", "esbjerg"))
        host.reload(notify)
        host.turnusctl("sync", "--council", "esbjerg", codes=(0, 3))
        esbjerg = host.status("esbjerg")
        equal(ids(esbjerg), ["egen", "faelles", "ny-esbjerg"], "calendars of Esbjerg")
        equal(esbjerg["settings"], None, "settings of Esbjerg")


def test_a_faulty_turnus_conf_leaves_all_as_they_are():
    with Host() as host:
        notify = host.start()
        with open(host.path("turnus.conf"), "a", encoding="utf-8") as settings:
            settings.write("nonsense = 1;\n")
        host.reload(notify)
        host.edit(host.path("turnus.conf"), ("nonsense = 1;\n", ""))
        assert "unknown key 'nonsense'" in host.status("odense")["settings"]
        equal(ids(host.status("esbjerg")), ["egen", "faelles"], "calendars of Esbjerg")


def test_a_council_may_come_later():
    with Host() as host:
        notify = host.start()
        host.put("aarhus")
        host.reload(notify)
        host.turnusctl("sync", "--council", "aarhus", codes=(0, 3))
        assert host.items("aarhus")


def test_a_council_that_goes_leaves_its_calendar_as_it_is():
    with Host() as host:
        notify = host.start()
        host.turnusctl("sync", "--council", "esbjerg", codes=(0, 3))
        before = host.items("esbjerg")
        os.unlink(host.path("councils.d", "esbjerg.conf"))
        host.reload(notify)
        equal(host.items("esbjerg"), before, "the calendar of Esbjerg")
        assert not os.path.exists(host.path("state", "control-esbjerg"))
        assert ids(host.status("odense"))


def test_one_faulty_council_keeps_no_other_from_starting():
    with Host() as host:
        host.put("esbjerg", head="nonsense = 1;")
        equal(host.turnusd("--check").returncode, 2, "turnusd --check")
        equal(host.turnusd("--once").returncode, 1, "one pass")
        assert host.items("odense") and not host.items("esbjerg")


def test_two_files_of_one_council_are_told():
    with Host() as host:
        os.rename(host.path("councils.d", "esbjerg.conf"), host.path("councils.d", "a.conf"))
        host.put("esbjerg")
        answer = host.turnusd("--check")
        equal(answer.returncode, 2, "turnusd --check")
        assert "has its settings in" in answer.stderr and "a.conf already" in answer.stderr


def test_check_names_each_council():
    with Host() as host:
        answer = host.turnusctl("check")
        assert "== esbjerg ==" in answer.stdout and "== odense ==" in answer.stdout


Tap().run([value for name, value in sorted(globals().items()) if name.startswith("test_")])
