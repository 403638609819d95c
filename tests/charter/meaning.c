/* tests/charter/meaning.c — what a charter means, whatever it looks like */
#include "reading.h"

static char *
dup_digest (const TnRulebook *rulebook)
{
  const TnCollaboration *seven = g_ptr_array_index (rulebook->collaborations, 0);
  return g_strdup (seven->digest);
}

static char *
dup_digest_of (const char *old, const char *new)
{
  g_autoptr (TnRulebook) rulebook = reading_read_changed (old, new);
  return dup_digest (rulebook);
}

static void
assert_same (const char *old, const char *new)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);
  g_autofree char *before = dup_digest (rulebook);
  g_autofree char *after = dup_digest_of (old, new);
  g_test_message ("%s", new);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_other (const char *old, const char *new)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);
  g_autofree char *before = dup_digest (rulebook);
  g_autofree char *after = dup_digest_of (old, new);
  g_test_message ("%s", new);
  g_assert_cmpstr (before, !=, after);
}

static void
test_looks (void)
{
  assert_same ("collaboration = {", "# a comment\n\n\ncollaboration = {");
  assert_same ("edition = 1", "edition = 2");
  assert_same ("window = { season = \"spring\"; }", "window = { months = \"3-5\"; }");
  assert_same ("length = \"1 day\";", "");
  assert_same ("before = \"8 weeks\"", "before = \"8 week\"");
  assert_same ("[ \"holidays\", \"bridge-days\", \"school-breaks\" ]",
               "[ \"school-breaks\", \"bridge-days\", \"holidays\" ]");
  assert_same ("{ id = \"randers\";       name = \"Randers\";       from = \"2005\"; },\n"
               "    { id = \"odense\";        name = \"Odense\";        from = \"2005\"; },",
               "{ id = \"odense\"; name = \"Odense\"; from = \"2005-01-01\"; },"
               "{ id = \"randers\"; name = \"Randers\"; from = \"2005\"; },");
}

static void
test_order_of_decisions (void)
{
  static const char first[]
      = "    { on = \"2017-11-01\"; series = \"studietur\"; cycle = \"2018\"; "
        "date = \"2018-05-03\"; confirmed = true;\n"
        "      note = \"holdt i Aalborg\"; },\n";
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *without = reading_dup_changed (text, first, "");
  g_autofree char *moved = reading_dup_changed (
      without, "note = \"holdt i København\"; }",
      "note = \"holdt i København\"; }, { on = \"2017-11-01\"; series = \"studietur\"; cycle = "
      "\"2018\"; date = \"2018-05-03\"; confirmed = true; note = \"holdt i Aalborg\"; }");
  g_autoptr (TnRulebook) before = reading_read (text, NULL);
  g_autoptr (TnRulebook) after = reading_read (moved, NULL);

  g_autofree char *one = dup_digest (before);
  g_autofree char *other = dup_digest (after);

  g_assert_cmpstr (one, ==, other);
}

static void
test_meanings (void)
{
  assert_other ("name = \"Esbjerg\"", "name = \"Esbjerg Kommune\"");
  assert_other ("from = \"2008\"", "from = \"2009\"");
  assert_other ("week 20", "week 21");
  assert_other ("\"randers\", \"odense\", \"kobenhavn\"", "\"odense\", \"randers\", \"kobenhavn\"");
  assert_other ("before = \"8 weeks\"", "before = \"9 weeks\"");
  assert_same ("before = \"8 weeks\"", "before = \"8 weeks\"; of = \"event\"");
  assert_other ("before = \"8 weeks\"", "before = \"8 weeks\"; of = \"cycle\"");
  assert_other ("before = \"8 weeks\"", "on = \"05-01\"");
  assert_other ("before = \"8 weeks\"", "before = \"8 weeks\"; shift = \"next-workday\"");
  assert_other ("postpone = \"kept\"", "postpone = \"used\"");
  assert_other ("time = \"10:00-15:00\"", "time = \"10:00-15:30\"");
  assert_other ("avoid = [ \"holidays\", \"bridge-days\"",
                "prefer_not = [ \"holidays\", \"bridge-days\"");
  assert_other ("language = \"da\"", "language = \"en\"");
  assert_other ("costs = \"Værtsbyen", "costs = \"Byen");
  assert_other ("prefer = \"week 20\"", "prefer = \"week 20\"; text = \"shared\"");
  assert_other ("prefer = \"week 20\"", "prefer = \"week 20\"; may = { when = [ \"all\" ]; }");
  assert_other ("prefer = \"week 20\"", "prefer = \"week 20\"; place = \"Odense\"");
  assert_other ("count = 3", "count = 4");
}

