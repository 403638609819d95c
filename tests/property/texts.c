/* Random charters as people write them: what is put together from the language's own words is
 * read, and planned the same in whatever order councils, series and decisions stand. The seed is
 * printed; `--seed R02S…` replays a run, the number of charters is the program's last argument. */
#include "../golden/agreed.h"

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

#define PICK(words) ((words)[pick (G_N_ELEMENTS (words))])

static void
shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) pick ((int) i);
      gpointer other = array->pdata[j];
      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}

static const char *const RHYTHMS[] = {
  "every = \"year\"; first = \"2025\"; window = { season = \"spring\"; };",
  "every = \"2 years\"; first = \"2024\"; window = { weeks = \"10-24\"; };",
  "every = \"year\"; first = \"2025\"; window = { from = \"11-01\"; to = \"02-10\"; };",
  "every = \"half-year\"; first = \"2025-H1\"; last = \"2026-H2\";",
  "every = \"quarter\"; first = \"2025-Q2\";",
  "every = \"school-year\"; first = \"2024/25\"; times = [ 2, 3 ]; spacing = \"5 weeks\";",
  "every = \"year\"; first = \"2025\"; weeks = [ 6, 20, 40 ]; except_weeks = [ \"7\", \"42\" ];",
  "rrule = \"FREQ=MONTHLY;BYDAY=4FR\"; first = \"2025-01\"; except_months = [ \"july\" ];",
  "every = \"3 months\"; first = \"2025-02\";",
  "dates = [ \"2025-03-11\", \"2025-09-16\", \"2026-03-10\" ];",
  "every = \"year\"; first = \"2025\"; sites = ( { id = \"nord\"; name = \"Nord\"; }, "
  "{ id = \"syd\"; name = \"Syd\"; } );"
};
static const char *const HOURS[] = { "", "time = \"10:00-15:00\";", "length = \"1 day\";" };
static const char *const WISHES[]
    = { "", "prefer = \"early\";", "prefer = \"late\";", "prefer = \"week 20\";" };
static const char *const SHUNNED[]
    = { "", "avoid = [ \"holidays\" ];", "avoid = [ \"holidays\", \"bridge-days\" ];",
        "avoid = [ \"holidays\" ]; prefer_not = [ \"school-breaks\" ];" };
static const char *const ROLES[]
    = { "roles = ( { role = \"secretariat\"; council = \"odense\"; } );",
        "roles = ( { role = \"host\"; council = \"aarhus\"; }, { role = \"venue\"; council = "
        "\"odense\"; } );",
        "" };
static const char *const DUTIES[]
    = { "",
        "milestones = ( { id = \"d\"; title = \"D\"; before = \"6 weeks\"; by = \"council\"; }, "
        "{ id = \"r\"; title = \"R\"; after = \"10 workdays\"; by = \"council\"; } );" };

/* Returns: (transfer full): the words of one series, which may keep off the one before it. */
static char *
dup_series (int number)
{
  g_autofree char *distance
      = number > 0 && pick (2) == 0 ? g_strdup_printf (
            "avoid_series = ( { series = \"s%d\"; days = %d; } );", number - 1, 1 + pick (14))
                                    : g_strdup ("");
  return g_strdup_printf (
      "{ id = \"s%d\"; kind = \"meeting\"; title = \"M {cycle} {number}\"; %s %s %s %s %s %s %s }",
      number, PICK (RHYTHMS), PICK (HOURS), PICK (WISHES), PICK (SHUNNED), PICK (ROLES),
      PICK (DUTIES), distance);
}

static char *
dup_council (const char *id, const char *name)
{
  return g_strdup_printf ("{ id = \"%s\"; name = \"%s\"; from = \"%d\"; }", id, name,
                          2000 + pick (3) * 12);
}

static char *
dup_decision (int number)
{
  static const char *const what[]
      = { "cancel = true;", "theme = \"By\";", "title = \"Andet\";", "where = \"Odense\";" };
  return g_strdup_printf ("{ on = \"2024-%02d-01\"; series = \"s0\"; cycle = \"%d\"; %s }",
                          1 + pick (12), 2025 + number, PICK (what));
}

