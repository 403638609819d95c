"""Three daemons of three councils that share one calendar on a real CalDAV server: they settle
without talking to each other, and then nobody writes any more (design sections 4 and 6). Speaks TAP.
"""

import sys

from server_town import SERVER  # first: says where the relay is
from region_town import SHARED, Region
from town import Tap, equal

BUILD = sys.argv[1]
NEWER = (("edition = 1;", "edition = 2;"), ("Studietur {cycle}: {host}", "Rejse {cycle}: {host}"))


def live(region):
    """What a year leaves: a moved date, a confirmed one, a place, a theme, a wish that waits."""
    region["esbjerg"].move("esbjerg", "Studietur 2027", 20270525)
    region["odense"].change_event("odense", ("SUMMARY:Studietur 2029",),
                                  ("STATUS:TENTATIVE", "STATUS:CONFIRMED"))
    region["aarhus"].move("aarhus", "Studietur 2028", 20280510)
    region.settle()
    region["esbjerg"].turnusctl("theme", "7by/studietur/2027", "Havnen", "--for", "esbjerg",
                                codes=(0, 3))
    region.settle()


def test_hazard_29_three_daemons_that_publish_at_once_create_each_event_once():
    with Region(BUILD) as region:
        region.settle()
        region.check_same()
        region.check_quiet()


def test_hazard_40_edits_at_all_of_them_at_once_settle_and_then_nobody_writes():
    with Region(BUILD) as region:
        region.settle()
        region["esbjerg"].move("esbjerg", "Studietur 2027", 20270525)
        region["odense"].change_event("odense", ("SUMMARY:Studietur 2029",),
                                      ("STATUS:TENTATIVE", "STATUS:CONFIRMED"))
        region["aarhus"].move("aarhus", "Studietur 2028", 20280510)
        region["odense"].change_event("odense", ("SUMMARY:Erfa-møde 2027",),
                                      ("LOCATION:Odense", "LOCATION:Ved stationen"))
        region["esbjerg"].move(SHARED, "Studietur 2029", 20290529)
        region.settle()
        region.check_everywhere("studietur/2027", "20270525")
        region.check_everywhere("studietur/2029", "STATUS:CONFIRMED")
        region.check_everywhere("erfa/2027", "LOCATION:Ved stationen")
        equal(region["esbjerg"].moves(), ["2028-05-10", "2029-05-29"])
        region.check_same()
        region.check_quiet()


def test_a_proposal_made_at_aarhus_is_accepted_at_esbjerg():
    with Region(BUILD) as region:
        region.settle()
        region["aarhus"].move("aarhus", "Studietur 2027", 20270601)
        region.settle()
        region.check_everywhere("studietur/2027", "20270518")
        for member in region.members.values():
            equal(member.moves(), ["2027-06-01"], member.council)
        wish = region["esbjerg"].ask("proposals")[0]["id"]
        region["esbjerg"].turnusctl("proposals", "accept", wish, "--for", "esbjerg", codes=(0, 3))
        region.settle()
        region.check_everywhere("studietur/2027", "20270601")
        for member in region.members.values():
            equal(member.moves(), [], member.council)
        region.check_same()
        region.check_quiet()


def test_a_daemon_with_an_older_edition_takes_over_and_decides_on():
    with Region(BUILD) as region:
        region.settle()
        region["aarhus"].take_charter(*NEWER)
        region["esbjerg"].take_charter(*NEWER)
        region.settle()
        region.check_everywhere("studietur/2027", "SUMMARY:Rejse 2027: Esbjerg")
        said = region["odense"].turnusctl("status", codes=(0, 3)).stdout
        assert "charter too old" in said, said
        region.check_quiet()
        region["odense"].change_event("odense", ("SUMMARY:Rejse 2029",),
                                      ("STATUS:TENTATIVE", "STATUS:CONFIRMED"))
        region.settle()
        region.check_everywhere("studietur/2029", "STATUS:CONFIRMED", "SUMMARY:Rejse 2029")
        region.check_same()
        region.check_quiet()
        region["odense"].take_charter(*NEWER)
        region.settle()
        said = region["odense"].turnusctl("status", codes=(0, 3)).stdout
        assert "charter too old" not in said, said
        region.check_same()
        region.check_quiet()


def test_an_equal_edition_of_another_digest_moves_nothing():
    with Region(BUILD) as region:
        region.settle()
        region["odense"].take_charter(('[ "tue", "wed", "thu" ]', '[ "mon" ]'),
                                      ("Studietur {cycle}: {host}", "Tur {cycle}: {host}"))
        region.settle()
        for council, calendar in (("odense", SHARED), ("aarhus", "aarhus"), ("esbjerg", "esbjerg")):
            shown = region[council].meaning(calendar, "studietur/2027")
            assert "20270518" in shown and "Studietur 2027: Esbjerg" in shown, (calendar, shown)
        for member in region.members.values():
            said = member.turnusctl("status", codes=(0, 3)).stdout
            assert "says different things" in said, said
        region.check_quiet()
        region["esbjerg"].move("esbjerg", "Studietur 2027", 20270525)
        region.settle()
        region.check_everywhere("studietur/2027", "20270525")
        region.check_quiet()


def test_hazard_82_a_clock_a_year_ahead_sends_no_write_back_and_forth():
    with Region(BUILD, odense="2027-11-20") as region:
        region.settle()
        region.check_quiet()
        region["odense"].change_event("odense", ("SUMMARY:Studietur 2029",),
                                      ("STATUS:TENTATIVE", "STATUS:CONFIRMED"))
        region["esbjerg"].move("esbjerg", "Studietur 2027", 20270525)
        region.settle()
        region.check_everywhere("studietur/2029", "STATUS:CONFIRMED")
        region.check_everywhere("studietur/2027", "20270525")
        region.check_quiet()


def test_hazard_82_a_clock_a_year_behind_sends_no_write_back_and_forth():
    with Region(BUILD, aarhus="2025-11-20") as region:
        region.settle()
        region.check_quiet()
        region["esbjerg"].move("esbjerg", "Studietur 2027", 20270525)
        region["odense"].change_event("odense", ("SUMMARY:Erfa-møde 2027",),
                                      ("LOCATION:Odense", "LOCATION:Ved stationen"))
        region.settle()
        region.check_everywhere("studietur/2027", "20270525")
        region.check_everywhere("erfa/2027", "LOCATION:Ved stationen")
        region.check_quiet()


def test_hazard_17_a_daemon_whose_state_and_calendar_are_wiped_loses_nothing():
    with Region(BUILD) as region:
        region.settle()
        live(region)
        for council, member in region.members.items():
            before = member.meanings(council), member.meanings(SHARED), member.knowledge()
            member.forget()
            region.settle()
            equal((member.meanings(council), member.meanings(SHARED), member.knowledge()), before,
                  council)
            region.check_same()
        region.check_quiet()


assert SERVER, "run by tests/servers/with-server"
Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
