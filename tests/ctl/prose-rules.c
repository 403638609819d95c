/* tests/ctl/prose-rules.c — each rule of rhythm, distance and roles, told when it is there and told
 * otherwise when it is otherwise, in each language */
#include "charter/charter.h"
#include "charter/keys.h"
#include "ctl/prose.h"

#include <string.h>

static const char *const LANGUAGES[] = { "da", "sv", "nb", "en" };

#define YEARLY "first = \"2026\"; "
#define OTHER                                                                                       \
  "collaboration = { id = \"s\"; name = \"Syd\"; edition = 1; language = \"da\"; "                  \
  "timezone = \"Europe/Copenhagen\"; councils = ( { id = \"ribe\"; name = \"Ribe\"; from = "        \
  "\"2000\"; } ); series = ( { id = \"o\"; kind = \"meeting\"; title = \"Sydmøde {cycle}\"; } ); " \
  "};"

static char *
dup_charter (const char *language, const char *rules)
{
  return g_strdup_printf (
      "collaboration = { id = \"c\"; name = \"Prøve\"; edition = 1; language = \"%s\"; "
      "timezone = \"Europe/Copenhagen\"; holidays = [ \"dk\" ];\n"
      "councils = ( { id = \"odense\"; name = \"Odense\"; from = \"2000\"; }, { id = \"aarhus\"; "
      "name = \"Aarhus\"; from = \"2000\"; }, { id = \"randers\"; name = \"Randers\"; "
      "from = \"2000\"; } );\n"
      "series = ( { id = \"m\"; kind = \"%s\"; title = \"Møde {cycle}\"; %s },\n"
      "{ id = \"n\"; kind = \"meeting\"; title = \"Nabo {cycle}\"; },\n"
      "{ id = \"p\"; kind = \"meeting\"; title = \"Peder {cycle}\"; } ); };\n",
      language, g_str_has_prefix (rules, YEARLY "due") ? "report" : "meeting", rules);
}

/* As one line. */
static char *
tell_charter (const char *charter)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", "dk.conf", NULL);
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (files, tn_source_file_new ("c.conf", charter));
  g_ptr_array_add (files, tn_source_file_new ("s.conf", OTHER));
  TnSourceFile *holidays = tn_source_file_load (path, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, holidays);
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);
  g_assert_no_error (error);
  g_autoptr (TnProse) prose
      = tn_prose_new (rulebook, tn_rulebook_find_collaboration (rulebook, "c"));
  g_autofree char *page = tn_prose_to_text (prose);
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  return g_strjoinv (" ", lines);
}

static char *
tell (const char *language, const char *rules)
{
  g_autofree char *charter = dup_charter (language, rules);
  return tell_charter (charter);
}

#define HOST(rule) YEARLY "roles = ( { role = \"host\"; " rule " } );"
#define RING "rotation = [ \"odense\", \"aarhus\", \"randers\" ]; "
#define TERM(from, to, council)                                                                    \
  HOST ("terms = ( { from = \"" from "\"; to = \"" to "\"; council = \"" council "\"; } );")
#define WEEKS YEARLY "weeks = [ 6, 16 ]; "
#define PERIOD(years, starts, weeks)                                                               \
  WEEKS "period = { years = " years "; starts = \"" starts "\"; election_weeks = [ " weeks " ]; "  \
        "};"
#define KEEPS_OFF(rule) YEARLY "avoid_series = ( { " rule " } );"

#define DUTY(rule)                                                                                 \
  YEARLY "milestones = ( { id = \"plan\"; title = \"Plan\"; by = \"council\"; " rule " } );"

