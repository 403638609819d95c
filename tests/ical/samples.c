/* Calendars to test with: the corpus of what other programs write (made after what they write, no
 * person's data), single events, random events. */
#include "samples.h"

#include "ical/resource.h"
#include "ical/timezone.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the corpus, sorted. */
GPtrArray *
sample_dup_names (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "ical", "corpus", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".ics"))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - 4));
  g_ptr_array_sort (names, compare_names);
  return names;
}

GBytes *
sample_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".ics", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ical", "corpus", file, NULL);
  char *content = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, size);
}

/* An event with a UID and these lines; LF there, CRLF here. */
GBytes *
sample_event (const char *lines)
{
  g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n"
                                       "BEGIN:VEVENT\nUID:sample@example.org\n",
                                       lines, "\nEND:VEVENT\nEND:VCALENDAR\n", NULL);
  GString *crlf = g_string_sized_new (strlen (text) + 64);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\n')
        g_string_append_c (crlf, '\r');
      g_string_append_c (crlf, *c);
    }
  return g_string_free_to_bytes (crlf);
}

TnZone *
sample_home (void)
{
  return tn_zone_new ("Europe/Copenhagen", NULL);
}

/* A text of everything that has to be escaped or folded, or stand at an end. */
static char *
random_text (GRand *random, gint max_pieces)
{
  static const char *const pieces[]
      = { "a", "møde", " ", "  ", ",",  ";",   ":",   "\\", "\\n", "\n", "\"",        "€",
          "🎄", "\t",   "^", "=",  "--", "%2C", "Ærø", "x",  "1",   "/",  "END:VEVENT" };
  GString *text = g_string_new (NULL);
  for (gint n = g_rand_int_range (random, 0, max_pieces + 1); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
replace (char **text, char *with)
{
  g_free (*text);
  *text = with;
}

static TnWhen
random_when (GRand *random)
{
  TnDate start = tn_date_new (g_rand_int_range (random, 2020, 2036), 1, 1)
                 + g_rand_int_range (random, 0, 365);
  int days = g_rand_int_range (random, 1, 4);
  if (g_rand_boolean (random))
    return tn_when_new_days (start, days);
  /* Outside the night: the hour that is missing is tested by name. */
  int first = g_rand_int_range (random, 4 * 60, 20 * 60);
  int last = g_rand_int_range (random, days == 1 ? first : 4 * 60, 1441);
  return tn_when_new_timed (start, first, start + days - 1, last);
}

TnEvent *
sample_random_event (GRand *random)
{
  TnEvent *event = tn_event_new ("3d813cbb-47fb-52ba-91df-831e1593ac29@turnus");
  event->when = random_when (random);
  event->zone = sample_home ();
  replace (&event->title, random_text (random, 30));
  replace (&event->where, random_text (random, 10));
  replace (&event->text, random_text (random, 60));
  replace (&event->note, random_text (random, 60));
  event->status = (TnEventStatus) g_rand_int_range (random, 0, 4);
  event->is_transparent = g_rand_boolean (random);
  if (g_rand_boolean (random))
    event->key = g_strdup ("v1\nc=7by\ns=studietur\ny=2027");
  if (g_rand_boolean (random))
    event->stamp = g_strdup ("v1 by=odense ed=1 en=1 dg=0123456789abcdef h=0123456789abcdef");
  if (g_rand_boolean (random))
    event->placed = g_strdup ("2027-05-18");
  return event;
}

static gboolean
is_managed (const TnLine *line, int event)
{
  switch (line->kind)
    {
    case TN_LINE_DTSTART:
    case TN_LINE_DTEND:
    case TN_LINE_DURATION:
    case TN_LINE_SUMMARY:
    case TN_LINE_LOCATION:
    case TN_LINE_DESCRIPTION:
    case TN_LINE_STATUS:
    case TN_LINE_TRANSP:
    case TN_LINE_DTSTAMP:
    case TN_LINE_LAST_MODIFIED:
    case TN_LINE_SEQUENCE:
    case TN_LINE_X_TURNUS_KEY:
    case TN_LINE_X_TURNUS_LEDGER:
    case TN_LINE_X_TURNUS_WROTE:
    case TN_LINE_X_TURNUS_PLACED:
      return line->component == event;
    default:
      return FALSE;
    }
}

/* All that an edit may not touch: the raw lines without the managed ones of the master event, and
 * without the VTIMEZONE that an edit may add. */
char *
sample_dup_rest (GBytes *bytes, const char *without_block)
{
  g_autoptr (TnResource) resource = tn_resource_new (bytes, NULL);
  g_assert_nonnull (resource);
  int block = without_block == NULL ? -1 : tn_timezone_find_block (resource->lines, without_block);
  GString *rest = g_string_new (NULL);
  for (guint i = 0; i < tn_lines_get_n (resource->lines); i++)
    {
      const TnLine *line = tn_lines_get (resource->lines, i);
      gboolean is_in_block = block >= 0
                             && i >= tn_lines_get_component (resource->lines, (guint) block)->begin
                             && i <= tn_lines_get_component (resource->lines, (guint) block)->end;
      if (!is_in_block && !is_managed (line, resource->event))
        g_string_append_len (rest, tn_lines_peek (resource->lines, i), line->length);
    }
  return g_string_free (rest, FALSE);
}

void
sample_assert_field (const TnEvent *event, TnField field, const char *expected)
{
  g_autofree char *value = tn_event_dup_field (event, field);
  g_assert_cmpstr (value, ==, expected);
}

/* Follows --seed, which GLib prints at the start of every run. */
GRand *
sample_rand (void)
{
  return g_rand_new_with_seed ((guint32) g_test_rand_int ());
}
