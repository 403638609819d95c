"""A town that shows its plan on pages and lets councils decide there, and a browser to read them."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess

from mail_office import CONTACTS, Office, body
from town import Skip, wait_for

DRIVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser.mjs")
PHONE, LAPTOP, PAPER = (390, 844), (1366, 768), (794, 1123)
TRIP = "7by/studietur/2027"
FORM = "form.decision"
BUTTON = "form.decision button"


def find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site(Office):
    """Seven councils; of those with a mailbox, each can be spoken for on the pages."""

    def __init__(self, build, catcher):
        super().__init__(build, catcher)
        self.catcher = catcher
        self.port = find_port()
        with open(self.path("turnus.conf"), "a", encoding="utf-8") as settings:
            settings.write(
                f'publishers = ( {{ id = "sider"; provider = "feed"; decisions = true; '
                f'listen = "127.0.0.1:{self.port}"; rate = 1000; burst = 10000; '
                f'url = "http://127.0.0.1:{self.port}/turnus/"; }} );\n')
        self.start()
        self.sync()

    def sync(self):
        self.turnusctl("sync", codes=(0, 3))

    def page(self, path):
        return f"http://127.0.0.1:{self.port}/turnus/{path}"

    def ledger(self):
        return json.loads(self.turnusctl("ledger", "--json").stdout)

    def fetch(self, path, **headers):
        """Status, headers and body, as a program gets them that is no browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/turnus/" + path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8")
        finally:
            connection.close()

    def letters_to(self, council):
        return [message for _, receiver, message in self.catcher.letters
                if receiver == CONTACTS[council]]

    def ask_for_link(self, reader, council):
        """By the form of the page; the address that the council's mailbox gets."""
        n = len(self.letters_to(council))
        reader.go(self.page("sign-in"))
        reader.choose("#council", council)
        reader.press(BUTTON)
        wait_for(lambda: len(self.letters_to(council)) > n)
        return re.search(r"http://\S+/link/[0-9a-f]+", body(self.letters_to(council)[n])).group(0)

    def sign_in(self, reader, council):
        reader.go(self.ask_for_link(reader, council))
        reader.press(BUTTON)


class Browser:
    """Chromium in a process of its own, started when it is first needed."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        self.problem = None

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait(timeout=60)

    def start(self):
        node, npm, chromium = map(shutil.which, ("node", "npm", "chromium"))
        if node is None or npm is None or chromium is None:
            self.problem = "node, npm or chromium is not there (nodejs, npm, chromium)"
            return
        self.process = subprocess.Popen([node, DRIVER, self.folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("{"):
            self.problem = line
            assert self.process.wait(timeout=60) == 77, f"the browser does not start: {line}"

    def wish(self, wish, **more):
        if self.process is None and self.problem is None:
            self.start()
        if self.problem is not None:
            raise Skip(self.problem)
        self.process.stdin.write(json.dumps({"wish": wish, **more}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "problem" not in answer, answer
        return answer["answer"]

    def read(self, size=LAPTOP, javascript=True):
        """Somebody who knows nothing of the other readers: no cookie of theirs, nothing kept."""
        return Reader(self, self.wish("begin", size=size, javascript=javascript))


class Reader:
    def __init__(self, browser, number):
        self.browser = browser
        self.number = number

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.wish("end")

    def wish(self, wish, **more):
        return self.browser.wish(wish, reader=self.number, **more)

    def go(self, url):
        self.wish("go", url=url)

    def back(self):
        self.wish("back")

    def press(self, selector):
        self.wish("press", selector=selector)

    def enter(self):
        self.wish("enter")

    def tab(self):
        return self.wish("tab")

    def choose(self, selector, value):
        self.wish("choose", selector=selector, value=value)

    def forge(self, selector, value):
        self.wish("forge", selector=selector, value=value)

    def set_media(self, media):
        self.wish("media", media=media)

    def graft(self, html):
        """Puts markup of elsewhere into the page that is shown."""
        self.wish("graft", html=html)

    def write(self, html):
        self.wish("write", html=html)

    def value(self, selector):
        return self.wish("value", selector=selector)

    def markup(self, selector):
        return self.wish("markup", selector=selector)

    def look(self):
        return self.wish("look")

    def judge(self):
        """What axe-core finds."""
        return self.wish("judge")

    def shoot(self, path):
        self.wish("shoot", path=path)

    def faults(self):
        """Errors of the console, and what was asked of elsewhere."""
        return self.wish("faults")
