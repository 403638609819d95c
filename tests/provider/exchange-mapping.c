/* Items of Exchange to plain events and back: what turnus writes is what it reads, and what people
 * do in Outlook comes through without changing anything else. */
#include "mapping.h"

#include <string.h>

#include "body.h"
#include "zone.h"

#define HOME "Europe/Copenhagen"
#define MINUTE_US G_GINT64_CONSTANT (60000000)
#define HOUR_US (60 * MINUTE_US)
#define SEPTEMBER_US G_GINT64_CONSTANT (1820908800000000) /* 2027-09-14T08:00:00Z */

static void
put (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static TurnusEvent *
make_event (void)
{
  TurnusEvent *event = turnus_event_new ("3d813cbb@turnus");
  put (&event->summary, "Erfa-møde 2027");
  put (&event->location, "Odense, rådhuset");
  put (&event->description, "Husk kage\n\n--- turnus ---\n7by/erfa/2027");
  event->start_us = SEPTEMBER_US;
  event->end_us = SEPTEMBER_US + 5 * HOUR_US;
  event->zone = g_strdup (HOME);
  event->status = TURNUS_STATUS_CONFIRMED;
  g_hash_table_insert (event->own, g_strdup ("key"), g_strdup ("djEKYz03Ynk"));
  g_hash_table_insert (event->own, g_strdup ("wrote"), g_strdup ("v1 by=odense"));
  return event;
}

static ExItem *
write_item (const TurnusEvent *event)
{
  g_autoptr (GError) error = NULL;
  ExItem *item = ex_mapping_to_item (event, HOME, &error);
  g_assert_no_error (error);
  return item;
}

static TurnusEvent *
read_item (const ExItem *item)
{
  g_autoptr (GError) error = NULL;
  TurnusEvent *event = ex_mapping_to_event (item, HOME, &error);
  g_assert_no_error (error);
  return event;
}

static void
assert_same_own (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_assert_cmpstr (value, ==, g_hash_table_lookup (b, name));
}

static void
assert_same (const TurnusEvent *a, const TurnusEvent *b)
{
  g_assert_cmpstr (a->uid, ==, b->uid);
  g_assert_cmpstr (a->summary, ==, b->summary);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpint (a->all_day, ==, b->all_day);
  g_assert_cmpint (a->start_day, ==, b->start_day);
  g_assert_cmpint (a->end_day, ==, b->end_day);
  g_assert_cmpint (a->start_us, ==, b->start_us);
  g_assert_cmpint (a->end_us, ==, b->end_us);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->is_transparent, ==, b->is_transparent);
  g_assert_cmpint (a->is_private, ==, b->is_private);
  assert_same_own (a->own, b->own);
}

static char *
random_text (void)
{
  static const char *const pieces[] = {
    "Erfa", " ",       "\n", "møde", "--- turnus ---", "<b>", "&amp;", "\"", "\xf0\x9f\x8e\x82",
    "\t",   "AFLYST: "
  };
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = g_test_rand_int_range (0, 9); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static TurnusEvent *
random_event (const char *const *zones, gint n_zones)
{
  TurnusEvent *event = turnus_event_new ("uid");
  g_autofree char *body = random_text ();
  g_free (event->summary);
  g_free (event->location);
  g_free (event->description);
  event->summary = random_text ();
  event->location = random_text ();
  event->description = ex_body_tidy (body);
  event->all_day = g_test_rand_bit ();
  if (event->all_day)
    {
      event->start_day = g_test_rand_int_range (10000, 40000);
      event->end_day = event->start_day + g_test_rand_int_range (1, 400);
    }
  else
    {
      event->start_us = g_test_rand_int_range (10000000, 50000000) * MINUTE_US;
      event->end_us = event->start_us + g_test_rand_int_range (0, 5000) * MINUTE_US;
      event->zone = g_strdup (zones[g_test_rand_int_range (0, n_zones)]);
    }
  event->status = (TurnusStatus) g_test_rand_int_range (0, 4);
  event->is_transparent = g_test_rand_bit ();
  event->is_private = g_test_rand_bit ();
  g_hash_table_insert (event->own, g_strdup ("key"), random_text ());
  g_hash_table_insert (event->own, g_strdup ("ledger"), random_text ());
  return event;
}

static void
test_identity (void)
{
  static const char *const zones[] = {
    HOME,          "UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Europe/Oslo", "Antarctica/Troll",
    "Pacific/Apia"
  };
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (TurnusEvent) event = random_event (zones, G_N_ELEMENTS (zones));
      g_autoptr (ExItem) item = write_item (event);

      g_autoptr (TurnusEvent) back = read_item (item);
      g_autoptr (ExItem) nothing = ex_mapping_diff (item, back, event, HOME);

      assert_same (event, back);
      g_assert_true (ex_item_is_empty (nothing));
    }
}

