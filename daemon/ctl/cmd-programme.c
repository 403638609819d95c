/* turnusctl programme: a year's dates and deadlines on one page, to hang on a wall. */
#include "base/error.h"
#include "ctl/command.h"
#include "ctl/delivery.h"
#include "ctl/json.h"
#include "ctl/listing.h"
#include "ctl/papers.h"
#include "ctl/reference.h"
#include "ctl/year.h"
#include "model/catalogue.h"
#include "wheel/docket.h"
#include "wheel/hosts.h"
#include "wheel/page.h"
#include "wheel/programme-writers.h"

#include <string.h>

static const struct
{
  const char *name;
  char *(*write) (const GPtrArray *programmes);
} FORMATS[] = {
  { "text", tn_programme_to_text },
  { "html", tn_programme_to_html },
  { "csv", tn_programme_to_csv },
};

typedef enum
{
  SHEET_PROGRAMME,
  SHEET_AGENDA,
  SHEET_HOSTS
} Sheet;

/* What the caller wants to see. */
typedef struct
{
  int year;
  Sheet sheet;
  gboolean is_html;
  const TnCollaboration *collaboration; /* (unowned) (nullable) %NULL: all */
  char *(*write) (const GPtrArray *programmes);
} Choice;

static gboolean
find_format (const TnCall *call, Choice *choice, GError **error)
{
  const char *name = tn_call_get_option (call, "format");
  for (gsize i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    if (name == NULL || strcmp (name, FORMATS[i].name) == 0)
      {
        choice->write = FORMATS[i].write;
        choice->is_html = choice->write == tn_programme_to_html;
        return TRUE;
      }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "there is no format '%s', expected text, html or csv", name);
  return FALSE;
}

static gboolean
find_sheet (const TnCall *call, Choice *choice, GError **error)
{
  gboolean is_agenda = tn_call_has_option (call, "agenda");
  gboolean is_hosts = tn_call_has_option (call, "hosts");
  choice->sheet = is_agenda ? SHEET_AGENDA : is_hosts ? SHEET_HOSTS : SHEET_PROGRAMME;
  if (is_agenda && is_hosts)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "--agenda and --hosts are two sheets: ask for one after the other");
  else if (choice->sheet != SHEET_PROGRAMME
           && (choice->write == tn_programme_to_csv || tn_call_wants_json (call)))
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "%s is for people, as text or html: leave it out for csv or --json",
                 is_agenda ? "--agenda" : "--hosts");
  else
    return TRUE;
  return FALSE;
}

static gboolean
find_choice (const TnCall *call, const TnPapers *papers, Choice *choice, GError **error)
{
  const char *id = tn_call_get_option (call, "collaboration");
  return tn_year_find (call, papers, &choice->year, error) && find_format (call, choice, error)
         && find_sheet (call, choice, error)
         && (id == NULL
             || tn_reference_find_collaboration (papers->rulebook, id, &choice->collaboration,
                                                 error));
}

static GPtrArray *
list_programmes (const TnPapers *papers, const TnPlan *plan, const Choice *choice)
{
  GPtrArray *programmes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_programme_free);
  for (guint i = 0; i < papers->rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration
          = g_ptr_array_index (papers->rulebook->collaborations, i);
      if (choice->collaboration == NULL || choice->collaboration == collaboration)
        g_ptr_array_add (programmes, tn_programme_new (plan, collaboration, choice->year));
    }
  return programmes;
}

static void
add_deadline (JsonBuilder *builder, const TnProgrammeDeadline *deadline)
{
  g_autofree char *reference = tn_occurrence_to_reference (deadline->occurrence);
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "reference", reference);
  tn_json_add_text (builder, "id", deadline->milestone->id);
  tn_json_add_text (builder, "title", deadline->milestone->title);
  tn_json_add_date (builder, "due", deadline->milestone->due);
  tn_json_add_text (builder, "by", deadline->milestone->by);
  tn_json_add_texts (builder, "councils", deadline->milestone->councils);
  tn_json_add_flag (builder, "done", deadline->milestone->done);
  json_builder_end_object (builder);
}

