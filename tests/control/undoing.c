/* A pass is shown and taken back, over a real socket. */
#include "control/undoing.h"

#include <string.h>

#include "control/parlour.h"

static GVariant *
ask_undo (const char *pass, const char *council, gboolean dry_run)
{
  return g_variant_new ("(ssb)", pass, council, dry_run);
}

static char *
show_trip (Parlour *parlour)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  return town_show (parlour->town, "aarhus", uid, TN_FIELD_WHEN);
}

static Parlour *
new_parlour (void)
{
  Parlour *parlour = parlour_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (parlour->town);
  town_edit (parlour->town, "esbjerg", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
  town_sync (parlour->town);
  return parlour;
}

static void
test_looking_does_nothing (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autoptr (JsonNode) undo = parlour_ask (parlour, "Undo", ask_undo ("", "esbjerg", TRUE));
  town_sync (parlour->town);

  g_assert_true (parlour_has (undo, "\"pass\":\"esbjerg@"));
  g_assert_true (parlour_has (undo, "\"after\":\"2027-05-18\""));
  g_autofree char *when = show_trip (parlour);
  g_assert_cmpstr (when, ==, "2027-05-25");
}

static void
test_is_taken_back_by_its_name (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) seen = parlour_ask (parlour, "Undo", ask_undo ("", "esbjerg", TRUE));
  const char *pass = json_object_get_string_member (json_node_get_object (seen), "pass");

  g_autoptr (JsonNode) undo = parlour_ask (parlour, "Undo", ask_undo (pass, "esbjerg", FALSE));
  town_sync (parlour->town);

  g_autofree char *when = show_trip (parlour);
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_an_unknown_pass (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autofree char *problem = parlour_fail (parlour, "Undo", ask_undo ("x@y", "", TRUE));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Invalid: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/undoing/looking-at-a-pass-does-nothing", test_looking_does_nothing);
  g_test_add_func ("/control/undoing/a-pass-is-taken-back-by-its-name",
                   test_is_taken_back_by_its_name);
  g_test_add_func ("/control/undoing/an-unknown-pass-is-an-error", test_an_unknown_pass);
  return g_test_run ();
}