/* An update says the same as writing the whole anew. */
static void
test_updates (void)
{
  static const char *const zones[] = { HOME, "Europe/Stockholm" };
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (TurnusEvent) first = random_event (zones, G_N_ELEMENTS (zones));
      g_autoptr (TurnusEvent) wished = random_event (zones, G_N_ELEMENTS (zones));
      g_autoptr (ExItem) item = write_item (first);
      wished->is_private = first->is_private;

      g_autoptr (ExItem) changes = ex_mapping_diff (item, first, wished, HOME);
      g_autoptr (ExItem) whole = write_item (wished);

      g_assert_true ((changes->fields & EX_FIELD_WHEN) == 0
                     || changes->start_us == whole->start_us);
      g_assert_true ((changes->fields & EX_FIELD_SUBJECT) != 0
                     || strcmp (item->subject, whole->subject) == 0);
      g_assert_true ((changes->fields & EX_FIELD_LOCATION) != 0
                     || strcmp (item->location, whole->location) == 0);
      g_assert_true ((changes->fields & EX_FIELD_SHOW) != 0 || item->show == whole->show);
      g_assert_true ((changes->fields & EX_FIELD_BODY) != 0
                     || strcmp (item->body, whole->body) == 0);
      g_assert_cmpuint (changes->fields & EX_FIELD_SENSITIVITY, ==, 0);
    }
}

static void
test_moved_title (void)
{
  g_autoptr (TurnusEvent) now = make_event ();
  g_autoptr (TurnusEvent) wished = make_event ();
  g_autoptr (ExItem) item = write_item (now);
  item->id = g_strdup ("AAMk-");
  item->revision = g_strdup ("W/\"1\"");
  put (&wished->summary, "AFLYST: Erfa-møde 2027");
  wished->status = TURNUS_STATUS_CANCELLED;
  wished->is_transparent = TRUE;

  g_autoptr (ExItem) changes = ex_mapping_diff (item, now, wished, HOME);

  g_assert_cmpuint (changes->fields, ==, EX_FIELD_SUBJECT | EX_FIELD_SHOW);
  g_assert_cmpstr (changes->id, ==, "AAMk-");
  g_assert_cmpstr (changes->revision, ==, "W/\"1\"");
  g_assert_cmpint (changes->show, ==, EX_SHOW_FREE);
  g_assert_cmpuint (g_hash_table_size (changes->own), ==, 1);
  g_assert_cmpstr (ex_item_get_own (changes, EX_OWN_STATUS), ==, "cancelled");
}