/* The key, rules that hold one value of it and a sentence of these, and rules with another one. */
static const struct
{
  const char *key;
  const char *rules;
  const char *sentence;
  const char *other;
} RULES[] = {
  { "series.every", YEARLY "every = \"3 years\";", "planlægges hvert 3. år fra og med 2026",
    YEARLY "every = \"2 years\";" },
  { "series.sites",
    YEARLY "sites = ( { id = \"a\"; name = \"Ribe\"; date = \"2026-03-02\"; }, "
           "{ id = \"b\"; name = \"Skive\"; } );",
    "Hver gang holdes den flere steder: Ribe (2. marts 2026) og Skive.",
    YEARLY "sites = ( { id = \"a\"; name = \"Ribe\"; date = \"2026-03-03\"; }, "
           "{ id = \"b\"; name = \"Skive\"; } );" },
  { "series.seats", YEARLY "seats = 3;", "Hvert råd kan komme med højst 3 personer.",
    YEARLY "seats = 4;" },
  { "series.capacity", YEARLY "capacity = [ 80, 100 ];",
    "Der er plads til mellem 80 og 100 råd i alt.", YEARLY "capacity = [ 80, 101 ];" },
  { "series.themes", YEARLY "themes = ( { cycle = \"2027\"; theme = \"Boliger\"; } );",
    "Temaet i 2027 er »Boliger«.",
    YEARLY "themes = ( { cycle = \"2028\"; theme = \"Boliger\"; } );" },
  { "series.theme_plan",
    YEARLY "theme_plan = { id = \"t\"; title = \"Find temaer: {count}\"; every = \"year\"; "
           "by = \"council\"; };",
    "Ved den sidste gang før hvert år falder fristen »Find temaer: [antal]«, og ansvaret ligger "
    "hos "
    "hvert råd.",
    YEARLY "theme_plan = { id = \"t\"; title = \"Find temaer: {count}\"; every = \"half-year\"; "
           "by = \"council\"; };" },
  { "series.matters", YEARLY "matters = ( { title = \"Takster\"; from = \"2026\"; } );",
    "Sagen »Takster« står på dagsordenen fra 2026, til den er behandlet.",
    YEARLY "matters = ( { title = \"Takster\"; from = \"2026\"; done = \"2027\"; } );" },
  { "series.last", YEARLY "last = \"2026\";", "er et møde og planlægges kun for 2026.",
    YEARLY "last = \"2027\";" },
  { "series.times", YEARLY "times = 3;",
    "planlægges 3 gange hvert år fra og med 2026. I kalenderen", YEARLY "times = 2;" },
  { "series.times", YEARLY "times = [ 3, 4 ];", "mindst 3 og højst 4 gange hvert år",
    YEARLY "times = [ 2, 4 ];" },
  { "series.times", YEARLY "times = 2;", "hver dato lægges helst midt i sin del",
    YEARLY "times = 2; prefer = \"early\";" },
  { "series.spacing", YEARLY "times = 2; spacing = \"10 weeks\";",
    "første dag til den næstes går der mindst 10 uger.",
    YEARLY "times = 2; spacing = \"71 days\";" },
  { "series.weeks", WEEKS,
    "planlægges 2 gange hvert år fra og med 2026. I kalenderen er titlen »Møde [år]«.  Datoen kan "
    "ligge når som helst i perioden. Første dag er en mandag, tirsdag, onsdag, torsdag eller "
    "fredag. Varigheden er én dag. Datoerne lægges helst omkring uge 6 og 16, én omkring hver.",
    YEARLY "weeks = [ 6, 17 ];" },
  { "series.weeks", YEARLY "weeks = [ 6 ];", "Datoen lægges helst omkring uge 6.",
    YEARLY "weeks = [ 7 ];" },
  { "series.period", PERIOD ("4", "2026-01-01", "6, 20"),
    "En valgperiode varer 4 år, og en af dem begynder den 1. januar 2026. I det sidste år af en "
    "valgperiode lægges datoerne i stedet helst omkring uge 6 og 20.",
    WEEKS },
  { "period.years", PERIOD ("4", "2026-01-01", "6, 20"), "varer 4 år",
    PERIOD ("1", "2026-01-01", "6, 20") },
  { "period.starts", PERIOD ("4", "2026-01-01", "6, 20"), "den 1. januar 2026",
    PERIOD ("4", "2025-01-01", "6, 20") },
  { "period.election_weeks", PERIOD ("4", "2026-01-01", "6, 20"), "uge 6 og 20",
    PERIOD ("4", "2026-01-01", "6, 21") },
  { "series.nth", YEARLY "nth = \"last thu\"; window = { months = \"3\"; };",
    "Den første dag er altid den sidste torsdag i måneden.",
    YEARLY "nth = \"first thu\"; window = { months = \"3\"; };" },
  { "series.nth", "every = \"month\"; first = \"2026-01\"; nth = [ \"first mon\", \"third mon\" ];",
    "Datoerne begynder på disse dage: den første mandag i måneden og den tredje mandag i måneden.",
    "every = \"month\"; first = \"2026-01\"; nth = [ \"first mon\", \"second mon\" ];" },
  { "series.rrule", "first = \"2026-01\"; rrule = \"FREQ=MONTHLY;BYDAY=4FR\";",
    "Den første dag er altid den fjerde fredag i måneden. Varigheden er én dag.",
    "first = \"2026-01\"; rrule = \"FREQ=MONTHLY;BYDAY=-2FR\";" },
  { "series.rrule", "first = \"2026-01\"; rrule = \"FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1MO\";",
    "planlægges 2 gange hver 2. måned",
    "first = \"2026-01\"; rrule = \"FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO,-1MO\";" },
  { "series.rrule", YEARLY "rrule = \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1\";",
    "Den første dag er altid dag 1 i måneden, talt fra slutningen. Den første dag ligger altid i "
    "maj.",
    YEARLY "rrule = \"FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1\";" },
  { "series.rrule", YEARLY "rrule = \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=15\";",
    "altid dag 15 i måneden.", YEARLY "rrule = \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=16\";" },
  { "series.rrule", "first = \"2026-02\"; rrule = \"FREQ=MONTHLY;BYMONTH=2,9;BYDAY=2WE\";",
    "Det gælder kun i februar og september.",
    "first = \"2026-02\"; rrule = \"FREQ=MONTHLY;BYMONTH=2,10;BYDAY=2WE\";" },
  { "series.except_months", "every = \"month\"; first = \"2026-01\"; except_months = [ \"july\" ];",
    "Der planlægges intet i juli.",
    "every = \"month\"; first = \"2026-01\"; except_months = [ \"july\", \"august\" ];" },
  { "series.except_months", YEARLY "except_months = [ \"july\", \"august\" ];",
    "Den første dag ligger aldrig i juli eller august.", YEARLY "except_months = [ \"july\" ];" },
  { "series.except_weeks", YEARLY "except_weeks = [ \"7-8\", \"42\" ];",
    "Den første dag ligger aldrig i uge 7-8 eller 42.", YEARLY "except_weeks = [ \"7-9\" ];" },
  { "series.dates", "dates = [ \"2026-08-26\", \"2027-01-05\" ];",
    "»Møde« er et møde og holdes kun på disse dage: 26. august 2026 og 5. januar 2027. De "
    "nummereres forfra hvert år",
    "dates = [ \"2026-08-26\", \"2027-01-06\" ];" },
  { "series.due", YEARLY "due = \"05\";",
    "Den skal være færdig i maj, på månedens sidste mulige dag. Første dag",
    YEARLY "due = \"06\";" },
  { "series.due", YEARLY "due = \"05-15\";",
    "Den skal være færdig den 15. maj. Kan den dag ikke bruges, gælder den nærmeste mulige dag i "
    "de fire uger før.",
    YEARLY "due = \"05-16\";" },
  { "series.time", YEARLY "length = \"2 days\"; time = [ \"10:00-17:00\", \"09:00-15:00\" ];",
    "Tiderne er dag 1 kl. 10.00-17.00 og dag 2 kl. 09.00-15.00.",
    YEARLY "length = \"2 days\"; time = [ \"10:00-17:00\", \"08:00-15:00\" ];" },
  { "milestone.of", DUTY ("before = \"6 weeks\"; of = \"cycle\";"),
    "6 uger før periodens første dag falder fristen »Plan«", DUTY ("before = \"6 weeks\";") },
  { "milestone.of", DUTY ("after = \"2 weeks\"; of = \"cycle\";"),
    "2 uger efter periodens første dag falder", DUTY ("before = \"2 weeks\"; of = \"cycle\";") },
  { "milestone.of", DUTY ("after = \"0 days\"; of = \"cycle\";"), "På periodens første dag falder",
    DUTY ("after = \"0 days\";") },
  { "milestone.on", DUTY ("on = \"05-01\";"), "Den 1. maj falder fristen »Plan«",
    DUTY ("on = \"05-02\";") },
  { "milestone.on", DUTY ("on = \"2027-05-01\";"), "Den 1. maj 2027 falder fristen »Plan«",
    DUTY ("on = \"05-01\";") },
  { "milestone.shift", DUTY ("on = \"05-01\"; shift = \"previous-workday\";"),
    "Er det ikke en arbejdsdag, gælder den sidste arbejdsdag før.", DUTY ("on = \"05-01\";") },
  { "milestone.shift", DUTY ("every = \"4 weeks\"; shift = \"next-workday\";"),
    "Er det ikke en arbejdsdag, gælder den første arbejdsdag efter.",
    DUTY ("every = \"4 weeks\"; shift = \"previous-workday\";") },
  { "series.avoid_series", KEEPS_OFF ("series = \"n\";"),
    "Datoen lægges aldrig samme dag som »Nabo«.", YEARLY },
  { "distance.series", KEEPS_OFF ("series = \"n\";"), "»Nabo«", KEEPS_OFF ("series = \"p\";") },
  { "distance.series", KEEPS_OFF ("series = \"s/o\";"),
    "samme dag som »Sydmøde« i Syd. En dato, der allerede er offentliggjort, flyttes ikke",
    KEEPS_OFF ("series = \"x/o\";") },
  { "distance.days", KEEPS_OFF ("series = \"n\"; days = 8;"),
    "Der er altid mindst 8 dage mellem dette og »Nabo«", KEEPS_OFF ("series = \"n\"; days = 9;") },
  { "distance.soft", KEEPS_OFF ("series = \"n\"; soft = true;"),
    "Datoen lægges kun samme dag som »Nabo«, hvis der ikke er en bedre dag.",
    KEEPS_OFF ("series = \"n\";") },
  { "distance.soft", KEEPS_OFF ("series = \"n\"; days = 8; soft = true;"),
    "Datoen lægges kun nærmere end 8 dage fra »Nabo«, hvis der ikke er en bedre dag.",
    KEEPS_OFF ("series = \"n\"; days = 8;") },
  { "window.months", YEARLY "window = { months = \"3-5\"; };",
    "Datoen ligger mellem 1. marts og 31. maj", YEARLY "window = { months = \"3-6\"; };" },
  { "series.avoid", YEARLY "avoid = [ \"school-breaks:aarhus\" ];",
    "Datoen lægges aldrig på dage i skolernes ferier i Aarhus.",
    YEARLY "avoid = [ \"school-breaks:odense\" ];" },
  { "series.avoid", YEARLY "avoid = [ \"busy\" ];",
    "Datoen lægges aldrig på dage, der er optaget i en kalender, som rådene selv har angivet. En "
    "dato, der allerede er offentliggjort, flyttes ikke af hensyn til optaget tid.",
    YEARLY "avoid = [ \"holidays\" ];" },
  { "series.prefer_not", YEARLY "prefer_not = [ \"school-breaks:aarhus\" ];",
    "Datoen lægges kun på dage i skolernes ferier i Aarhus, hvis der",
    YEARLY "prefer_not = [ \"school-breaks\" ];" },
  { "role.councils", HOST ("councils = [ \"odense\", \"aarhus\" ];"),
    "Rollen som vært har Odense og Aarhus sammen.", HOST ("councils = [ \"odense\" ];") },
  { "role.councils", HOST ("councils = [ \"odense\", \"aarhus\" ];"),
    "Hvert råd med rollen som vært må ændre dato",
    HOST ("councils = [ \"odense\", \"randers\" ];") },
  { "role.alternates", HOST ("alternates = [ \"odense\", \"aarhus\" ];"),
    "Rollen som vært går på skift mellem Odense og Aarhus.",
    HOST ("alternates = [ \"odense\", \"randers\" ];") },
  { "role.terms", TERM ("2018", "2021", "odense"),
    "for en bestemt tid: Odense fra 2018 til og med 2021. På andre tidspunkter har ingen den.",
    HOST ("council = \"odense\";") },
  { "term.from", TERM ("2018", "2021", "odense"), "fra 2018", TERM ("2019", "2021", "odense") },
  { "term.to", TERM ("2018", "2021", "odense"), "med 2021", TERM ("2018", "2022", "odense") },
  { "term.council", TERM ("2018", "2021", "odense"), "Odense fra",
    TERM ("2018", "2021", "aarhus") },
  { "role.rest", HOST (RING "rest = 2;"), "har den ikke de næste 2 gange",
    HOST (RING "rest = 1;") },
  { "role.rest", HOST (RING "rest = 1;"), "har den ikke den næste gang", HOST (RING) },
};