static void
add_programme (JsonBuilder *builder, const TnProgramme *programme)
{
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "collaboration", programme->collaboration->id);
  tn_json_add_number (builder, "year", programme->year);
  tn_json_begin_array (builder, "events");
  for (guint i = 0; i < programme->events->len; i++)
    {
      const TnProgrammeEvent *event = g_ptr_array_index (programme->events, i);
      tn_listing_add_occurrence (builder, event->occurrence);
    }
  json_builder_end_array (builder);
  tn_json_begin_array (builder, "deadlines");
  for (guint i = 0; i < programme->deadlines->len; i++)
    add_deadline (builder, g_ptr_array_index (programme->deadlines, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const TnCall *call, const GPtrArray *programmes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < programmes->len; i++)
    add_programme (builder, g_ptr_array_index (programmes, i));
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
append_sheet (GString *page, const TnPlan *plan, const TnCollaboration *collaboration,
              const Choice *choice)
{
  if (choice->sheet == SHEET_AGENDA)
    {
      g_autoptr (TnDocket) docket = tn_docket_new (plan, collaboration, choice->year);
      (choice->is_html ? tn_docket_append_html : tn_docket_append_text) (page, docket);
      return;
    }
  g_autoptr (TnHosts) hosts = tn_hosts_new (plan, collaboration, choice->year, TN_HOSTS_YEARS);
  (choice->is_html ? tn_hosts_append_html : tn_hosts_append_text) (page, hosts);
}

/* Agendas and hosts, a page for each collaboration; as text parted by form feeds. */
static char *
write_sheets (const TnPapers *papers, const TnPlan *plan, const Choice *choice)
{
  g_autoptr (GString) page = g_string_new (NULL);
  const TnCollaboration *first = NULL;
  for (guint i = 0; i < papers->rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration
          = g_ptr_array_index (papers->rulebook->collaborations, i);
      if (choice->collaboration != NULL && choice->collaboration != collaboration)
        continue;
      g_string_append (page, first != NULL && !choice->is_html ? "\f" : "");
      append_sheet (page, plan, collaboration, choice);
      first = first != NULL ? first : collaboration;
    }
  if (!choice->is_html || first == NULL)
    return g_strdup (page->str);
  TnPage frame = { .language = first->language,
                   .title = first->name,
                   .has_heading = choice->sheet == SHEET_AGENDA,
                   .content = page->str };
  return tn_page_to_html (&frame);
}

static char *
write_text (const TnPapers *papers, const TnPlan *plan, const Choice *choice)
{
  if (choice->sheet != SHEET_PROGRAMME)
    return write_sheets (papers, plan, choice);
  g_autoptr (GPtrArray) programmes = list_programmes (papers, plan, choice);
  return choice->write (programmes);
}

static gboolean
check_file (const TnCall *call, GError **error)
{
  if (!tn_call_wants_json (call)
      || (!tn_call_has_option (call, "output") && !tn_call_has_option (call, "format")))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--json is an answer for programs, on stdout: leave out --output and --format");
  return FALSE;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = tn_papers_load (call, &error);
  Choice choice = { .collaboration = NULL };
  if (papers == NULL || !find_choice (call, papers, &choice, &error) || !check_file (call, &error))
    return tn_call_fail (call, error);
  TnCycle first = { TN_PERIOD_YEAR, choice.year, 1, 0 };
  TnCycle last = tn_cycle_step (&first, choice.sheet == SHEET_HOSTS ? TN_HOSTS_YEARS - 1 : 0);
  g_autoptr (TnPlan) plan = tn_papers_plan_cycle (papers, &first, &last);
  if (tn_call_wants_json (call))
    {
      g_autoptr (GPtrArray) programmes = list_programmes (papers, plan, &choice);
      print_json (call, programmes);
      return TN_EXIT_DONE;
    }
  g_autofree char *text = write_text (papers, plan, &choice);
  if (!tn_delivery_hand_over (call, text, &error))
    return tn_call_fail (call, error);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "year", "YEAR", N_ ("which year; this one when not said"), 0, FALSE },
  { "agenda", NULL, N_ ("what the year asks of each council, for its meeting in December"), 0,
    FALSE },
  { "hosts", NULL, N_ ("who hosts when, ten years from that one on"), 0, FALSE },
  { "format", "FORMAT", N_ ("text, html or csv; text when not said"), 0, FALSE },
  { "output", "FILE", N_ ("write to this file instead of the terminal"), 'o', FALSE },
  { "collaboration", "COLLABORATION", N_ ("only this one; else a page for each"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_programme = {
  .name = "programme",
  .topic = TN_TOPIC_PLAN,
  .see_also = "wheel list",
  .arguments = "",
  .summary = N_ ("a year's dates, hosts and deadlines on one page"),
  .help
  = N_ ("Puts a year of a collaboration on one A4 page, in its own language: dates, ISO weeks, "
        "hosts,\n"
        "places, themes, and the deadlines with who has the duty. What is cancelled or put off is "
        "shown as\n"
        "such. The HTML is one file that needs no other; the CSV opens in every spreadsheet.\n"
        "--agenda and --hosts are sheets beside it: what each council has to do and to decide, and "
        "the\n"
        "hosts of ten years.\n\n"
        "Example: a page to print\n"
        "  turnusctl programme --charter 7by.conf --year 2027 --format html -o 2027.html"),
  .n_max_words = 0,
  .options = OPTIONS,
  .run = run,
};
