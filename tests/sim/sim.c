/* Lives random histories and judges each by the promises of design section 2.
 *
 *   sim [--histories N] [--seed S] [--region R] [--keep 0,3,7] [--plant NAME]
 *
 * A history that breaks a promise is shrunk, printed as a list of what happened, and can be lived
 * again by the line printed at its end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/dice.h"
#include "sim/history.h"
#include "sim/planted.h"

typedef struct
{
  gint64 n_histories;
  gint64 seed;
  int region;
  char *keep;  /* (owned) (nullable) */
  char *plant; /* (owned) (nullable) */
} Words;

static char *
live (const SimHistory *history, SimRegion *region, GString *ret_lines, guint32 *ret_hash)
{
  g_autoptr (SimTrace) trace = sim_trace_new (ret_lines != NULL);
  region->lived = trace;
  sim_history_live (history, region, trace);
  region->lived = NULL;
  if (ret_lines != NULL)
    g_string_assign (ret_lines, trace->lines->str);
  if (ret_hash != NULL)
    *ret_hash = trace->hash;
  return g_strdup (trace->violation);
}

static gboolean
is_broken (const SimHistory *history, const gboolean *keeps, SimRegion *region)
{
  g_autoptr (SimHistory) part = sim_history_new_part (history, keeps);
  g_autofree char *violation = live (part, region, NULL, NULL);
  return violation != NULL;
}

/* Leaves out one act after the other as long as a promise is still broken. */
static gboolean *
shrink (const SimHistory *history, SimRegion *region)
{
  guint n = history->acts->len;
  gboolean *keeps = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    keeps[i] = TRUE;
  for (gboolean shrank = TRUE; shrank;)
    {
      shrank = FALSE;
      for (guint i = 0; i < n; i++)
        {
          if (!keeps[i])
            continue;
          keeps[i] = FALSE;
          if (is_broken (history, keeps, region))
            shrank = TRUE;
          else
            keeps[i] = TRUE;
        }
    }
  return keeps;
}

static void
tell (const SimHistory *history, const gboolean *keeps, SimRegion *region, int region_index)
{
  g_autoptr (SimHistory) part = sim_history_new_part (history, keeps);
  g_autoptr (GString) kept = g_string_new (NULL);
  GString *lines = g_string_new (NULL);
  g_autofree char *violation = live (part, region, lines, NULL);
  for (guint i = 0; i < history->acts->len; i++)
    if (keeps[i])
      g_string_append_printf (kept, "%s%u", kept->len > 0 ? "," : "", i);
  printf ("%s--\n%s\nagain: sim --region %d --seed %" G_GINT64_FORMAT " --keep %s\n", lines->str,
          violation, region_index, (gint64) history->seed, kept->len > 0 ? kept->str : "-");
  g_string_free (lines, TRUE);
}

static gboolean *
read_keep (const SimHistory *history, const char *text)
{
  gboolean *keeps = g_new0 (gboolean, history->acts->len);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 n = g_ascii_strtoull (parts[i], NULL, 10);
      if (g_ascii_isdigit (parts[i][0]) && n < history->acts->len)
        keeps[n] = TRUE;
    }
  return keeps;
}

static int
live_many (const Words *words, SimRegion *region)
{
  guint32 hash = 0;
  for (gint64 i = 0; i < words->n_histories; i++)
    {
      g_autoptr (SimHistory) history = sim_history_new ((guint64) (words->seed + i));
      guint32 one = 0;
      g_autofree char *violation = live (history, region, NULL, &one);
      hash = hash * 31 + one;
      if (violation == NULL)
        continue;
      if (words->plant != NULL)
        {
          printf ("found in history %" G_GINT64_FORMAT ": %s\n", i + 1, violation);
          return 0;
        }
      g_autofree gboolean *keeps = shrink (history, region);
      tell (history, keeps, region, words->region);
      printf ("found in history %" G_GINT64_FORMAT "\n", i + 1);
      return 1;
    }
  if (words->plant != NULL)
    return 1;
  printf ("%" G_GINT64_FORMAT " histories from seed %" G_GINT64_FORMAT
          " in '%s': no promise broken, trace %08x\n",
          words->n_histories, words->seed, region->rule->name, hash);
  return 0;
}

static int
live_one (const Words *words, SimRegion *region)
{
  g_autoptr (SimHistory) history = sim_history_new ((guint64) words->seed);
  g_autofree gboolean *keeps = read_keep (history, words->keep);
  tell (history, keeps, region, words->region);
  return is_broken (history, keeps, region);
}

/* Texts of people are not in logs (promise 11); a critical message ends everything. */
static GLogWriterOutput
look_at_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  static const char *const words[]
      = { "Tandlæge", "egen tekst", "Sted ", "Navn ", "Besluttet ", "example.org" };
  const SimRegion *region = user_data;
  for (gsize i = 0; i < n_fields; i++)
    for (guint j = 0; j < G_N_ELEMENTS (words) && region->lived != NULL && fields[i].length < 0;
         j++)
      if (strstr (fields[i].value, words[j]) != NULL)
        sim_trace_break (region->lived, "a log says '%s' (promise 11)",
                         (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

int
main (int argc, char **argv)
{
  Words words = { .n_histories = 100, .seed = (gint64) g_random_int () << 16 };
  const GOptionEntry entries[]
      = { { "histories", 0, 0, G_OPTION_ARG_INT64, &words.n_histories, "how many", "N" },
          { "seed", 0, 0, G_OPTION_ARG_INT64, &words.seed, "of the first; random when not given",
            "S" },
          { "region", 0, 0, G_OPTION_ARG_INT, &words.region, "who keeps what: 0 to 6", "R" },
          { "plant", 0, 0, G_OPTION_ARG_STRING, &words.plant,
            "switch this fault on, and say only when it is found", "NAME" },
          { "keep", 0, 0, G_OPTION_ARG_STRING, &words.keep, "only these acts of one", "LIST" },
          { NULL } };
  g_autoptr (GOptionContext) options = g_option_context_new ("- live random histories");
  g_autoptr (GError) error = NULL;
  guint n_rules = 0;
  const SimRegionRule *rules = sim_region_get_rules (&n_rules);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || words.region < 0
      || (guint) words.region >= n_rules)
    {
      fprintf (stderr, "sim: %s\n", error != NULL ? error->message : "there is no such region");
      return 2;
    }
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_RECURSION);
  if (!sim_planted_set (words.plant != NULL ? words.plant : ""))
    {
      fprintf (stderr, "sim: no faults are planted in this program; sim-planted has them\n");
      return 2;
    }
  SimRegion *region = sim_region_new (&rules[words.region]);
  g_log_set_writer_func (look_at_log, region, NULL);
  int status = words.keep != NULL ? live_one (&words, region) : live_many (&words, region);
  sim_region_free (region);
  g_free (words.keep);
  g_free (words.plant);
  return status;
}
