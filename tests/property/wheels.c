/* Wheels of random plans: however many series, meetings and deadlines there are, whenever they are,
 * and whatever they are called, no text lies over another, none leaves the paper, and no line leads
 * through a text or over another line. The seed is printed; `--seed R02S…` replays it. */
#include "../wheel/draft.h"
#include "../wheel/geometry.h"

static const guint N_PLANS = 200;

/* Letters that are narrow and wide, blanks, signs, accents in two parts, and none at all. */
static char *
dup_name (guint n_most)
{
  static const char *const parts[] = { "i", "l",         "W", "M",  " ", "Å", "ø", "-",    "æ",
                                       "0", "a\314\212", "—", "漢", "s", "e", "n", " og ", "," };
  GString *name = g_string_new (NULL);
  guint n_letters = (guint) g_test_rand_int_range (0, (gint32) n_most);
  for (guint i = 0; i < n_letters; i++)
    g_string_append (name, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (name, FALSE);
}

static void
add_meeting (Draft *draft, TnSeries *series, int year, TnDate around)
{
  static const TnStatus states[]
      = { TN_STATUS_PROPOSED, TN_STATUS_CONFIRMED, TN_STATUS_CANCELLED, TN_STATUS_UNPLACED };
  g_autofree char *title = dup_name (60);
  g_autofree char *council = dup_name (60);
  TnDate day = g_test_rand_bit () ? around + g_test_rand_int_range (0, 14)
                                  : tn_date_new (year, 1, 1) + g_test_rand_int_range (-10, 376);
  TnOccurrence *occurrence = draft_add (draft, series, day, g_test_rand_int_range (1, 6), title);
  occurrence->status = states[g_test_rand_int_range (0, 40) / 10];
  occurrence->theme = dup_name (60);
  draft_give_role (draft, occurrence, council);
  for (gint32 n = g_test_rand_int_range (0, 5); n > 0; n--)
    {
      g_autofree char *deadline = dup_name (60);
      draft_add_deadline (occurrence, day + g_test_rand_int_range (-90, 60), deadline);
    }
}

static Draft *
draft_any (int year)
{
  static const gint32 most[] = { 1, 8, 30, 80, 200 };
  g_autofree char *name = dup_name (90);
  Draft *draft = draft_new (name, (TnLanguage) g_test_rand_int_range (0, 4));
  TnDate around = tn_date_new (year, 1, 1) + g_test_rand_int_range (0, 365);
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  for (gint32 n = g_test_rand_int_range (1, 40); n > 0; n--)
    {
      g_autofree char *title = dup_name (60);
      g_ptr_array_add (series, draft_add_series (draft, title));
    }
  for (gint32 n = g_test_rand_int_range (0, most[g_test_rand_int_range (0, 5)]); n > 0; n--)
    add_meeting (draft, g_ptr_array_index (series, g_test_rand_int_range (0, (gint32) series->len)),
                 year, around);
  return draft;
}

static void
test_overlaps (void)
{
  for (guint i = 0; i < N_PLANS; i++)
    {
      int year = g_test_rand_int_range (1990, 2060);
      g_autoptr (Draft) draft = draft_any (year);
      g_autoptr (TnPlan) plan = draft_make_plan (draft, year);
      g_autoptr (TnLayout) layout
          = tn_layout_new (plan, draft->collaboration, year,
                           tn_date_new (year, 1, 1) + g_test_rand_int_range (-100, 400), NULL);
      g_autofree char *fault = geometry_dup_fault (layout);
      if (fault != NULL)
        g_test_message ("plan %u, year %d", i, year);
      g_assert_cmpstr (fault, ==, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/wheels/no-text-is-over-another-whatever-the-plan", test_overlaps);
  return g_test_run ();
}
