/* tests/ctl/prose.c — the charter told back: whatever changes its meaning changes a sentence */
#include "charter/charter.h"
#include "charter/scan.h"
#include "ctl/prose.h"

#include <string.h>

static char *
load (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("TURNUS_SOURCE"), path, NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (full, &text, NULL, NULL));
  return text;
}

static char *
tell (const char *charter)
{
  static const char *const holidays[] = { "dk", "se", "no" };
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("7by.conf", charter));
  for (gsize i = 0; i < G_N_ELEMENTS (holidays); i++)
    {
      g_autofree char *path = g_strdup_printf ("conf/holidays/%s.conf", holidays[i]);
      g_autofree char *text = load (path);
      g_ptr_array_add (files, tn_source_file_new (path, text));
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);
  g_assert_no_error (error);
  g_autoptr (TnProse) prose
      = tn_prose_new (rulebook, g_ptr_array_index (rulebook->collaborations, 0));
  return tn_prose_to_text (prose);
}

static char *
replace_all (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  return g_strjoinv (to, parts);
}

/* One value that a key may have, and another; some go only with further changes, which are made in
 * both texts that are compared. */
typedef struct
{
  const char *key;
  const char *value; /* %NULL: any text, to which a letter is added */
  const char *other;
  const char *also[6]; /* from, to, from, to … */
} Change;

#define WITH_RIBE "councils = ( { id = \"ribe\"; name = \"Ribe\"; from = \"2005\"; },"

static const Change CHANGES[] = {
  { "name", NULL, NULL, { NULL } },
  { "title", NULL, NULL, { NULL } },
  { "costs", NULL, NULL, { NULL } },
  { "note", NULL, NULL, { NULL } },
  { "guests", NULL, NULL, { NULL } },
  { "group", NULL, NULL, { NULL } },
  { "edition", "1", "2", { NULL } },
  { "language", "\"da\"", "\"nb\"", { NULL } },
  { "timezone", "\"Europe/Copenhagen\"", "\"Europe/Oslo\"", { NULL } },
  { "holidays", "\"dk\"", "\"se\"", { NULL } },
  { "from", "\"2005\"", "\"2004-05\"", { NULL } },
  { "from", "\"2008\"", "\"2007\"", { NULL } },
  { "kind", "\"trip\"", "\"meeting\"", { NULL } },
  { "kind", "\"erfa\"", "\"report\"", { NULL } },
  { "every", "\"year\"", "\"2 years\"", { "cycle = \"2023\"", "cycle = \"2022\"", NULL } },
  { "first", "\"2018\"", "\"2017\"", { NULL } },
  { "season", "\"spring\"", "\"summer\"", { NULL } },
  { "season", "\"autumn\"", "\"winter\"", { NULL } },
  { "weekdays", "\"tue\"", "\"mon\"", { NULL } },
  { "weekdays", "\"wed\"", "\"mon\"", { NULL } },
  { "weekdays", "\"thu\"", "\"sat\"", { NULL } },
  { "length", "\"1 day\"", "\"2 days\"", { NULL } },
  { "time", "\"10:00-15:00\"", "\"10:00-15:30\"", { NULL } },
  { "prefer", "\"week 20\"", "\"last year\"", { NULL } },
  { "avoid",
    "\"holidays\"",
    "\"elections\"",
    { "\"school-breaks\", \"elections\"", "\"school-breaks\", \"bridge-days\"", NULL } },
  { "avoid", "\"bridge-days\"", "\"elections\"", { NULL } },
  { "avoid",
    "\"school-breaks\"",
    "\"bridge-days\"",
    { "\"bridge-days\", ", "\"elections\", ", NULL } },
  { "avoid", "\"elections\"", "\"bridge-days\"", { NULL } },
  { "role",
    "\"host\"",
    "\"guide\"",
    { ": {host}", "", "by = \"host\"", "by = \"council\"", "follows = \"studietur.host\"",
      "council = \"odense\"" } },
  { "role", "\"organiser\"", "\"chair\"", { "by = \"organiser\"", "by = \"council\"", NULL } },
  { "role", "\"venue\"", "\"secretariat\"", { NULL } },
  { "rotation", "\"randers\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "rotation", "\"odense\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "rotation", "\"kobenhavn\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "rotation", "\"aarhus\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "rotation", "\"frederiksberg\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "rotation",
    "\"aalborg\"",
    "\"ribe\"",
    { "councils = (", WITH_RIBE, "council = \"aalborg\"", "council = \"odense\"", NULL } },
  { "rotation", "\"esbjerg\"", "\"ribe\"", { "councils = (", WITH_RIBE, NULL } },
  { "council", "\"aalborg\"", "\"odense\"", { NULL } },
  { "council", "\"odense\"", "\"aalborg\"", { NULL } },
  { "follows",
    "\"studietur.host\"",
    "\"studietur.cook\"",
    { "start = { cycle = \"2018\"; council = \"aalborg\"; };\n        }",
      "start = { cycle = \"2018\"; council = \"aalborg\"; };\n        },\n"
      "        { role = \"cook\"; council = \"odense\"; }",
      NULL } },
  { "count", "3", "4", { NULL } },
  { "before", "\"8 weeks\"", "\"1 week\"", { NULL } },
  { "before", "\"20 workdays\"", "\"20 days\"", { NULL } },
  { "before", "\"6 weeks\"", "\"6 months\"", { NULL } },
  { "before", "\"4 weeks\"", "\"0 weeks\"", { NULL } },
  { "after", "\"2 weeks\"", "\"1 month\"", { NULL } },
  { "after", "\"3 weeks\"", "\"0 weeks\"", { NULL } },
  { "by", "\"host\"", "\"council\"", { NULL } },
  { "by", "\"council\"", "\"host\"", { NULL } },
  { "by", "\"organiser\"", "\"venue\"", { NULL } },
  { "on", "\"2017-11-01\"", "\"2017-11-02\"", { NULL } },
  { "on", "\"2020-04-02\"", "\"2020-05-02\"", { NULL } },
  { "on", "\"2022-11-01\"", "\"2021-11-01\"", { NULL } },
  { "series", "\"studietur\"", "\"erfa\"", { NULL } },
  { "cycle", "\"2018\"", "\"2019\"", { NULL } },
  { "cycle", "\"2020\"", "\"2021\"", { NULL } },
  { "cycle", "\"2023\"", "\"2024\"", { NULL } },
  { "date", "\"2018-05-03\"", "\"2018-05-04\"", { NULL } },
  { "date", "\"2023-05-16\"", "\"2023-05-17\"", { NULL } },
  { "confirmed", "true", "false", { NULL } },
  { "postpone", "\"kept\"", "\"used\"", { NULL } },
};

