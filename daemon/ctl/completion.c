/* `turnusctl complete WORD…`: asked by a shell while somebody types, so it is silent when anything
 * is wrong, asks no daemon, and reads charters only where a word of them can stand. A line is a
 * candidate, a tab, and what it is; `:files` and `:folders` are for the shell to look up. */
#include "ctl/completion.h"

#include "base/log.h"
#include "ctl/commands.h"
#include "ctl/cursor.h"
#include "ctl/papers.h"
#include "model/catalogue.h"

#include <string.h>

/* How far from today an occurrence is worth offering. */
enum
{
  YEARS_BACK = 1,
  YEARS_AHEAD = 3
};

typedef struct
{
  const TnCursor *cursor; /* (unowned) */
  TnCall *call;           /* (owned) what the sources on the line say */
  TnPapers *papers;       /* (owned) (nullable) */
  TnPlan *plan;           /* (owned) (nullable) */
  FILE *out;              /* (unowned) */
  guint n_offered;
} Completion;

static void
completion_clear (Completion *completion)
{
  g_clear_pointer (&completion->plan, tn_plan_unref);
  g_clear_pointer (&completion->papers, tn_papers_free);
  tn_call_free (completion->call);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Completion, completion_clear)

/* What it is goes to a terminal: no control character passes (hazard 108). */
static void
offer (Completion *completion, const char *word, const char *what)
{
  if (!g_str_has_prefix (word, completion->cursor->current))
    return;
  g_autofree char *safe = tn_log_make_safe (what != NULL ? what : "");
  fprintf (completion->out, "%s\t%s\n", word, safe);
  completion->n_offered++;
}

static void
offer_commands (Completion *completion)
{
  const TnCommand *const *all = tn_commands_list ();
  TnLanguage language = completion->call->language;
  for (gsize i = 0; all[i] != NULL; i++)
    offer (completion, all[i]->name, tn_say (language, all[i]->summary));
  offer (completion, "help", tn_say (language, "what a command does"));
}

static void
offer_options (Completion *completion, const TnOption *options)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    {
      g_autofree char *dashed = g_strconcat ("--", options[i].name, NULL);
      offer (completion, dashed, tn_say (completion->call->language, options[i].help));
    }
}

static void
offer_all_options (Completion *completion)
{
  const TnCommand *command = completion->cursor->command;
  if (command != NULL)
    {
      offer_options (completion, command->options);
      offer_options (completion, tn_call_list_common (command));
      return;
    }
  offer_options (completion, tn_call_list_common (tn_commands_find ("check")));
  offer (completion, "--version", tn_say (completion->call->language, "which program it is"));
}

static const TnPlan *
load_plan (Completion *completion)
{
  if (completion->plan == NULL && completion->papers != NULL)
    {
      TnDate today = completion->papers->today;
      TnSpan span = tn_span_new (tn_date_add_months (today, -12 * YEARS_BACK),
                                 tn_papers_look_ahead (today, YEARS_AHEAD));
      completion->plan = tn_papers_plan (completion->papers, span);
    }
  return completion->plan;
}

/* `studietur` for `7by/studietur`: what people type first. */
static const char *
drop_collaboration (const char *reference)
{
  const char *slash = strchr (reference, '/');
  return slash != NULL ? slash + 1 : reference;
}

/* With the collaboration; without, where only that is how somebody began. */
static void
offer_reference (Completion *completion, const char *reference, const char *what)
{
  gboolean is_begun = *completion->cursor->current != '\0';
  if (g_str_has_prefix (reference, completion->cursor->current))
    offer (completion, reference, what);
  else if (is_begun)
    offer (completion, drop_collaboration (reference), what);
}

static void
offer_milestones (Completion *completion, const TnOccurrence *occurrence, const char *reference)
{
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      g_autofree char *whole = g_strconcat (reference, "#", milestone->id, NULL);
      offer_reference (completion, whole, milestone->title);
    }
}

static void
offer_occurrences (Completion *completion)
{
  const TnPlan *plan = load_plan (completion);
  gboolean is_milestone = strchr (completion->cursor->current, '#') != NULL;
  for (guint i = 0; plan != NULL && i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *reference = tn_occurrence_to_reference (occurrence);
      if (is_milestone)
        offer_milestones (completion, occurrence, reference);
      else
        offer_reference (completion, reference, occurrence->title);
    }
}

/* Is @word `7by/erfa`, `erfa`, or something of it? */
static gboolean
is_of (const TnOccurrence *occurrence, const char *word)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  const char *const names[] = { reference, drop_collaboration (reference) };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (names[i], word)
        && (names[i][strlen (word)] == '/' || names[i][strlen (word)] == '\0'))
      return TRUE;
  return FALSE;
}

static const char *
get_first_word (const Completion *completion)
{
  return completion->cursor->words->len > 0 ? g_ptr_array_index (completion->cursor->words, 0) : "";
}

static void
offer_cycles (Completion *completion)
{
  const TnPlan *plan = load_plan (completion);
  for (guint i = 0; plan != NULL && i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (is_of (occurrence, get_first_word (completion)))
        offer (completion, occurrence->cycle_text, occurrence->title);
    }
}

