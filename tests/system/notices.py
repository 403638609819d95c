"""Letters from a real turnusd to a mail catcher on loopback: who is told, once, and nobody else."""

import json
import os
import signal
import sys

from mail_office import ADMIN, CONTACTS, PASSWORD, Catcher, Office, body, receivers
from town import Tap, equal, wait_for

BUILD = sys.argv[1]
TEXT = "CANARY-of-a-person"


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
    with Catcher() as catcher, Office(BUILD, catcher) as town:
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
    with Catcher() as catcher, Office(BUILD, catcher) as town:
        town.start()
        wait_for(town.knows)
        town.turnusctl("notices", "test", ADMIN)
        wait_for(lambda: len(catcher.letters) == 1)
        equal({word.split(" ")[0] for word in catcher.in_the_clear}, {"EHLO", "STARTTLS"})
        equal(catcher.logins, {f"turnus:{PASSWORD}"})


def test_hazard_102_neither_password_nor_a_persons_text_stand_anywhere():
    with Catcher() as catcher, Office(BUILD, catcher) as town:
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
    with Catcher() as catcher, Office(BUILD, catcher) as town:
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
    with Catcher() as catcher, Office(BUILD, catcher) as town:
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
    with Catcher() as catcher, Office(BUILD, catcher) as town:
        town.start()
        refused = town.turnusctl("notices", "test", "somebody@else.example", codes=None)
        assert refused.returncode == 2 and "contacts" in refused.stderr, refused
        equal(catcher.letters, [])


def test_a_server_that_is_away_is_told_and_the_letters_wait():
    with Catcher() as catcher, Office(BUILD, catcher) as town:
        town.start()
        wait_for(town.knows)
        catcher.is_away = True
        town.turnusctl("notices", "test", ADMIN)
        wait_for(lambda: town.notices()["letters"][0]["problem"] is not None)
        equal(town.notices()["letters"][0]["state"], "waiting")
        status = json.loads(town.turnusctl("status", "--json", codes=(0, 3)).stdout)
        equal(status["letters"], {"waiting": 1, "given_up": 0})


Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