static const Change *
find_change (const char *key, const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CHANGES); i++)
    if (strcmp (CHANGES[i].key, key) == 0
        && (CHANGES[i].value == NULL || strcmp (CHANGES[i].value, value) == 0))
      return &CHANGES[i];
  g_test_message ("no other value is known for %s = %s", key, value);
  g_assert_not_reached ();
}

static char *
dup_with (const char *text, const Change *change)
{
  char *changed = g_strdup (text);
  for (gsize i = 0; i < G_N_ELEMENTS (change->also) && change->also[i] != NULL; i += 2)
    {
      char *more = replace_all (changed, change->also[i], change->also[i + 1]);
      g_free (changed);
      changed = more;
    }
  return changed;
}

static char *
dup_other (const Change *change, const char *value)
{
  if (change->other != NULL)
    return g_strdup (change->other);
  g_autofree char *open = g_strndup (value, strlen (value) - 1);
  return g_strconcat (open, "x\"", NULL);
}

/* The value is changed where it stands, and nowhere else: a mark keeps its place. */
static void
assert_shows (const char *text, const char *key, const TnScanWord *word)
{
  static const char mark[] = "@@@";
  g_autofree char *value = g_strndup (word->start, word->length);
  g_autofree char *head = g_strndup (text, (gsize) (word->start - text));
  g_autofree char *marked = g_strconcat (head, mark, word->start + word->length, NULL);
  const Change *change = find_change (key, value);
  g_autofree char *base = dup_with (marked, change);
  g_autofree char *other = dup_other (change, value);
  g_autofree char *before = replace_all (base, mark, value);
  g_autofree char *after = replace_all (base, mark, other);

  g_autofree char *told_before = tell (before);
  g_autofree char *told_after = tell (after);

  if (strcmp (told_before, told_after) == 0)
    {
      g_test_message ("line %d: %s = %s is not told", word->line, key, value);
      g_test_fail ();
    }
}