#define TIME "time = \"10:00-15:00\";"

static void
test_frequencies (void)
{
  assert_other (TIME, TIME " times = 2;");
  assert_other (TIME, TIME " times = [ 1, 2 ];");
  assert_other (TIME, TIME " spacing = \"3 weeks\";");
  assert_other (TIME, TIME " weeks = [ 40 ];");
  assert_other (TIME, TIME " period = { years = 4; starts = \"2010-01-01\"; };");
  assert_other (TIME, TIME " except_weeks = [ \"42\" ];");
  assert_other (TIME, TIME " except_months = [ \"july\" ];");
  assert_other (TIME, TIME " nth = \"first tue\";");
  assert_other (TIME, TIME " avoid_series = ( { series = \"studietur\"; days = 3; } );");
  assert_other (TIME, TIME " seats = 3;");
  assert_other (TIME, TIME " capacity = 30;");
  assert_other (TIME, TIME " sites = ( { id = \"nord\"; name = \"Nord\"; } );");
}

static void
test_soft_distance (void)
{
  const char *keeps = TIME " avoid_series = ( { series = \"studietur\"; soft = true; } );";
  g_autofree char *soft = dup_digest_of (TIME, keeps);
  g_autofree char *hard
      = dup_digest_of (TIME, TIME " avoid_series = ( { series = \"studietur\"; soft = false; } );");
  g_autofree char *unsaid
      = dup_digest_of (TIME, TIME " avoid_series = ( { series = \"studietur\"; } );");
  g_assert_cmpstr (soft, !=, hard);
  g_assert_cmpstr (unsaid, ==, hard);
}

static void
test_roles_and_agenda (void)
{
  assert_other ("council = \"odense\"; }\n", "councils = [ \"odense\", \"aarhus\" ]; }\n");
  assert_other ("council = \"odense\"; }\n", "alternates = [ \"odense\", \"aarhus\" ]; }\n");
  assert_other ("council = \"odense\"; }\n",
                "terms = ( { from = \"2018\"; council = \"odense\"; } ); }\n");
  assert_other ("role = \"host\";\n", "role = \"host\"; rest = 2;\n");
  assert_other ("after  = \"2 weeks\"", "every = \"2 weeks\"");
  assert_other (TIME, TIME " themes = ( { cycle = \"2027\"; theme = \"Natur\"; } );");
  assert_other (TIME, TIME " matters = ( { title = \"Bro\"; from = \"2027\"; } );");
  assert_other (TIME, TIME " theme_plan = { id = \"plan\"; title = \"{count}\"; };");
}

/* The councils of other copies have this digest of the charter that is shipped. */
static void
test_older_charters (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);

  g_autofree char *digest = dup_digest (rulebook);

  g_assert_true (g_str_has_prefix (digest, "9d1d58d37bd4"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/meaning/looks-order-and-edition-do-not-matter", test_looks);
  g_test_add_func ("/charter/meaning/the-place-of-a-decision-does-not-matter",
                   test_order_of_decisions);
  g_test_add_func ("/charter/meaning/whatever-changes-the-plan-or-a-text-matters", test_meanings);
  g_test_add_func ("/charter/meaning/whatever-is-said-of-frequency-matters", test_frequencies);
  g_test_add_func ("/charter/meaning/roles-and-agenda-matter", test_roles_and_agenda);
  g_test_add_func ("/charter/meaning/what-says-nothing-new-keeps-its-digest", test_older_charters);
  g_test_add_func ("/charter/meaning/a-soft-distance-is-another-one", test_soft_distance);
  return g_test_run ();
}