/* Outlook renames the zone, and what people see there is where it was (pitfall 13, hazard 50). */
static void
test_zone_renamed (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (ExItem) item = write_item (event);
  put (&item->start_zone, "W. Europe Standard Time");
  item->start_us += HOUR_US;
  item->end_us += HOUR_US;

  g_autoptr (TurnusEvent) read = read_item (item);
  g_autoptr (ExItem) nothing = ex_mapping_diff (item, read, read, HOME);

  g_assert_cmpstr (read->zone, ==, "Europe/Berlin");
  g_assert_cmpint (read->start_us, ==, SEPTEMBER_US + HOUR_US);
  g_assert_cmpint (read->end_us, ==, SEPTEMBER_US + 6 * HOUR_US);
  g_assert_cmpstr (read->summary, ==, event->summary);
  g_assert_cmpstr (read->description, ==, event->description);
  g_assert_true (ex_item_is_empty (nothing));
}

static void
test_zone_of_somebody (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (ExItem) item = write_item (event);
  put (&item->start_zone, "tzone://Microsoft/Custom");
  g_hash_table_remove (item->own, EX_OWN_ZONE);

  g_autoptr (TurnusEvent) read = read_item (item);

  g_assert_cmpstr (read->zone, ==, HOME);
  g_assert_cmpint (read->start_us, ==, SEPTEMBER_US);
}

/* A day that some program wrote in UTC, and one of the zone itself (davmail 342). */
static void
test_days_of_others (void)
{
  g_autoptr (ExItem) item = ex_item_new ();
  item->fields = EX_FIELDS;
  item->uid = g_strdup ("040000008200E00074C5B7101A82E008");
  item->all_day = TRUE;
  item->start_zone = g_strdup ("Romance Standard Time");
  item->start_us = 20000 * 24 * HOUR_US;
  item->end_us = 20002 * 24 * HOUR_US;

  g_autoptr (TurnusEvent) of_utc = read_item (item);
  item->start_us -= 2 * HOUR_US;
  item->end_us -= 2 * HOUR_US;
  g_autoptr (TurnusEvent) of_zone = read_item (item);

  g_assert_cmpint (of_utc->start_day, ==, 20000);
  g_assert_cmpint (of_utc->end_day, ==, 20002);
  g_assert_cmpint (of_zone->start_day, ==, 20000);
  g_assert_cmpint (of_zone->end_day, ==, 20002);
  g_assert_cmpstr (of_zone->uid, ==, "040000008200E00074C5B7101A82E008");
}

typedef struct
{
  const char *noted; /* (nullable) our property */
  ExShow show;
  TurnusStatus status;
  gboolean is_transparent;
} Shown;

static void
test_show_as (void)
{
  static const Shown shown[] = {
    { NULL, EX_SHOW_BUSY, TURNUS_STATUS_NONE, FALSE },
    { NULL, EX_SHOW_FREE, TURNUS_STATUS_NONE, TRUE },
    { NULL, EX_SHOW_TENTATIVE, TURNUS_STATUS_TENTATIVE, FALSE },
    { NULL, EX_SHOW_OOF, TURNUS_STATUS_NONE, FALSE },
    { "confirmed", EX_SHOW_TENTATIVE, TURNUS_STATUS_TENTATIVE, FALSE },
    { "confirmed", EX_SHOW_OOF, TURNUS_STATUS_CONFIRMED, FALSE },
    { "tentative", EX_SHOW_BUSY, TURNUS_STATUS_CONFIRMED, FALSE },
    { "tentative", EX_SHOW_FREE, TURNUS_STATUS_TENTATIVE, TRUE },
    { "cancelled", EX_SHOW_BUSY, TURNUS_STATUS_CANCELLED, FALSE },
    { "nonsense", EX_SHOW_BUSY, TURNUS_STATUS_NONE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (TurnusEvent) event = make_event ();
      g_autoptr (ExItem) item = write_item (event);
      g_hash_table_remove (item->own, EX_OWN_STATUS);
      if (shown[i].noted != NULL)
        ex_item_set_own (item, EX_OWN_STATUS, shown[i].noted);
      item->show = shown[i].show;

      g_autoptr (TurnusEvent) read = read_item (item);

      g_assert_cmpint (read->status, ==, shown[i].status);
      g_assert_cmpint (read->is_transparent, ==, shown[i].is_transparent);
    }
}

static void
test_out_of_office_stays (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (TurnusEvent) wished = make_event ();
  g_autoptr (ExItem) item = write_item (event);
  item->show = EX_SHOW_OOF;
  event->status = TURNUS_STATUS_NONE;

  g_autoptr (ExItem) changes = ex_mapping_diff (item, event, wished, HOME);

  g_assert_cmpuint (changes->fields, ==, 0);
  g_assert_cmpstr (ex_item_get_own (changes, EX_OWN_STATUS), ==, "confirmed");
}

static void
assert_left_alone (const ExItem *item, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, HOME, &error);
  g_assert_null (event);
  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_left_alone (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (ExItem) master = write_item (event);
  g_autoptr (ExItem) backwards = write_item (event);
  g_autoptr (ExItem) timeless = write_item (event);
  g_autoptr (ExItem) nameless = write_item (event);
  master->type = EX_ITEM_MASTER;
  backwards->end_us = backwards->start_us - 1;
  timeless->fields = EX_FIELDS & ~EX_FIELD_WHEN;
  ex_item_set_own (nameless, EX_OWN_UID, "");

  assert_left_alone (master, "it recurs");
  assert_left_alone (backwards, "ends before");
  assert_left_alone (timeless, "no start");
  assert_left_alone (nameless, "no UID");
}

static void
test_recurring_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusEvent) event = make_event ();
  event->recurs = TRUE;

  g_autoptr (ExItem) item = ex_mapping_to_item (event, HOME, &error);

  g_assert_null (item);
  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "recurs"));
}