/* Goes through the file as it is, so that a key that comes later is not forgotten. */
static void
test_every_key (void)
{
  g_autofree char *text = load ("conf/charters/7by.conf");
  g_autofree char *key = g_strdup ("");
  TnScan scan = tn_scan_begin (text);
  gboolean is_list = FALSE;
  guint n = 0;
  for (TnScanWord word = tn_scan_next (&scan); word.kind != TN_SCAN_END;
       word = tn_scan_next (&scan))
    {
      g_autofree char *token = g_strndup (word.start, word.length);
      gboolean is_flag = strcmp (token, "true") == 0 || strcmp (token, "false") == 0;
      if (word.kind == TN_SCAN_SIGN && (*token == '[' || *token == ']'))
        is_list = *token == '[';
      else if (word.kind == TN_SCAN_NAME && !is_flag && !is_list)
        {
          g_free (key);
          key = g_steal_pointer (&token);
        }
      else if (word.kind != TN_SCAN_SIGN && strcmp (key, "id") != 0)
        {
          assert_shows (text, key, &word);
          n++;
        }
    }
  g_assert_cmpuint (n, >, 80); /* the scan has seen the file */
}

/* What the shipped charter does not say. Each is put in and must show. */
static const struct
{
  const char *from;
  const char *to;
  const char *sentence;
} ADDITIONS[] = {
  { "length = \"1 day\";", "length = \"1 day\"; last = \"2030\";", "fra 2018 til og med 2030" },
  { "length = \"1 day\";", "length = \"1 day\"; description = \"Tag {host} med\";",
    "står der også: »Tag [vært] med«" },
  { "length = \"1 day\";", "length = \"1 day\"; place = \"Rådhuset\";", "Stedet er Rådhuset." },
  { "length = \"1 day\";", "length = \"1 day\"; text = \"shared\";", "kommer ud i alle kalendere" },
  { "length = \"1 day\";", "length = \"3 days\"; time = \"10:00-12:30\";",
    "kl. 10.00 den første dag" },
  { "length = \"1 day\";", "length = \"1 day\"; prefer_not = \"elections\";",
    "kun på valgdage, hvis der ikke" },
  { "length = \"1 day\";", "length = \"1 day\"; may = { when = [ \"all\" ]; };",
    "Alle må ændre dato og tid." },
  { "length = \"1 day\";", "length = \"1 day\"; may = { status = [ \"venue\" ]; };",
    "Ingen må på egen hånd bekræfte" },
  { "length = \"1 day\";", "length = \"1 day\"; may = { turn = [ \"host\" ]; };",
    "bytte, springe over, udsætte og ændre ture" },
  { "length = \"1 day\";", "length = \"1 day\"; may = { where = [ \"all\" ]; };",
    "Alle må ændre stedet." },
  { "length = \"1 day\";", "length = \"1 day\"; may = { what = [ \"all\" ]; };",
    "Alle må ændre titel" },
  { "prefer = \"week 20\";", "prefer = \"early\";", "tidligt" },
  { "prefer = \"week 20\";", "prefer = \"middle\";", "midt" },
  { "prefer = \"week 20\";", "prefer = \"late\";", "sent" },
  { "window = { season = \"spring\"; };", "window = { from = \"11-15\"; to = \"02-29\"; };",
    "15. november og den sidste dag i februar året efter" },
  { "window = { season = \"spring\"; };", "window = { weeks = \"17-21\"; };", "i uge 17-21." },
  { "window = { season = \"spring\"; };", "window = { months = \"4\"; };",
    "mellem 1. april og 30. april" },
  { "window = { season = \"spring\"; };", "", "når som helst i perioden" },
  { "from = \"2008\"; }",
    "membership = ( { from = \"2008\"; to = \"2010-03\"; }, { from = \"2012\"; } ); }",
    "fra 2008 til og med 31. marts 2010 og igen fra 2012" },
  { "decisions = (", "decisions = ( { on = \"2026-01-01\"; join = \"aarhus\"; from = \"2030\"; },",
    "at Aarhus er med fra 1. januar 2030" },
  { "decisions = (", "decisions = ( { on = \"2026-01-01\"; leave = \"aarhus\"; from = \"2030\"; },",
    "at Aarhus ikke er med fra 1. januar 2030" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "cancel = true; by = \"odense\"; minutes = \"referat 4\"; },",
    "at Studietur 2027 aflyses. Beslutningen blev truffet af Odense. Beslutningen står i referat "
    "4." },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "swap = \"2029\"; role = \"host\"; },",
    "at Studietur 2027 og Studietur 2029 bytter tur. Det gælder rollen som vært." },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "skip = \"esbjerg\"; },",
    "at Esbjerg mister sin tur ved Studietur 2027" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "set = \"odense\"; then = \"unchanged\"; },",
    "at Odense har turen ved Studietur 2027, uden at rækken" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "insert = \"odense\"; after = \"aarhus\"; },",
    "at Odense kommer ind i rækken efter Aarhus fra og med Studietur 2027" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "theme = \"havn\"; },",
    "at temaet for Studietur 2027 er »havn«" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "title = \"Tur {year}\"; },",
    "at titlen på Studietur 2027 er »Tur [år]«" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "where = \"Ribe\"; },",
    "at stedet for Studietur 2027 er Ribe" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "milestone = \"program\"; due = \"2027-02-01\"; },",
    "at fristen »Udsend program: studietur [år]« ved Studietur 2027 er mandag den 1. februar "
    "2027" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"studietur\"; cycle = \"2027\"; "
    "milestone = \"program\"; done = true; },",
    "ved Studietur 2027 er klaret" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"erfa\"; cycle = \"2027\"; "
    "milestone = \"referat\"; due = \"2027-10-01\"; anchor = \"2027-09-14\"; },",
    "er fredag den 1. oktober 2027. Det gælder, så længe Erfa-møde 2027 begynder den 14. september "
    "2027." },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"erfa\"; cycle = \"2027\"; "
    "text = \"Medbring pas\"; },",
    "at teksten til Erfa-møde 2027 er »Medbring pas«" },
  { "decisions = (",
    "decisions = ( { on = \"2026-01-01\"; series = \"erfa\"; cycle = \"2027\"; "
    "placed = \"2027-09-14\"; },",
    "at Erfa-møde 2027 efter reglerne er tirsdag den 14. september 2027 kl. 10.00-15.00" },
};