static void
test_each_rule (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
    for (gsize l = 0; l < G_N_ELEMENTS (LANGUAGES); l++)
      {
        g_autofree char *told = tell (LANGUAGES[l], RULES[i].rules);
        g_autofree char *otherwise = tell (LANGUAGES[l], RULES[i].other);
        gboolean is_danish = strcmp (LANGUAGES[l], "da") == 0;
        if (strcmp (told, otherwise) == 0 || strchr (told, '{') != NULL
            || (is_danish && strstr (told, RULES[i].sentence) == NULL))
          {
            g_test_message ("%s in %s, `%s`: %s", RULES[i].key, LANGUAGES[l], RULES[i].sentence,
                            told);
            g_test_fail ();
          }
      }
}

/* Those that tests/ctl/prose.c changes, and those that mean nothing for people. */
static gboolean
is_shown_elsewhere (const char *key)
{
  static const char *const keys[]
      = { "series.id",     "series.kind",   "series.title",        "series.description",
          "series.first",  "series.window", "series.weekdays",     "series.length",
          "series.prefer", "series.roles",  "series.participants", "series.guests",
          "series.costs",  "series.place",  "series.milestones",   "series.text",
          "series.may",    "series.was",    "window.season",       "window.from",
          "window.to",     "window.weeks",  "role.role",           "role.rotation",
          "role.start",    "role.council",  "role.follows",        NULL };
  return g_strv_contains (keys, key);
}

