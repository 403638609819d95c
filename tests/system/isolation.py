"""Failures stay where they are (promise 8; hazard 77): one server that never answers and one that
answers a byte a second; the calendars beside them go on. Judged by the order of events: what the
two have not got round to when the others are in step."""

import os
import re
import socket
import sys
import threading
import time

from town import CALENDARS, Tap, Town, equal

BUILD = sys.argv[1]
PATIENCE_S = 60  # an alarm, no expectation of speed
ANSWER = (b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\nContent-Length: 4096\r\n\r\n"
          b"<?xml version=\"1.0\"?><multistatus xmlns=\"DAV:\">")
LONGEST = re.compile(r"the longest turn of the main loop took [\d.]+ ms")


class Slow:
    """Accepts, and then says nothing, or a byte a second."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = threading.Event()
        self.n_said = 0
        self.n_left = 0  # connections that whoever asked gave up
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(1)
        if not connection.recv(65536):
            return
        self.asked.set()
        for position in range(len(self.answer) + 3600):
            try:
                if position < len(self.answer):
                    connection.sendall(self.answer[position:position + 1])
                    self.n_said += 1
                if connection.recv(65536) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self.n_left += 1
        connection.close()


class SlowTown(Town):
    """Esbjerg's server never answers, that of Aarhus drips; Odense and all share folders."""

    def __init__(self, build):
        self.slow = {"esbjerg": Slow(b""), "aarhus": Slow(ANSWER)}
        super().__init__(build)

    def write_settings(self, mode, publish, council="odense"):
        super().write_settings(mode, publish, council)
        with open(self.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        for name, server in self.slow.items():
            text = text.replace(
                f'provider = "file"; layout = "vdir"; path = "calendars/{name}";',
                f'provider = "caldav"; url = "http://127.0.0.1:{server.port}/cal/";')
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text)

    def await_day(self, day):
        """Until the calendars in folders show it."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                if {self.day(calendar) for calendar in ("odense", "faelles")} == {day}:
                    return
            except (AssertionError, AttributeError, OSError):
                pass  # not there yet, or just being written
            time.sleep(0.02)
        raise AssertionError(f"the folders do not show {day} after {PATIENCE_S} s")

    def check_waiting(self):
        for name, server in self.slow.items():
            assert server.asked.wait(PATIENCE_S), f"{name} was never asked"
            equal(server.n_left, 0, f"{name} was given up first")


def test_calendars_beside_slow_servers_are_published_and_take_decisions_meanwhile():
    with SlowTown(BUILD) as town:
        town.start()
        town.await_day("20270518")
        town.check_waiting()
        said = town.slow["aarhus"].n_said
        for day in ("19", "20", "25", "26", "27"):
            began = time.monotonic()
            town.turnusctl("move", "7by/studietur/2027", f"2027-05-{day}", "--for", "esbjerg",
                           codes=(0, 3))
            town.await_day(f"202705{day}")
            print(f"# in step {time.monotonic() - began:.2f} s after the command", flush=True)
        town.check_waiting()
        print(f"# the slow server had said {said} bytes, then {town.slow['aarhus'].n_said}")
        status = town.turnusctl("status", codes=None)
        assert all(name in status.stdout for name in CALENDARS), status.stdout
        town.stop()
        with open(town.path("log"), encoding="utf-8") as log:
            text = log.read()
        print(f"# {LONGEST.search(text).group(0)}", flush=True)


def test_a_daemon_that_waits_for_slow_servers_stops_when_told():
    with SlowTown(BUILD) as town:
        town.start()
        town.check_waiting()
        town.stop()  # raises when it takes longer than the town's patience
        with open(town.path("log"), encoding="utf-8") as log:
            assert "does not let go" not in log.read()


os.environ["G_MESSAGES_DEBUG"] = "all"
Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