static void
test_guests (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (ExItem) item = write_item (event);
  g_autoptr (ExItem) invited = write_item (event);
  item->n_attendees = 36;
  invited->is_organizer = FALSE;

  g_autoptr (TurnusEvent) read = read_item (item);
  g_autoptr (TurnusEvent) other = read_item (invited);

  g_assert_true (read->is_meeting);
  g_assert_cmpuint (read->n_attendees, ==, 36);
  g_assert_cmpuint (other->n_attendees, ==, 1);
}

#define THEIR_HTML                                                                                 \
  "<html><head><style>p {color: red}</style><meta charset=\"iso-8859-1\"></head><body "            \
  "lang=\"DA\"><div class=\"WordSection1\"><p class=\"MsoNormal\">Husk <b>kage</b> &amp; "         \
  "r\xc3\xb8"                                                                                      \
  "dvin</p><p>&nbsp;</p><p>--- turnus ---<br>7by/erfa/2027<br>V\xc3\xa6rt: "                       \
  "Odense</p></div><div>mere</div></body></html>"

static void
test_html_is_read (void)
{
  g_autofree char *text = ex_body_html_to_text (THEIR_HTML);

  g_assert_cmpstr (text, ==,
                   "Husk kage & rødvin\n\n--- turnus ---\n7by/erfa/2027\nVært: Odense\nmere");
}

static void
test_html_stays (void)
{
  g_autofree char *html = ex_body_replace_note (
      THEIR_HTML, "Husk kage & rødvin\n\n--- turnus ---\n7by/erfa/2027\nVært: <Århus>");

  g_autofree char *text = ex_body_html_to_text (html);
  g_assert_cmpstr (text, ==, "Husk kage & rødvin\n\n--- turnus ---\n7by/erfa/2027\nVært: <Århus>");
  g_assert_nonnull (strstr (html, "<p class=\"MsoNormal\">Husk <b>kage</b> &amp; r"));
  g_assert_nonnull (strstr (html, "p {color: red}"));
  g_assert_null (strstr (html, "mere"));
}