static char *
join (const GPtrArray *parts)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (text, "%s\n    %s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (parts, i));
  return g_string_free (text, FALSE);
}

/* One charter, its lists in the order in which they stand now. */
typedef struct
{
  GPtrArray *councils;  /* (owned) (element-type utf8) */
  GPtrArray *series;    /* (owned) (element-type utf8) */
  GPtrArray *decisions; /* (owned) (element-type utf8) */
} Words;

static Words
make_words (void)
{
  Words words = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
                  g_ptr_array_new_with_free_func (g_free) };
  g_ptr_array_add (words.councils, dup_council ("odense", "Odense"));
  g_ptr_array_add (words.councils, dup_council ("aarhus", "Aarhus"));
  g_ptr_array_add (words.councils, dup_council ("randers", "Randers"));
  g_ptr_array_add (
      words.series,
      g_strdup ("{ id = \"s0\"; kind = \"trip\"; title = \"T {cycle}: {host}\"; first = \"2025\"; "
                "roles = ( { role = \"host\"; rotation = [ \"odense\", \"randers\", \"aarhus\" ]; "
                "start = { cycle = \"2025\"; council = \"randers\"; }; } ); }"));
  for (int i = pick (4); i > 0; i--)
    g_ptr_array_add (words.series, dup_series ((int) words.series->len));
  for (int i = pick (3); i > 0; i--)
    g_ptr_array_add (words.decisions, dup_decision (i));
  return words;
}

static void
words_clear (Words *words)
{
  g_ptr_array_unref (words->councils);
  g_ptr_array_unref (words->series);
  g_ptr_array_unref (words->decisions);
}

static char *
dup_text (const Words *words)
{
  g_autofree char *councils = join (words->councils);
  g_autofree char *series = join (words->series);
  g_autofree char *decisions = join (words->decisions);
  return g_strdup_printf ("collaboration = { id = \"c\"; name = \"Prøve\"; edition = 1; "
                          "language = \"da\"; timezone = \"Europe/Copenhagen\"; "
                          "holidays = [ \"dk\" ];\n  councils = (%s\n  );\n  series = (%s\n  );\n"
                          "  decisions = (%s\n  );\n};\n",
                          councils, series, decisions);
}

/* Who, when and until when; where the charter says so has moved with its lines. */
static char *
describe (const TnPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *when = tn_when_to_string (&occurrence->when);
      g_string_append_printf (text, "%s %s %s %d %s\n", occurrence->uid, occurrence->title, when,
                              occurrence->status, occurrence->theme);
      for (guint j = 0; j < occurrence->turns->len; j++)
        {
          g_autofree char *names = g_strjoinv (
              " ", ((const TnTurn *) g_ptr_array_index (occurrence->turns, j))->councils);
          g_string_append_printf (text, "  %s\n", names);
        }
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          g_autofree char *names = g_strjoinv (" ", milestone->councils);
          g_string_append_printf (text, "  %s %d %s\n", milestone->uid, milestone->due, names);
        }
    }
  return g_string_free (text, FALSE);
}

static char *
read_and_plan (const Words *words)
{
  g_autofree char *text = dup_text (words);
  const char *const texts[] = { text, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = agreed_read_texts (texts, &error);
  if (rulebook == NULL)
    g_test_message ("%s", text);
  g_assert_no_error (error);
  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2025, 2027);
  return describe (plan);
}

static void
test_order (gconstpointer data)
{
  for (int i = GPOINTER_TO_INT (data); i > 0; i--)
    {
      Words words = make_words ();
      g_autofree char *before = read_and_plan (&words);
      shuffle (words.councils);
      shuffle (words.series);
      shuffle (words.decisions);

      g_autofree char *after = read_and_plan (&words);

      g_assert_cmpstr (after, ==, before);
      words_clear (&words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  int n = argc > 1 ? (int) g_ascii_strtoll (argv[1], NULL, 10) : 200;
  g_test_add_data_func ("/property/texts/order-of-what-is-written-does-not-matter",
                        GINT_TO_POINTER (n), test_order);
  return g_test_run ();
}
