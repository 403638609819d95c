/* What stands below the marker of an event: everything that people need to know who read nothing
 * else, in the words of their language, and the same in every calendar. */
#include "sync/note.h"

#include <string.h>

#include "sync/town.h"

/* The 7-by charter with one change, and the note of its trip of 2027. */
static char *
dup_note (const char *old, const char *new, const char *milestone)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_set_charter (town, old, new);
  town_reload (town);
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL);
  return tn_note_write (
      trip, milestone != NULL ? tn_occurrence_find_milestone (trip, milestone) : NULL, NULL);
}

#define LENGTH "length = \"1 day\";"

static void
assert_told (const char *new, const char *words)
{
  g_autofree char *note = dup_note (LENGTH, new, NULL);
  if (strstr (note, words) == NULL)
    g_test_fail_printf ("'%s' is not in: %s", words, note);
}

static void
test_whole (void)
{
  g_autofree char *note = dup_note (LENGTH, LENGTH " seats = 5; capacity = 7;", NULL);

  g_assert_cmpstr (note, ==,
                   "7-by-samarbejdet\n"
                   "Vært: Esbjerg\n"
                   "Deltagere: formand, næstformand, 3 medlemmer\n"
                   "Gæster: Danske Ældreråd: formand; Danske Ældreråd: sekretariatsleder\n"
                   "Udgifter: Værtsbyen betaler arrangementet, deltagerne egen transport\n"
                   "Pladser: højst 5 fra hvert råd\n"
                   "Plads til: 7 råd i alt\n"
                   "Frister:\n"
                   "- 23. marts 2027: Udsend program: studietur 2027 (Esbjerg)\n"
                   "- 16. april 2027: Frist: tilmelding til studietur 2027 (hvert råd)\n"
                   "Datoen er foreslået\n"
                   "Reference: 7by/studietur/2027");
}

static void
test_room (void)
{
  assert_told (LENGTH " capacity = [ 80, 100 ];", "\nPlads til: 80-100 råd i alt\n");
}

static void
test_agenda (void)
{
  assert_told (LENGTH " matters = ( { title = \"Takster\"; from = \"2026\"; }, "
                      "{ title = \"Vedtægt\"; from = \"2027\"; done = \"2027\"; }, "
                      "{ title = \"Senere\"; from = \"2028\"; } );",
               "\nPå dagsordenen:\n- Takster (siden 2026)\n- Vedtægt\nFrister:\n");
}

static void
test_description (void)
{
  assert_told (LENGTH " description = \"Tag toget til {host}\";",
               "7-by-samarbejdet\nTag toget til Esbjerg\nVært: Esbjerg\n");
}

/* Three days of one duty are one line. */
static void
test_homework (void)
{
  g_autofree char *note = dup_note ("{ id = \"program\";",
                                    "{ id = \"lektie\"; title = \"Lektie\"; every = \"4 months\"; "
                                    "by = \"council\"; }, { id = \"program\";",
                                    NULL);
  g_assert_nonnull (strstr (note, "\n- 18. september 2027, 18. januar 2028: Lektie (hvert råd)\n"));
}

static void
test_hours (void)
{
  assert_told ("length = \"2 days\"; time = [ \"10:00-17:00\", \"09:00-15:00\" ];",
               "Esbjerg\nTider: 18. maj 2027 10.00-17.00; 19. maj 2027 09.00-15.00\nDeltagere");
}

static void
test_languages (void)
{
  static const struct
  {
    const char *language;
    const char *room;
    const char *deadline;
  } told[] = {
    { "sv", "Platser: högst 5 från varje råd\nPlats för: 7 råd i allt\n",
      "Tidsfrister:\n- 23 mars 2027: Udsend program: studietur 2027 (Esbjerg)\n" },
    { "nb", "Plasser: høyst 5 fra hvert råd\nPlass til: 7 råd i alt\n",
      "Frister:\n- 23. mars 2027: Udsend program: studietur 2027 (Esbjerg)\n" },
    { "en", "Seats: at most 5 of each council\nRoom for: 7 councils in all\n",
      "Deadlines:\n- 23 March 2027: Udsend program: studietur 2027 (Esbjerg)\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *language = g_strdup_printf ("language = \"%s\"", told[i].language);
      g_autoptr (Town) town = town_new (TOWN_WRITE);
      town_set_charter (town, LENGTH, LENGTH " seats = 5; capacity = 7;");
      town_set_charter (town, "language = \"da\"", language);
      town_reload (town);
      g_autofree char *note = tn_note_write (
          tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL), NULL,
          NULL);
      g_assert_nonnull (strstr (note, told[i].room));
      g_assert_nonnull (strstr (note, told[i].deadline));
    }
}

static void
test_milestone (void)
{
  g_autofree char *note = dup_note (LENGTH, LENGTH " seats = 5;", "program");

  g_assert_cmpstr (note, ==,
                   "7-by-samarbejdet\nAnsvarlig: Esbjerg\nHører til: Studietur 2027: Esbjerg\n"
                   "Reference: 7by/studietur/2027#program");
}

/* Promise 5: what the note tells is read back as it was written. */
static void
test_settles (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_set_charter (town, LENGTH,
                    "length = \"2 days\"; time = [ \"10:00-17:00\", \"09:00-15:00\" ]; seats = 5; "
                    "capacity = 7; description = \"Tag toget, \\\"10:05\\\"; se\\nside 2\\\\3\"; "
                    "matters = ( { title = \"Takster; gebyrer, m.m.\"; from = \"2026\"; } );");
  town_reload (town);
  town_sync (town);
  town_sync (town);
  town_reset_counts (town);

  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "Tag toget, \"10:05\"; se\nside 2\\3\n"));
  g_assert_nonnull (strstr (note, "- Takster; gebyrer, m.m. (siden 2026)\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/note/tells-who-comes-for-what-and-until-when", test_whole);
  g_test_add_func ("/sync/note/room-may-be-a-range", test_room);
  g_test_add_func ("/sync/note/matters-that-were-put-off-are-on-the-agenda", test_agenda);
  g_test_add_func ("/sync/note/the-charters-own-text-is-told", test_description);
  g_test_add_func ("/sync/note/homework-is-one-line", test_homework);
  g_test_add_func ("/sync/note/each-day-has-its-hours", test_hours);
  g_test_add_func ("/sync/note/speaks-the-language-of-the-collaboration", test_languages);
  g_test_add_func ("/sync/note/a-duty-tells-whose-and-for-what", test_milestone);
  g_test_add_func ("/sync/note/promise-5-what-is-told-is-written-once", test_settles);
  return g_test_run ();
}