/* Hazard 71. */
static void
test_html_is_written_for_ours_alone (void)
{
  g_autoptr (TurnusEvent) event = make_event ();
  g_autoptr (ExItem) item = write_item (event);
  put (&item->body, THEIR_HTML);
  item->body_is_html = TRUE;
  g_autoptr (TurnusEvent) now = read_item (item);
  g_autoptr (TurnusEvent) moved = read_item (item);
  g_autoptr (TurnusEvent) noted = read_item (item);
  g_autoptr (TurnusEvent) worded = read_item (item);
  moved->start_us += HOUR_US;
  put (&noted->description, "Husk kage & rødvin\n\n--- turnus ---\nVært: Århus");
  put (&worded->description, "Husk vin\n\n--- turnus ---\nVært: Århus");

  g_autoptr (ExItem) of_moved = ex_mapping_diff (item, now, moved, HOME);
  g_autoptr (ExItem) of_noted = ex_mapping_diff (item, now, noted, HOME);
  g_autoptr (ExItem) of_worded = ex_mapping_diff (item, now, worded, HOME);

  g_assert_cmpuint (of_moved->fields, ==, EX_FIELD_WHEN);
  g_assert_cmpuint (of_noted->fields, ==, EX_FIELD_BODY);
  g_assert_true (of_noted->body_is_html);
  g_assert_nonnull (strstr (of_noted->body, "<b>kage</b>"));
  g_assert_false (of_worded->body_is_html);
  g_assert_cmpstr (of_worded->body, ==, "Husk vin\n\n--- turnus ---\nVært: Århus");
}

/* A marker that the markup tears apart is not found again: then text is written, nothing doubled.
 */
static void
test_torn_marker (void)
{
  g_autofree char *html
      = ex_body_replace_note ("<p>Husk kage</p><p>--- <b>turnus</b> ---</p><p>gammelt</p>",
                              "Husk kage\n\n--- turnus ---\nnyt");

  g_assert_null (html);
}

static void
test_body_is_tidied (void)
{
  g_autofree char *text = ex_body_tidy ("Husk kage  \r\n\r\n--- turnus ---\r\nx\r\n\r\n \r\n");

  g_assert_cmpstr (text, ==, "Husk kage\n\n--- turnus ---\nx");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/mapping/what-is-written-is-read", test_identity);
  g_test_add_func ("/exchange/mapping/update-says-all-that-differs", test_updates);
  g_test_add_func ("/exchange/mapping/cancelling-touches-title-and-show-as", test_moved_title);
  g_test_add_func ("/exchange/mapping/zone-renamed-by-outlook-changes-nothing-pitfall-13-hazard-50",
                   test_zone_renamed);
  g_test_add_func ("/exchange/mapping/zone-of-somebodys-own-keeps-the-time", test_zone_of_somebody);
  g_test_add_func ("/exchange/mapping/day-of-another-program-is-that-day-pitfall-13-hazard-53",
                   test_days_of_others);
  g_test_add_func ("/exchange/mapping/show-as-of-people-counts", test_show_as);
  g_test_add_func ("/exchange/mapping/out-of-office-stays", test_out_of_office_stays);
  g_test_add_func ("/exchange/mapping/recurring-item-is-left-alone-pitfall-15-hazard-59",
                   test_left_alone);
  g_test_add_func ("/exchange/mapping/recurring-event-is-refused-pitfall-15-hazard-59",
                   test_recurring_is_refused);
  g_test_add_func ("/exchange/mapping/guests-are-counted-pitfall-7", test_guests);
  g_test_add_func ("/exchange/body/html-is-read-as-text-hazard-71", test_html_is_read);
  g_test_add_func ("/exchange/body/html-of-a-person-stays-hazard-71", test_html_stays);
  g_test_add_func ("/exchange/body/body-is-written-for-our-part-alone-hazard-71",
                   test_html_is_written_for_ours_alone);
  g_test_add_func ("/exchange/body/torn-marker-doubles-nothing", test_torn_marker);
  g_test_add_func ("/exchange/body/line-ends-and-blank-ends-mean-nothing-hazard-71",
                   test_body_is_tidied);
  return g_test_run ();
}