static gboolean
is_shown_here (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
    if (strcmp (RULES[i].key, key) == 0)
      return TRUE;
  return FALSE;
}

/* A key that comes later is not forgotten. */
static void
test_no_key_forgotten (void)
{
  static const char *const kinds[]
      = { "series", "period", "distance", "window", "role", "term", NULL };
  guint n = 0;
  for (guint i = 0; tn_keys_get (i) != NULL; i++)
    {
      const TnKey *key = tn_keys_get (i);
      g_autofree char *name = g_strdup_printf ("%s.%s", key->kind, key->name);
      if (!g_strv_contains (kinds, key->kind))
        continue;
      n++;
      if (is_shown_here (name) == is_shown_elsewhere (name))
        {
          g_test_message ("%s is not in one of the two lists", name);
          g_test_fail ();
        }
    }
  g_assert_cmpuint (n, >, 40);
}

/* Who asks for turns where nothing goes round is told of none. */
static void
test_turns (void)
{
  g_autofree char *none = tell ("da", YEARLY);
  g_autofree char *secretariat
      = tell ("da", YEARLY "roles = ( { role = \"secretariat\"; council = \"odense\"; } );");
  g_autofree char *both
      = tell ("da", YEARLY "roles = ( { role = \"secretariat\"; council = \"odense\"; }, "
                           "{ role = \"host\"; " RING "} );");

  g_assert_null (strstr (none, "tur"));
  g_assert_nonnull (strstr (none, "At udsætte kræver, at det står i et referat. Alle må foreslå"));
  g_assert_null (strstr (secretariat, "bytte"));
  g_assert_nonnull (strstr (secretariat, "bekræfte og aflyse samt udsætte. Alle andre må foreslå"));
  g_assert_nonnull (strstr (both, "Rådet med rollen som sekretariat må bytte, springe over"));
  g_assert_nonnull (strstr (both, "To råd kan også bytte tur, når begge er enige."));
}

