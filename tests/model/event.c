/* Events by meaning. */
#include "model/event.h"

#include <string.h>

static TnEvent *
make_event (void)
{
  TnEvent *event = tn_event_new ("ff1164f2@turnus");
  g_free (event->title);
  g_free (event->where);
  g_free (event->text);
  g_free (event->note);
  event->when = tn_when_new_timed (tn_date_new (2027, 9, 14), 600, tn_date_new (2027, 9, 14), 900);
  event->zone = tn_zone_new ("Europe/Copenhagen", NULL);
  event->title = g_strdup ("Erfa-møde 2027");
  event->where = g_strdup ("Odense");
  event->text = g_strdup ("Husk kage");
  event->note = g_strdup ("Vært: Esbjerg");
  event->status = TN_EVENT_CONFIRMED;
  return event;
}

static void
assert_field (const TnEvent *event, TnField field, const char *want)
{
  g_autofree char *text = tn_event_dup_field (event, field);
  g_assert_cmpstr (text, ==, want);
}

static void
test_fields (void)
{
  g_autoptr (TnEvent) event = make_event ();

  assert_field (event, TN_FIELD_WHEN, "2027-09-14T10:00..2027-09-14T15:00 Europe/Copenhagen");
  assert_field (event, TN_FIELD_WHERE, "Odense");
  assert_field (event, TN_FIELD_TITLE, "Erfa-møde 2027");
  assert_field (event, TN_FIELD_STATUS, "confirmed");
  assert_field (event, TN_FIELD_TEXT, "Husk kage");
  assert_field (event, TN_FIELD_NOTE, "Vært: Esbjerg");
}

/* Hazard 53: a day has no zone. */
static void
test_all_day (void)
{
  g_autoptr (TnEvent) event = make_event ();

  event->when = tn_when_new_days (tn_date_new (2027, 5, 18), 2);

  assert_field (event, TN_FIELD_WHEN, "2027-05-18..2027-05-19");
}

static void
test_new_is_empty (void)
{
  g_autoptr (TnEvent) event = tn_event_new ("x@turnus");

  assert_field (event, TN_FIELD_WHERE, "");
  assert_field (event, TN_FIELD_TITLE, "");
  assert_field (event, TN_FIELD_STATUS, "none");
  assert_field (event, TN_FIELD_TEXT, "");
  assert_field (event, TN_FIELD_NOTE, "");
}

static void
assert_normal (const char *text, const char *want)
{
  g_autofree char *normal = tn_event_normalise_text (text);
  g_autofree char *again = tn_event_normalise_text (normal);
  g_assert_cmpstr (normal, ==, want);
  g_assert_cmpstr (again, ==, want);
}

/* Hazard 25: what a server does to line ends and blanks is no change of a person's. */
static void
test_normal_form (void)
{
  assert_normal ("a\r\nb", "a\nb");
  assert_normal ("a\rb", "a\nb");
  assert_normal ("a  \nb\t\r\nc", "a\nb\nc");
  assert_normal ("\n\n a\n\nb \n", "a\n\nb");
  assert_normal ("a \r\n \r\nb", "a\n\nb");
  assert_normal ("a  b", "a  b");
  assert_normal ("", "");
  assert_normal (" \r\n", "");
}

static void
test_normal_form_is_stable (void)
{
  static const char letters[] = { 'a', ' ', '\t', '\r', '\n', 'b' };
  for (guint round = 0; round < 2000; round++)
    {
      char text[13] = "";
      for (guint i = 0; i < 12; i++)
        text[i] = letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))];
      g_autofree char *normal = tn_event_normalise_text (text);
      g_autofree char *again = tn_event_normalise_text (normal);

      g_assert_cmpstr (again, ==, normal);
    }
}

static void
test_hash_same_meaning (void)
{
  g_autoptr (TnEvent) event = make_event ();
  g_autoptr (TnEvent) rewritten = make_event ();
  g_free (rewritten->note);
  rewritten->note = g_strdup ("Vært: Esbjerg \r\n");
  g_free (rewritten->text);
  rewritten->text = g_strdup ("another calendar's text");
  rewritten->stamp = g_strdup ("v1 by=odense");
  rewritten->n_attendees = 3;
  rewritten->is_transparent = TRUE; /* a person's choice, whatever the status */

  g_autofree char *hash = tn_event_dup_hash (event);
  g_autofree char *same = tn_event_dup_hash (rewritten);

  g_assert_cmpstr (hash, ==, same);
  g_assert_cmpuint (strlen (hash), ==, 16);
}

static void
assert_hash_differs (const TnEvent *changed)
{
  g_autoptr (TnEvent) event = make_event ();
  g_autofree char *hash = tn_event_dup_hash (event);
  g_autofree char *other = tn_event_dup_hash (changed);
  g_assert_cmpstr (hash, !=, other);
}

static void
test_hash_other_meaning (void)
{
  g_autoptr (TnEvent) moved = make_event ();
  g_autoptr (TnEvent) cancelled = make_event ();
  g_autoptr (TnEvent) shifted = make_event ();
  moved->when.start_minute += 1;
  cancelled->status = TN_EVENT_CANCELLED;
  /* The same letters, parted between two fields elsewhere. */
  g_free (shifted->where);
  g_free (shifted->title);
  shifted->where = g_strdup ("OdenseErfa-møde");
  shifted->title = g_strdup ("2027");

  assert_hash_differs (moved);
  assert_hash_differs (cancelled);
  assert_hash_differs (shifted);
}

static void
test_field_names (void)
{
  for (int field = 0; field < TN_N_FIELDS; field++)
    {
      TnField back = TN_N_FIELDS;
      g_assert_true (tn_field_from_string (tn_field_to_string ((TnField) field), &back));
      g_assert_cmpint (back, ==, field);
    }
  TnField unchanged = TN_FIELD_NOTE;
  g_assert_false (tn_field_from_string ("colour", &unchanged));
  g_assert_cmpint (unchanged, ==, TN_FIELD_NOTE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/event/each-field-has-one-form", test_fields);
  g_test_add_func ("/model/event/days-have-no-zone", test_all_day);
  g_test_add_func ("/model/event/new-one-has-empty-texts", test_new_is_empty);
  g_test_add_func ("/model/event/line-ends-and-blanks-are-no-meaning", test_normal_form);
  g_test_add_func ("/model/event/normal-form-of-a-normal-form-is-itself",
                   test_normal_form_is_stable);
  g_test_add_func ("/model/event/same-meaning-has-the-same-hash", test_hash_same_meaning);
  g_test_add_func ("/model/event/other-meaning-has-another-hash", test_hash_other_meaning);
  g_test_add_func ("/model/event/field-names-are-read-back", test_field_names);
  return g_test_run ();
}
