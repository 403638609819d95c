"""The pages of a real turnusd, as a browser shows them: readable for everybody, and from a mailed
link to a changed calendar. Its pictures of the pages lie in the build folder.

    pages.py BUILD NODE_FOLDER PICTURES
"""

import os
import re
import sys

from mail_office import CONTACTS, Catcher, receivers
from site_town import BUTTON, FORM, LAPTOP, PAPER, PHONE, TRIP, Browser, Site
from town import Tap, equal

BUILD, NODE_FOLDER, PICTURES = sys.argv[1:4]
TEXT = "CANARY-of-a-person"
PUBLIC = {"overview": "", "wheel": "c/7by/wheel", "programme": "c/7by/programme",
          "hosts": "c/7by/hosts", "deadlines": "c/7by/deadlines", "subscribe": "c/7by/subscribe",
          "event": "event/" + TRIP, "health": "health", "sign-in": "sign-in",
          "error": "event/7by/studietur/1901"}
CONFIRM = "decide/confirm?event=" + TRIP
browser = Browser(NODE_FOLDER)


def find_flaws(reader, media, name):
    """Of the page that is shown, one a line."""
    reader.set_media(media)
    seen = reader.look()
    reader.shoot(os.path.join(PICTURES, name + ".png"))
    flaws = reader.judge()
    reader.set_media("screen")
    if seen["is_too_wide"]:
        flaws.append("the page scrolls sideways")
    return [f"{name}: {flaw}" for flaw in flaws]


def look_at_all(size, media, kind):
    """All pages, those for everybody first."""
    flaws = []
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read(size) as reader:
        for name, path in PUBLIC.items():
            reader.go(site.page(path))
            flaws += find_flaws(reader, media, f"{kind}-{name}")
        site.sign_in(reader, "esbjerg")
        flaws += find_flaws(reader, media, f"{kind}-decide")
        reader.go(site.page(CONFIRM))
        flaws += find_flaws(reader, media, f"{kind}-form")
        reader.press(BUTTON)
        flaws += find_flaws(reader, media, f"{kind}-dry-run")
        flaws += reader.faults()
    assert flaws == [], "\n".join(flaws)


def test_nothing_is_wrong_with_a_page_on_a_phone():
    look_at_all(PHONE, "screen", "phone")


def test_nothing_is_wrong_with_a_page_on_a_laptop():
    look_at_all(LAPTOP, "screen", "laptop")


def test_nothing_is_wrong_with_a_page_on_paper():
    look_at_all(PAPER, "print", "paper")


def is_confirmed(site, calendar):
    with open(site.trip(calendar), "rb") as event:
        return b"STATUS:CONFIRMED" in event.read()


def show_dry_run(site, reader, council="esbjerg"):
    site.sign_in(reader, council)
    reader.go(site.page(CONFIRM))
    reader.press(BUTTON)


def decide_by_mailed_link(site, catcher, reader):
    before = site.ledger()
    equal(is_confirmed(site, "aarhus"), False, "before")
    show_dry_run(site, reader)
    equal(receivers(catcher), [CONTACTS["esbjerg"]], "letters")
    assert "Intet er besluttet endnu" in reader.look()["text"], reader.look()
    equal(site.ledger(), before, "the ledger after a dry run")
    reader.press(BUTTON)
    assert "/done/" in reader.look()["url"], reader.look()
    new = [decision for decision in site.ledger() if decision not in before]
    equal([(one["source"], one["by"], one["cycle"], one["confirmed"]) for one in new],
          [("page esbjerg", "esbjerg", "2027", True)])
    site.sync()
    equal(is_confirmed(site, "aarhus"), True, "after")


def test_from_a_mailed_link_to_changed_calendars():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        decide_by_mailed_link(site, catcher, reader)


def test_the_same_without_javascript():
    with Catcher() as catcher, Site(BUILD, catcher) as site, \
            browser.read(javascript=False) as reader:
        decide_by_mailed_link(site, catcher, reader)


def refuse_without_change(site, before, reader, words):
    seen = reader.look()
    assert words in seen["text"], seen
    equal(site.ledger(), before, "the ledger")


def test_a_stolen_form_is_good_for_nothing_without_its_session():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader, \
            browser.read() as thief:
        before = site.ledger()
        show_dry_run(site, reader)
        form = reader.markup(FORM)
        thief.go(site.page(CONFIRM))
        assert "/sign-in?to=" in thief.look()["url"], thief.look()
        thief.graft(form)
        thief.press("#graft button")
        refuse_without_change(site, before, thief, "For at beslutte noget taler du for et råd")


