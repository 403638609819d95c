"""Letters from a real turnusd to a mail catcher on loopback: who is told, once, and nobody else."""

import base64
import email
import email.policy
import json
import os
import signal
import socket
import ssl
import sys
import threading
import time

from town import Tap, Town, equal

BUILD = sys.argv[1]
CERTIFICATES = os.path.join(os.environ["TURNUS_SOURCE"], "tests", "http", "certificates")
PASSWORD = "hunter2-CANARY"
TEXT = "CANARY-of-a-person"
CONTACTS = {"esbjerg": "raad@esbjerg.example", "aarhus": "raad@aarhus.example"}
ADMIN = "it@odense.example"


class Catcher:
    """Takes letters by STARTTLS from who logs in; one thread a connection."""

    def __init__(self):
        self.is_away = False
        self.letters = []  # (sender, receiver, message)
        self.logins = set()
        self.in_the_clear = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(os.path.join(CERTIFICATES, "good.pem"))
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.socket.close()

    def serve(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            if self.is_away:
                peer.close()
            else:
                threading.Thread(target=self.talk, args=(peer,), daemon=True).start()

    def talk(self, peer):
        try:
            self.dialogue(peer)
        except (OSError, ValueError):
            pass  # who hangs up has said what there was to say

    def dialogue(self, peer):
        lines = peer.makefile("rb")
        peer.sendall(b"220 localhost ESMTP\r\n")
        for line in lines:
            word = line.decode("ascii").strip()
            self.in_the_clear.append(word)
            if word.upper().startswith("EHLO"):
                peer.sendall(b"250-localhost\r\n250 STARTTLS\r\n")
            elif word.upper() == "STARTTLS":
                peer.sendall(b"220 go on\r\n")
                safe = self.tls.wrap_socket(peer, server_side=True)
                self.go_on(safe, safe.makefile("rb"))
                return
            else:
                peer.sendall(b"530 5.7.0 TLS first\r\n")

    def go_on(self, peer, lines):
        sender, receiver = None, None
        for line in lines:
            word = line.decode("ascii").strip()
            if word.upper().startswith("EHLO"):
                peer.sendall(b"250-localhost\r\n250 AUTH PLAIN\r\n")
            elif word.upper().startswith("AUTH PLAIN"):
                code = word.split(" ")[2] if word.count(" ") > 1 else self.ask(peer, lines)
                self.logins.add(base64.b64decode(code).decode().strip("\0").replace("\0", ":"))
                peer.sendall(b"235 2.7.0 welcome\r\n")
            elif word.upper().startswith("MAIL FROM:"):
                sender = word[10:].strip("<>")
                peer.sendall(b"250 2.1.0 known\r\n")
            elif word.upper().startswith("RCPT TO:"):
                receiver = word[8:].strip("<>")
                peer.sendall(b"250 2.1.5 known\r\n")
            elif word.upper() == "DATA":
                peer.sendall(b"354 go on\r\n")
                text = b""
                for part in lines:
                    if part == b".\r\n":
                        break
                    text += part[1:] if part.startswith(b".") else part
                message = email.message_from_bytes(text, policy=email.policy.default)
                self.letters.append((sender, receiver, message))
                peer.sendall(b"250 2.0.0 taken over\r\n")
            elif word.upper() == "QUIT":
                peer.sendall(b"221 2.0.0 farewell\r\n")
                return

    @staticmethod
    def ask(peer, lines):
        peer.sendall(b"334 \r\n")
        return lines.readline().decode().strip()


class Office(Town):
    """A town whose daemon knows two mailboxes and the admin's."""

    def __init__(self, catcher):
        super().__init__(BUILD)
        with open(self.path("secret"), "w", encoding="utf-8", opener=only_mine) as secret:
            secret.write(PASSWORD + "\n")
        contacts = ", ".join(f'{{ council = "{council}"; mail = "{address}"; }}'
                             for council, address in CONTACTS.items())
        with open(self.path("turnus.conf"), "a", encoding="utf-8") as settings:
            settings.write(
                f'mail = {{ server = "smtp://127.0.0.1:{catcher.port}"; starttls = true; '
                f'from = "turnus@odense.example"; name = "Ældrerådet"; user = "turnus"; '
                f'password = {{ file = "secret"; }}; ca = "{CERTIFICATES}/good.pem"; }};\n'
                f'contacts = ( {contacts}, {{ role = "admin"; mail = "{ADMIN}"; }} );\n')

    def notices(self):
        return json.loads(self.turnusctl("notices", "--json", codes=(0, 3)).stdout)

    def knows(self):
        return all(mailbox["told"] > 0 for mailbox in self.notices()["mailboxes"])


def only_mine(path, flags):
    return os.open(path, flags, 0o600)


def wait_for(condition):
    end = time.monotonic() + 60  # an alarm, no expectation of speed
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def body(message):
    return message.get_body(("plain",)).get_content()


def receivers(catcher):
    return sorted(receiver for _, receiver, _ in catcher.letters)


def tell_a_move(town, catcher):
    """A first day on which nothing is news, a move by the host, and the morning after."""
    town.start()
    wait_for(town.knows)
    town.edit(town.trip("aarhus"), ("DESCRIPTION:", f"DESCRIPTION:{TEXT}\\n\\n"))
    town.move_trip("esbjerg", "20270519")
    town.turnusctl("sync", codes=(0, 3))
    equal(catcher.letters, [])
    town.stop()
    town.today = "2026-11-23"
    town.start()
    wait_for(lambda: len(catcher.letters) >= 2)
    wait_for(lambda: all(one["state"] == "sent" for one in town.notices()["letters"]))


def test_a_moved_date_is_told_once_to_each_mailbox_that_it_is_for():
    with Catcher() as catcher, Office(catcher) as town:
        tell_a_move(town, catcher)
        equal(receivers(catcher), sorted(CONTACTS.values()))
        for sender, receiver, message in catcher.letters:
            equal(sender, "turnus@odense.example")
            equal(message["To"], receiver)
            equal(message["Auto-Submitted"], "auto-generated")
            assert "Ældrerådet" in message["From"], message["From"]
            assert "18. maj 2027" in body(message), body(message)
            assert "19. maj 2027" in body(message), body(message)
            files = [part for part in message.iter_attachments()]
            equal([part.get_filename() for part in files], ["studietur-2027.ics"])
            equal(files[0].get_content_type(), "text/calendar")
            assert "METHOD:PUBLISH" in files[0].get_content().replace("\r", ""), "no METHOD"
        town.stop()
        town.start()
        wait_for(town.knows)
        town.turnusctl("notices", "test", ADMIN)
        wait_for(lambda: len(catcher.letters) == 3)
        equal(receivers(catcher), sorted([*CONTACTS.values(), ADMIN]))


def test_hazard_115_nothing_but_the_wish_for_tls_goes_in_the_clear():
    with Catcher() as catcher, Office(catcher) as town:
        town.start()
        wait_for(town.knows)
        town.turnusctl("notices", "test", ADMIN)
        wait_for(lambda: len(catcher.letters) == 1)
        equal({word.split(" ")[0] for word in catcher.in_the_clear}, {"EHLO", "STARTTLS"})
        equal(catcher.logins, {f"turnus:{PASSWORD}"})


def test_hazard_102_neither_password_nor_a_persons_text_stand_anywhere():
    with Catcher() as catcher, Office(catcher) as town:
        tell_a_move(town, catcher)
        letters = "\n".join(str(message) + body(message) for _, _, message in catcher.letters)
        assert TEXT not in letters and PASSWORD not in letters, letters
        said = town.turnusctl("notices", "--json", codes=(0, 3)).stdout
        said += town.turnusctl("status", "--json", codes=(0, 3)).stdout
        town.stop()
        with open(town.path("log"), encoding="utf-8") as log:
            said += log.read()
        assert PASSWORD not in said and TEXT not in said, said
        for folder, _, names in os.walk(town.path("state")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    assert PASSWORD.encode() not in file.read(), name


def test_a_new_mailbox_is_known_after_a_reload_and_gets_no_flood():
    with Catcher() as catcher, Office(catcher) as town:
        town.start()
        wait_for(town.knows)
        with open(town.path("turnus.conf"), encoding="utf-8") as settings:
            text = settings.read()
        with open(town.path("turnus.conf"), "w", encoding="utf-8") as settings:
            settings.write(text.replace(
                'contacts = ( ', 'contacts = ( { council = "odense"; mail = "raad@odense.example"; }, '))
        town.daemon.send_signal(signal.SIGHUP)
        wait_for(lambda: len(town.notices()["mailboxes"]) == 4 and town.knows())
        equal(catcher.letters, [])
        town.turnusctl("notices", "test", "raad@odense.example")
        wait_for(lambda: len(catcher.letters) == 1)


def test_the_doctor_says_whether_the_server_takes_a_letter():
    with Catcher() as catcher, Office(catcher) as town:
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        found = json.loads(town.turnusctl("doctor", "--mail", ADMIN, "--json", codes=(0, 3)).stdout)
        equal([(one["calendar"], one["verdict"]) for one in found if one["what"] == "letter"],
              [("mail", "ok")])
        equal(receivers(catcher), [ADMIN])
        found = town.turnusctl("doctor", "--mail", "somebody@else.example", "--json", codes=(1,))
        assert "contacts" in found.stdout, found.stdout
        equal(receivers(catcher), [ADMIN])


def test_a_letter_to_nobody_of_the_settings_is_not_sent():
    with Catcher() as catcher, Office(catcher) as town:
        town.start()
        refused = town.turnusctl("notices", "test", "somebody@else.example", codes=None)
        assert refused.returncode == 2 and "contacts" in refused.stderr, refused
        equal(catcher.letters, [])


def test_a_server_that_is_away_is_told_and_the_letters_wait():
    with Catcher() as catcher, Office(catcher) as town:
        town.start()
        wait_for(town.knows)
        catcher.is_away = True
        town.turnusctl("notices", "test", ADMIN)
        wait_for(lambda: town.notices()["letters"][0]["problem"] is not None)
        equal(town.notices()["letters"][0]["state"], "waiting")
        status = json.loads(town.turnusctl("status", "--json", codes=(0, 3)).stdout)
        equal(status["letters"], {"waiting": 1, "given_up": 0})


Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
