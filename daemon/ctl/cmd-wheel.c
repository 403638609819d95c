/* turnusctl wheel: a year as a wheel, to hang on a wall. */
#include "base/error.h"
#include "ctl/command.h"
#include "model/catalogue.h"
#include "ctl/delivery.h"
#include "ctl/papers.h"
#include "ctl/reference.h"
#include "ctl/year.h"
#include "rules/holidays.h"
#include "wheel/hosts.h"
#include "wheel/html.h"
#include "wheel/svg.h"

/* What the caller wants to see. */
typedef struct
{
  int year;
  gboolean is_page;
  const TnCollaboration *collaboration; /* (unowned) (nullable) %NULL: all */
} Choice;

static gboolean
find_choice (const TnCall *call, const TnPapers *papers, Choice *choice, GError **error)
{
  const char *id = tn_call_get_option (call, "collaboration");
  const GPtrArray *all = papers->rulebook->collaborations;
  choice->is_page = tn_call_has_option (call, "html");
  if (!tn_year_find (call, papers, &choice->year, error))
    return FALSE;
  if (id != NULL)
    return tn_reference_find_collaboration (papers->rulebook, id, &choice->collaboration, error);
  if (!choice->is_page && all->len > 1)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "a picture has one wheel, and there are %u collaborations: say which by "
                   "--collaboration ID, or put all on one page by --html",
                   all->len);
      return FALSE;
    }
  return TRUE;
}

static TnLayout *
lay_out (const TnPapers *papers, const TnPlan *plan, const TnCollaboration *collaboration, int year)
{
  TnSpan days = tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year, 12, 31) + 1);
  g_autoptr (TnHolidays) holidays = tn_holidays_new_for (papers->rulebook, collaboration, days);
  g_autoptr (GArray) spans = tn_holidays_list_spans (holidays);
  return tn_layout_new (plan, collaboration, year, papers->today, spans);
}

static char *
draw (const TnPapers *papers, const Choice *choice)
{
  TnCycle year = { TN_PERIOD_YEAR, choice->year, 1, 0 };
  TnCycle last = tn_cycle_step (&year, choice->is_page ? TN_HOSTS_YEARS - 1 : 0);
  g_autoptr (TnPlan) plan = tn_papers_plan_cycle (papers, &year, &last);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_layout_free);
  for (guint i = 0; i < papers->rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration
          = g_ptr_array_index (papers->rulebook->collaborations, i);
      if (choice->collaboration == NULL || choice->collaboration == collaboration)
        g_ptr_array_add (layouts, lay_out (papers, plan, collaboration, choice->year));
    }
  return choice->is_page ? tn_html_from_layouts (layouts, plan)
                         : tn_svg_from_layout (g_ptr_array_index (layouts, 0), NULL);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  if (tn_call_wants_json (call))
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                   "a wheel is a picture and has no --json: programme --json has the same dates");
      return tn_call_fail (call, error);
    }
  g_autoptr (TnPapers) papers = tn_papers_load (call, &error);
  Choice choice = { .collaboration = NULL };
  if (papers == NULL || !find_choice (call, papers, &choice, &error))
    return tn_call_fail (call, error);
  g_autofree char *text = draw (papers, &choice);
  if (!tn_delivery_hand_over (call, text, &error))
    return tn_call_fail (call, error);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "year", "YEAR", N_ ("which year; this one when not said"), 0, FALSE },
  { "html", NULL,
    N_ ("a page with the wheel, the year's dates in words, and the hosts of ten years"), 0, FALSE },
  { "output", "FILE", N_ ("write to this file instead of the terminal"), 'o', FALSE },
  { "collaboration", "COLLABORATION", N_ ("only this one"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_wheel = {
  .name = "wheel",
  .topic = TN_TOPIC_PLAN,
  .see_also = "programme hosts",
  .arguments = "",
  .summary = N_ ("a year as a wheel, to hang on a wall"),
  .help = N_ (
      "Draws a year of a collaboration as a wheel on A3, in its own language: a ring for each "
      "series,\n"
      "months and ISO weeks around, hosts and themes beside it, deadlines as dots, holidays and "
      "school\n"
      "breaks shaded, and today's hand. It is SVG, which every browser opens and prints, in colour "
      "or\n"
      "in grey.\n\n"
      "Example: a wheel to print\n"
      "  turnusctl wheel --charter 7by.conf --year 2027 -o 2027.svg"),
  .n_max_words = 0,
  .options = OPTIONS,
  .run = run,
};