static void
offer_duties (Completion *completion)
{
  const TnPlan *plan = load_plan (completion);
  for (guint i = 0; plan != NULL && i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      for (guint j = 0;
           is_of (occurrence, get_first_word (completion)) && j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          offer (completion, milestone->id, milestone->title);
        }
    }
}

static void
offer_series (Completion *completion, const TnCollaboration *collaboration)
{
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      g_autofree char *reference = g_strconcat (collaboration->id, "/", series->id, NULL);
      offer_reference (completion, reference, tn_kind_to_string (series->kind));
    }
}

static void
offer_councils (Completion *completion, const TnCollaboration *collaboration)
{
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      offer (completion, council->id, council->name);
    }
}

static void
offer_collaboration (Completion *completion, const TnCollaboration *collaboration)
{
  offer (completion, collaboration->id, collaboration->name);
}

static void
offer_roles (Completion *completion, const TnCollaboration *collaboration)
{
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->roles->len; j++)
        offer (completion, ((const TnRoleRule *) g_ptr_array_index (series->roles, j))->name,
               series->id);
    }
}

static void
offer_calendars (Completion *completion)
{
  g_autoptr (TnSettings) settings = tn_call_load_settings (completion->call, NULL);
  for (guint i = 0; settings != NULL && i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      offer (completion, calendar->id, calendar->provider);
    }
}

static void
offer_countries (Completion *completion)
{
  g_autofree char *folder = tn_papers_find_holiday_folder (completion->call, NULL);
  g_autoptr (GDir) files = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name = NULL;
  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".conf"))
      {
        g_autofree char *country = g_strndup (name, strlen (name) - strlen (".conf"));
        offer (completion, country, NULL);
      }
}

static void
offer_years (Completion *completion)
{
  for (int i = 0; completion->papers != NULL && i <= YEARS_AHEAD; i++)
    {
      g_autofree char *year
          = g_strdup_printf ("%d", tn_date_get_year (completion->papers->today) + i);
      offer (completion, year, NULL);
    }
}

typedef struct
{
  const char *kind;
  void (*offer) (Completion *completion);
  void (*offer_each) (Completion *completion, const TnCollaboration *collaboration);
  const char *directive; /* the shell knows better */
} Source;

static const Source SOURCES[] = {
  { "OCCURRENCE", offer_occurrences, NULL, NULL },
  { "CYCLE", offer_cycles, NULL, NULL },
  { "MILESTONE", offer_duties, NULL, NULL },
  { "SERIES", NULL, offer_series, NULL },
  { "COUNCIL", NULL, offer_councils, NULL },
  { "COLLABORATION", NULL, offer_collaboration, NULL },
  { "ROLE", NULL, offer_roles, NULL },
  { "CALENDAR", offer_calendars, NULL, NULL },
  { "COUNTRY", offer_countries, NULL, NULL },
  { "YEAR", offer_years, NULL, NULL },
  { "FILE", NULL, NULL, ":files" },
  { "FILE.ics", NULL, NULL, ":files" },
  { "FOLDER", NULL, NULL, ":folders" },
};

static const Source *
find_source (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    if (strcmp (SOURCES[i].kind, kind) == 0)
      return &SOURCES[i];
  return NULL;
}

/* Those that look at charters load them when the first of them is asked. */
static void
offer_from (Completion *completion, const Source *source)
{
  if (source->directive != NULL)
    {
      fprintf (completion->out, "%s\n", source->directive);
      return;
    }
  if (completion->papers == NULL && source->offer != offer_calendars
      && source->offer != offer_countries)
    completion->papers = tn_papers_load_charters (completion->call, NULL);
  if (source->offer != NULL)
    source->offer (completion);
  for (guint i = 0; source->offer_each != NULL && completion->papers != NULL
                    && i < completion->papers->rulebook->collaborations->len;
       i++)
    source->offer_each (completion,
                        g_ptr_array_index (completion->papers->rulebook->collaborations, i));
}

static void
offer_wanted (Completion *completion)
{
  const GPtrArray *wanted = completion->cursor->wanted;
  for (guint i = 0; i < wanted->len; i++)
    {
      const char *piece = g_ptr_array_index (wanted, i);
      const Source *source = find_source (piece);
      if (source != NULL)
        offer_from (completion, source);
      else if (g_ascii_islower (piece[0]))
        offer (completion, piece, NULL);
    }
}

/**
 * tn_completion_print:
 * @line: the words behind `turnusctl`; the last one is being typed, and may be empty
 *
 * Prints nothing where nothing can be said.
 */
void
tn_completion_print (const char *const *line, FILE *out)
{
  g_autoptr (TnCursor) cursor = tn_cursor_new (line);
  g_auto (Completion) completion = { .cursor = cursor,
                                     .call = tn_call_new (tn_commands_find ("list"), out, stderr),
                                     .out = out };
  g_ptr_array_add (cursor->sources, NULL);
  if (!tn_call_read (completion.call, (const char *const *) cursor->sources->pdata, NULL))
    return;
  if (cursor->place == TN_CURSOR_COMMAND)
    offer_commands (&completion);
  else if (cursor->place == TN_CURSOR_OPTION)
    offer_all_options (&completion);
  else
    offer_wanted (&completion);
}
