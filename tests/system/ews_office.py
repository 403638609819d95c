"""A fake Exchange as a program of its own, and a town with a calendar in it.

What was said between them is kept, and held against the schema of EWS where that is at hand: in the
folder that TURNUS_EWS_SCHEMA names, or in shared/schemas/ews beside the source. It is Microsoft's,
so it is not part of this source.
"""

import os
import shutil
import subprocess
import tempfile
import urllib.request
import xml.etree.ElementTree as ElementTree

from town import Skip, Town

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
USER, PASSWORD = "turnus", "hemmelig"
ADDRESS = "turnus@example.org"


class Office:
    """The server; its folder holds requests and answers, in the order in which they came."""

    def __init__(self, build):
        self.folder = tempfile.mkdtemp(prefix="turnus-office-")
        self.program = subprocess.Popen(
            [os.path.join(build, "tests/fakes/ews-serve"), "--record", self.folder,
             "--user", USER, "--password", PASSWORD],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.program.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.program.stdin.close()
        self.program.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/EWS/Exchange.asmx"

    def mails(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/outbox", timeout=30) as answer:
            return answer.read().decode().splitlines()

    def operations(self):
        """What was asked, in order."""
        names = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith("-request.xml"):
                tree = ElementTree.parse(os.path.join(self.folder, name))
                names.append(tree.find(f"{SOAP}Body")[0].tag.rsplit("}", 1)[1])
        return names

    def check_schema(self):
        """Every request and every answer is valid; returns how many that were."""
        program, schema = shutil.which("xmllint"), find_schema()
        if program is None:
            raise Skip("xmllint is not there")
        if schema is None:
            raise Skip("the schema of EWS is not at hand: say where by TURNUS_EWS_SCHEMA")
        contents = self.take_out()
        result = subprocess.run([program, "--noout", "--nonet", "--schema", schema, *contents],
                                capture_output=True, text=True, timeout=300, check=False)
        faults = [line for line in result.stderr.splitlines() if not line.endswith(" validates")]
        assert result.returncode == 0, "\n".join(faults[:20])
        return len(contents)

    def take_out(self):
        """What stands in the bodies of the envelopes, as files; faults are SOAP's and not EWS's."""
        folder = os.path.join(self.folder, "contents")
        os.makedirs(folder)
        contents = []
        for name in sorted(os.listdir(self.folder)):
            if not name.endswith(".xml"):
                continue
            content = ElementTree.parse(os.path.join(self.folder, name)).find(f"{SOAP}Body")[0]
            if content.tag != f"{SOAP}Fault":
                contents.append(os.path.join(folder, name))
                ElementTree.ElementTree(content).write(contents[-1], encoding="utf-8")
        return contents


def find_schema():
    beside = os.path.join(os.environ["TURNUS_SOURCE"], "..", "shared", "schemas", "ews")
    path = os.path.join(os.environ.get("TURNUS_EWS_SCHEMA", beside), "messages.xsd")
    return path if os.path.exists(path) else None


class EwsTown(Town):
    """Esbjerg's calendar is in Exchange; the other councils and all share folders."""

    def __init__(self, build, office):
        self.office = office
        super().__init__(build)

    def write_settings(self, mode, publish, council="odense"):
        super().write_settings(mode, publish, council)
        with open(self.path("password"), "w", opener=open_private, encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        with open(self.path("turnus.conf"), encoding="utf-8") as file:
            text = file.read()
        text = text.replace(
            'provider = "file"; layout = "vdir"; path = "calendars/esbjerg";',
            f'provider = "exchange"; protocol = "ews"; url = "{self.office.url}"; '
            f'user = "{USER}"; password = {{ file = "{self.path("password")}"; }};')
        with open(self.path("turnus.conf"), "w", encoding="utf-8") as file:
            file.write(text)


def open_private(path, flags):
    return os.open(path, flags, 0o600)