/* Every second year is another thing than two years. */
/* A ring goes on from whoever is named; a term goes on until it ends. */
static void
test_named_in_a_term (void)
{
  static const char *const sentences[][3]
      = { { "da", "at Aarhus har rollen fra og med Møde 2026, til perioden er slut",
            "at Aarhus har rollen ved Møde 2026 og kun dér" },
          { "sv", "att Aarhus har rollen från och med Møde 2026 tills perioden är slut",
            "att Aarhus har rollen vid Møde 2026 och bara där" },
          { "nb", "at Aarhus har rollen fra og med Møde 2026 til perioden er slutt",
            "at Aarhus har rollen ved Møde 2026 og bare der" },
          { "en", "that Aarhus has the role from Møde 2026 until the term ends",
            "that Aarhus has the role at Møde 2026 only" } };
  static const char *const thens[] = { "after", "unchanged" };
  for (gsize l = 0; l < G_N_ELEMENTS (sentences); l++)
    for (gsize i = 0; i < G_N_ELEMENTS (thens); i++)
      {
        g_autofree char *plain = dup_charter (sentences[l][0], TERM ("2024", "2027", "odense"));
        g_auto (GStrv) halves = g_strsplit (plain, "series = (", 2);
        g_autofree char *decision = g_strdup_printf (
            "decisions = ( { on = \"2026-01-05\"; series = \"m\"; cycle = \"2026\"; "
            "set = \"aarhus\"; then = \"%s\"; } ); series = (",
            thens[i]);
        g_autofree char *charter = g_strjoinv (decision, halves);
        g_autofree char *told = tell_charter (charter);
        g_assert_nonnull (strstr (told, sentences[l][i + 1]));
      }
}

static void
test_ranks (void)
{
  g_autofree char *second = tell ("sv", YEARLY "every = \"2 years\";");
  g_autofree char *third = tell ("sv", YEARLY "every = \"3 years\";");
  g_autofree char *english = tell ("en", YEARLY "every = \"2 years\"; times = 2;");
  g_autofree char *eleventh = tell ("en", YEARLY "every = \"11 years\";");
  g_assert_nonnull (strstr (second, "vart 2:a år"));
  g_assert_nonnull (strstr (third, "vart 3:e år"));
  g_assert_nonnull (strstr (english, "2 times every 2nd year"));
  g_assert_nonnull (strstr (eleventh, "every 11th year"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/prose-rules/each-rule-shows-in-each-language", test_each_rule);
  g_test_add_func ("/ctl/prose-rules/no-key-is-forgotten", test_no_key_forgotten);
  g_test_add_func ("/ctl/prose-rules/turns-are-told-only-where-something-goes-round", test_turns);
  g_test_add_func ("/ctl/prose-rules/who-is-named-has-the-term-until-it-ends",
                   test_named_in_a_term);
  g_test_add_func ("/ctl/prose-rules/ranks-have-their-ending", test_ranks);
  return g_test_run ();
}