def test_a_form_of_one_council_is_good_for_no_other():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader, \
            browser.read() as other:
        before = site.ledger()
        show_dry_run(site, reader)
        site.sign_in(other, "aarhus")
        other.graft(reader.markup(FORM))
        other.press("#graft button")
        refuse_without_change(site, before, other, "Intet er ændret")
        equal(other.look()["status"], 403)


def test_a_forged_form_is_good_for_nothing():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        before = site.ledger()
        show_dry_run(site, reader)
        seal = reader.value("[name=seal]")
        reader.forge("[name=seal]", seal[:-1] + ("1" if seal[-1] == "0" else "0"))
        reader.press(BUTTON)
        refuse_without_change(site, before, reader, "Intet er ændret")
        equal(reader.look()["status"], 403)


def test_a_form_of_another_site_is_good_for_nothing():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        before = site.ledger()
        show_dry_run(site, reader)
        form = reader.markup(FORM).replace('action="', f'action="http://127.0.0.1:{site.port}')
        reader.go("about:blank")
        reader.write(form)
        reader.press("button")
        refuse_without_change(site, before, reader, "403")


def test_a_form_that_is_handed_in_twice_decides_once():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        show_dry_run(site, reader)
        form = reader.markup(FORM)
        reader.press(BUTTON)
        done, after = reader.look(), site.ledger()
        reader.go(site.page("decide"))
        reader.graft(form)
        reader.press("#graft button")
        refuse_without_change(site, after, reader, "Det er besluttet")
        equal(reader.look()["url"], done["url"])


def test_a_link_is_good_once():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader, \
            browser.read() as thief:
        before = site.ledger()
        link = site.ask_for_link(reader, "esbjerg")
        thief.go(link)
        reader.go(link)
        reader.press(BUTTON)
        thief.press(BUTTON)
        refuse_without_change(site, before, thief, "Dette link er allerede brugt")
        thief.go(link)
        refuse_without_change(site, before, thief, "Dette link er allerede brugt")
        thief.go(link[:-1] + ("1" if link[-1] == "0" else "0"))
        refuse_without_change(site, before, thief, "Dette link kendes ikke her")


def test_the_link_of_another_council_decides_nothing():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        before = site.ledger()
        show_dry_run(site, reader, "aarhus")
        refuse_without_change(site, before, reader, "Intet er ændret")
        assert "Esbjerg" in reader.look()["text"], reader.look()
        equal(reader.look()["status"], 403)
        site.sync()
        equal(is_confirmed(site, "esbjerg"), False, "confirmed")


def test_the_keyboard_reaches_a_link_and_shows_where_it_is():
    with Catcher() as catcher, Site(BUILD, catcher) as site, browser.read() as reader:
        reader.go(site.page(""))
        stops = [reader.tab() for _ in range(4)]
        assert all(stop["is_visible"] for stop in stops), stops
        equal(stops[3]["href"], "/turnus/c/7by/wheel", stops)
        reader.shoot(os.path.join(PICTURES, "keyboard.png"))
        reader.enter()
        equal(reader.look()["url"], site.page("c/7by/wheel"))


def test_a_subscription_is_sent_once():
    with Catcher() as catcher, Site(BUILD, catcher) as site:
        status, headers, text = site.fetch("ics/7by.ics")
        equal(status, 200)
        assert headers["Content-Type"].startswith("text/calendar"), headers
        assert "BEGIN:VEVENT" in text, text
        equal(site.fetch("ics/7by.ics", **{"If-None-Match": headers["ETag"]})[::2], (304, ""))


def find_pages(site):
    """All that can be reached by links, and what stands there."""
    found, waiting = {}, {""}
    while waiting:
        path = waiting.pop()
        found[path] = site.fetch(path)[2]
        ways = re.findall(r'href="(?:http://127.0.0.1:\d+)?/turnus/([^"#]*)"', found[path])
        waiting |= set(ways) - set(found)
    return found


def test_what_a_person_typed_is_on_no_page_and_in_no_subscription():
    with Catcher() as catcher, Site(BUILD, catcher) as site:
        site.edit(site.trip("esbjerg"), ("DESCRIPTION:", f"DESCRIPTION:{TEXT}\\n\\n"))
        site.move_trip("esbjerg", "20270519")
        site.sync()
        pages = find_pages(site)
        assert {"c/7by/wheel", "event/" + TRIP, "ics/7by.ics", "ics/7by/esbjerg.ics", "health",
                "style.css"} <= set(pages), sorted(pages)
        assert "20270519" in pages["ics/7by.ics"], "the move is not there"
        equal([path for path, text in pages.items() if TEXT in text], [])


os.makedirs(PICTURES, exist_ok=True)
with browser:
    Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
