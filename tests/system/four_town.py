"""A town each of whose calendars stands elsewhere: in Exchange by EWS, behind Graph, on the CalDAV
server that tests/servers/with-server started, and in a folder. turnusd reaches all servers through
relays, which count and can fail; people speak past them."""

import json
import os
import re

from dav_people import DavPerson
from exchange_people import EwsPerson, GraphPerson
from server_town import ServerTown  # first: says where the relay is
from link_relay import LinkRelay
from relay import Relay
import ews_office
import graph_office

GRAPH_CALENDAR = "/users/kalender@example.org/calendars/AAMkCal-turnus_AA="
EWS_WRITES = re.compile(rb"<m:(CreateItem|UpdateItem|DeleteItem)\b")


def list_writes(request):
    """What one request writes, in the words of its protocol."""
    if request.target.endswith("$batch"):
        return [part["method"] + " " + part["url"] for part in json.loads(request.body)["requests"]
                if part["method"] != "GET"]
    if request.target.endswith(".asmx"):
        return [name.decode() for name in EWS_WRITES.findall(request.body)]
    return [f"{request.method} {request.target}"] if request.is_write() or request.method in (
        "PATCH",) else []


class FourTown(ServerTown):
    """`places` says what is where: file, caldav, ews or graph."""

    def __init__(self, build, places, **more):
        self.places = places
        self.ews = ews_office.Office(build)
        self.graph = graph_office.Office(build)
        self.ews_relay = Relay(self.ews.port)
        self.graph_relay = LinkRelay(self.graph.port)
        super().__init__(build, self.where("caldav"), **more)
        self.relays = (self.relay, self.ews_relay, self.graph_relay)
        self.people = {name: self.make_person(name, place) for name, place in places.items()}

    def __exit__(self, *unused):
        super().__exit__()
        for relay in self.relays[1:]:
            relay.rule = None
            relay.close()
        self.ews.__exit__()
        self.graph.__exit__()

    def where(self, place):
        return [name for name, found in self.places.items() if found == place]

    def make_person(self, name, place):
        if place == "graph":
            return GraphPerson(self.graph, graph_office.TOKEN, GRAPH_CALENDAR)
        if place == "ews":
            return EwsPerson(self.ews, ews_office.USER, ews_office.PASSWORD)
        return DavPerson(self, name)

    def write_settings(self, mode, publish, council="odense", logins=None):
        super().write_settings(mode, publish, council, logins)
        options = {
            "ews": 'protocol = "ews"; url = "http://127.0.0.1:%d/EWS/Exchange.asmx"; user = "%s"; '
                   'password = { file = "ews-password"; };' % (self.ews_relay.port, ews_office.USER),
            "graph": 'protocol = "graph"; url = "http://127.0.0.1:%d/v1.0"; mailbox = "%s"; '
                     'auth = "bearer"; token = { file = "token"; };'
                     % (self.graph_relay.port, graph_office.MAILBOX)}
        for name, secret in (("ews-password", ews_office.PASSWORD), ("token", graph_office.TOKEN)):
            with open(self.path(name), "w", opener=ews_office.open_private, encoding="utf-8") as file:
                file.write(secret + "\n")
        with open(self.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        for name, place in self.places.items():
            if place in options:
                text = re.sub(rf'provider = "file"; layout = "\w+"; path = "calendars/{name}";',
                              f'provider = "exchange"; {options[place]}', text)
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text)

    def rewrite(self, calendar, name, text, is_new=False):
        if calendar in self.paths:
            self.put(calendar, name, text.encode(),
                     None if is_new else self.get(calendar, name)[0])
        else:
            os.makedirs(self.path("calendars", calendar), exist_ok=True)
            with open(self.path("calendars", calendar, name), "wb") as item:
                item.write(text.encode())

    def take_away(self, calendar, name):
        if calendar in self.paths:
            self.delete(calendar, name)
        else:
            os.unlink(self.path("calendars", calendar, name))

    def shows(self):
        return {name: person.shows() for name, person in self.people.items()}

    def mails(self):
        return len(self.ews.mails()) + self.graph.outbox()["mails"]

    def marks_of_files(self):
        marks = {}
        for calendar in self.where("file"):
            for name in self.items(calendar):
                status = os.stat(self.path("calendars", calendar, name))
                marks[calendar, name] = (status.st_ino, status.st_mtime_ns)
        return marks

    def take_writes(self):
        """What turnusd wrote to servers since the last call."""
        return [write for relay in self.relays
                for request in relay.take() for write in list_writes(request)]

    def relay_of(self, place):
        return {"caldav": self.relay, "ews": self.ews_relay, "graph": self.graph_relay}[place]
