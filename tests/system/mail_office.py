"""A mail catcher on loopback, and a town whose daemon mails to it: two councils and the admin."""

import base64
import email
import email.policy
import json
import os
import socket
import ssl
import threading

from town import Town

CERTIFICATES = os.path.join(os.environ["TURNUS_SOURCE"], "tests", "http", "certificates")
PASSWORD = "hunter2-CANARY"
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

    def __init__(self, build, catcher):
        super().__init__(build)
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


def body(message):
    return message.get_body(("plain",)).get_content()


def receivers(catcher):
    return sorted(receiver for _, receiver, _ in catcher.letters)