/* A page is broken into lines wherever they are full. */
static char *
dup_unwrapped (const char *page)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  return g_strjoinv (" ", lines);
}

static void
test_additions (void)
{
  g_autofree char *text = load ("conf/charters/7by.conf");
  for (gsize i = 0; i < G_N_ELEMENTS (ADDITIONS); i++)
    {
      g_autofree char *changed = replace_all (text, ADDITIONS[i].from, ADDITIONS[i].to);
      g_assert_cmpstr (changed, !=, text);
      g_autofree char *page = tell (changed);
      g_autofree char *told = dup_unwrapped (page);
      if (strstr (told, ADDITIONS[i].sentence) == NULL)
        {
          g_test_message ("`%s` is not told: %s", ADDITIONS[i].sentence, page);
          g_test_fail ();
        }
    }
}

/* Every phrase has its slots filled, in each language. */
static void
test_languages (void)
{
  static const char *const languages[] = { "sv", "nb", "en" };
  g_autofree char *text = load ("conf/charters/7by.conf");
  g_autofree char *danish = tell (text);
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autofree char *language = g_strdup_printf ("language = \"%s\"", languages[l]);
      g_autofree char *foreign = replace_all (text, "language = \"da\"", language);
      for (gsize i = 0; i < G_N_ELEMENTS (ADDITIONS); i++)
        {
          g_autofree char *changed = replace_all (foreign, ADDITIONS[i].from, ADDITIONS[i].to);
          g_autofree char *page = tell (changed);
          g_assert_cmpstr (page, !=, danish);
          g_assert_null (strchr (page, '{'));
        }
    }
}

/* Who reads it knows none of them. */
static void
test_no_ids (void)
{
  static const char *const ids[] = { "kobenhavn", "kept", "studietur.host", "vice-chair",
                                     "_",         "tue",  "school-breaks",  "orientering" };
  g_autofree char *text = load ("conf/charters/7by.conf");
  g_autofree char *page = tell (text);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (strstr (page, ids[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/prose/every-value-of-the-charter-shows", test_every_key);
  g_test_add_func ("/ctl/prose/what-it-does-not-say-would-show-too", test_additions);
  g_test_add_func ("/ctl/prose/is-whole-in-each-language", test_languages);
  g_test_add_func ("/ctl/prose/names-no-key-and-no-id", test_no_ids);
  return g_test_run ();
}
