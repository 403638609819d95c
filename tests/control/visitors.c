/* Adopted events are listed, and what is proposed about them is answered, over a real socket. */
#include "control/visitors.h"

#include <string.h>

#include "control/parlour.h"

static const char COFFEE[]
    = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Esbjerg//DA\r\nBEGIN:VEVENT\r\n"
      "UID:kaffe@esbjerg\r\nDTSTAMP:20261120T080000Z\r\nDTSTART;VALUE=DATE:20270107\r\n"
      "SUMMARY:Kaffe\r\nCATEGORIES:Samarbejde\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static void
settle (Town *town)
{
  for (guint i = 0; i < 3; i++)
    town_sync (town);
}

/* Esbjerg lets the event out, and Aarhus edits its copy. */
static Parlour *
new_parlour (void)
{
  Parlour *parlour = parlour_new (TOWN_WRITE);
  Town *town = parlour->town;
  town_set_settings (town, "council = \"esbjerg\";",
                     "council = \"esbjerg\"; adopt = \"samarbejde\";");
  town_reload (town);
  town_sync (town);
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "kaffe.ics", COFFEE);
  settle (town);
  town_edit (town, "aarhus", "kaffe@esbjerg", "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  return parlour;
}

static JsonNode *
get_proposals (Parlour *parlour)
{
  return parlour_ask (parlour, "Proposals", g_variant_new ("(b)", FALSE));
}

static GVariant *
answer_first (JsonNode *proposals, gboolean accepts, const char *council)
{
  JsonObject *first = json_array_get_object_element (json_node_get_array (proposals), 0);
  return g_variant_new ("(sbs)", json_object_get_string_member (first, "id"), accepts, council);
}

static void
test_listed (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autoptr (JsonNode) guests = parlour_ask (parlour, "Guests", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (guests)), ==, 1);
  g_assert_true (parlour_has (guests, "\"uid\":\"kaffe@esbjerg\",\"calendar\":\"esbjerg\","
                                      "\"title\":\"Kaffe\",\"when\":\"2027-01-07\","
                                      "\"recurs\":false"));
}

static void
test_withdrawn (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  town_edit (parlour->town, "esbjerg", "kaffe@esbjerg", "CATEGORIES",
             "CLASS:PRIVATE\r\nCATEGORIES");
  settle (parlour->town);

  g_autoptr (JsonNode) guests = parlour_ask (parlour, "Guests", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (guests)), ==, 0);
}

static void
test_told (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autoptr (JsonNode) proposals = get_proposals (parlour);
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);

  g_assert_true (parlour_has (proposals, "\"title\":\"Kaffe\""));
  g_assert_true (parlour_has (proposals, "\"deciders\":[\"esbjerg\"]"));
  g_assert_true (parlour_has (status, "waits for esbjerg: turnusctl proposals accept"));
}

static void
test_accepted (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) proposals = get_proposals (parlour);

  g_autoptr (JsonNode) answer
      = parlour_ask (parlour, "Answer", answer_first (proposals, TRUE, "esbjerg"));
  settle (parlour->town);

  g_assert_true (parlour_has (answer, "\"accepted\":true"));
  town_assert_shows (parlour->town, "aarhus", "kaffe@esbjerg", TN_FIELD_TITLE, "Te");
  town_assert_shows (parlour->town, "esbjerg", "kaffe@esbjerg", TN_FIELD_TITLE, "Te");
}

static void
test_rejected (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) proposals = get_proposals (parlour);

  g_autoptr (JsonNode) answer
      = parlour_ask (parlour, "Answer", answer_first (proposals, FALSE, "esbjerg"));
  g_autoptr (JsonNode) left = get_proposals (parlour);

  g_assert_true (parlour_has (answer, "\"accepted\":false"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (left)), ==, 0);
}

static void
test_denied (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) proposals = get_proposals (parlour);

  g_autofree char *problem
      = parlour_fail (parlour, "Answer", answer_first (proposals, TRUE, "aarhus"));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Denied: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/visitors/they-are-listed", test_listed);
  g_test_add_func ("/control/visitors/hazard-114-one-that-is-private-now-is-not", test_withdrawn);
  g_test_add_func ("/control/visitors/a-proposal-names-its-people", test_told);
  g_test_add_func ("/control/visitors/its-people-accept", test_accepted);
  g_test_add_func ("/control/visitors/its-people-reject", test_rejected);
  g_test_add_func ("/control/visitors/others-are-denied", test_denied);
  return g_test_run ();
}
