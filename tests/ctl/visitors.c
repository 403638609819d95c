/* tests/ctl/visitors.c — events that people let out of their calendar, in the answer of `list` */
#include "ctl/visitors.h"

#include "base/text.h"
#include "ctl/command.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <string.h>

#define EVENT(lines)                                                                               \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:u\r\n"                 \
  "DTSTAMP:20260101T000000Z\r\n" lines "END:VEVENT\r\nEND:VCALENDAR\r\n"

typedef struct
{
  char *folder; /* (owned) temporary: settings, a charter, a state */
  FILE *out;    /* (owned) */
  FILE *err;    /* (owned) */
} Fixture;

static void
write_text (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("turnus-visitors-XXXXXX", NULL);
  fixture->out = tmpfile ();
  fixture->err = tmpfile ();
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_assert_cmpint (g_mkdir (state, 0700), ==, 0);
  write_text (fixture, "a.conf",
              "collaboration = { id = \"a\"; name = \"A\"; edition = 1; language = \"da\";\n"
              "timezone = \"Europe/Copenhagen\"; councils = ( { id = \"x\"; name = \"X\"; } );\n"
              "series = ( { id = \"m\"; kind = \"meeting\"; title = \"Møde\"; every = \"year\";\n"
              "first = \"2027\"; last = \"2027\"; window = { from = \"03-15\"; to = \"05-31\"; };\n"
              "} ); };\n");
  write_text (fixture, "turnus.conf",
              "council = \"x\"; charters = [ \"a.conf\" ]; state = \"state\";\n"
              "calendars = ( { id = \"egen\"; provider = \"file\"; path = \"a\"; shared = true; } "
              ");\n");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  remove_all (fixture->folder);
  g_free (fixture->folder);
  fclose (fixture->out);
  fclose (fixture->err);
}

static void
put_guest (const Fixture *fixture, TnGuestState state, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "state", NULL);
  g_autoptr (TnStore) store = tn_store_open_sqlite (path, &error);
  g_assert_no_error (error);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (TnGuest) guest = tn_guest_new ("kaffe@x", "egen");
  guest->state = state;
  tn_text_set (&guest->content, content);
  tn_batch_put_guest (batch, guest);
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): what `list` prints; `more` is one further argument */
static char *
list (const Fixture *fixture, const char *more)
{
  g_autofree char *config = g_build_filename (fixture->folder, "turnus.conf", NULL);
  const char *const arguments[] = { "--config", config, "--today", "2026-11-22", more, NULL };
  g_autoptr (TnCall) call = tn_call_new (&tn_cmd_list, fixture->out, fixture->err);
  g_autoptr (GError) error = NULL;
  tn_call_read (call, arguments, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tn_cmd_list.run (call), ==, TN_EXIT_DONE);
  char text[4096] = "";
  rewind (fixture->out);
  gsize size = fread (text, 1, sizeof text - 1, fixture->out);
  g_assert_cmpint (ftell (fixture->err), ==, 0);
  return g_strndup (text, size);
}

static void
test_among_occurrences (Fixture *fixture, gconstpointer user_data)
{
  put_guest (fixture, TN_GUEST_HERE,
             EVENT ("DTSTART;VALUE=DATE:20270107\r\nSUMMARY:Kaffe\r\nLOCATION:Ribe\r\n"));

  g_autofree char *table = list (fixture, NULL);

  const char *guest = strstr (table, "2027-01-07  Kaffe");
  const char *meeting = strstr (table, "Møde");
  g_assert_nonnull (guest);
  g_assert_nonnull (meeting);
  g_assert_true (guest < meeting); /* by day */
  g_assert_nonnull (strstr (table, "made in calendar egen"));
}

static void
test_as_json (Fixture *fixture, gconstpointer user_data)
{
  put_guest (fixture, TN_GUEST_HERE,
             EVENT ("DTSTART;TZID=Europe/Copenhagen:20270107T100000\r\n"
                    "DTEND;TZID=Europe/Copenhagen:20270107T110000\r\nSUMMARY:Kaffe\r\n"
                    "RRULE:FREQ=WEEKLY\r\nSTATUS:CANCELLED\r\nLOCATION:Ribe\r\n"));

  g_autofree char *text = list (fixture, "--json");
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonArray *all = json_node_get_array (root);
  JsonObject *guest = json_array_get_object_element (all, json_array_get_length (all) - 1);

  g_assert_cmpstr (json_object_get_string_member (guest, "kind"), ==, "guest");
  g_assert_cmpstr (json_object_get_string_member (guest, "uid"), ==, "kaffe@x");
  g_assert_cmpstr (json_object_get_string_member (guest, "start"), ==, "2027-01-07T10:00:00+01:00");
  g_assert_cmpstr (json_object_get_string_member (guest, "status"), ==, "cancelled");
  g_assert_cmpstr (json_object_get_string_member (guest, "venue"), ==, "Ribe");
  g_assert_true (json_object_get_boolean_member (guest, "recurs"));
  g_assert_true (json_object_get_null_member (guest, "collaboration"));
}

static void
test_withdrawn (Fixture *fixture, gconstpointer user_data)
{
  put_guest (fixture, TN_GUEST_WITHDRAWN, "");

  g_autofree char *table = list (fixture, NULL);

  g_assert_null (strstr (table, "made in calendar"));
}

static void
test_outside (Fixture *fixture, gconstpointer user_data)
{
  put_guest (fixture, TN_GUEST_HERE, EVENT ("DTSTART;VALUE=DATE:20260107\r\nSUMMARY:Kaffe\r\n"));

  g_autofree char *table = list (fixture, NULL);

  g_assert_null (strstr (table, "Kaffe"));
}

static void
test_of_a_series (Fixture *fixture, gconstpointer user_data)
{
  put_guest (fixture, TN_GUEST_HERE, EVENT ("DTSTART;VALUE=DATE:20270107\r\nSUMMARY:Kaffe\r\n"));

  g_autofree char *table = list (fixture, "--series=a/m");

  g_assert_null (strstr (table, "Kaffe"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ctl/visitors/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("they-stand-among-the-occurrences", test_among_occurrences);
  ADD ("json-has-the-keys-of-an-occurrence", test_as_json);
  ADD ("hazard-114-one-that-was-taken-back-is-not-listed", test_withdrawn);
  ADD ("one-of-another-time-is-not-listed", test_outside);
  ADD ("of-a-series-there-are-none", test_of_a_series);
#undef ADD
  return g_test_run ();
}
