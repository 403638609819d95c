/* The papers. Whoever asks names charters one by one, or the settings of a council; the settings
 * know a state folder too, and what its ledger says counts like what the charter says. */
#include "ctl/papers.h"

#include "base/error.h"
#include "base/text.h"
#include "charter/charter.h"
#include "ctl/bus.h"
#include "model/catalogue.h"
#include "rules/planner.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A decided date may lie ten years from its cycle and no further (rules/placement.c). */
static const int DECIDED_REACH_DAYS = 11 * 366;

void
tn_papers_free (TnPapers *papers)
{
  if (papers == NULL)
    return;
  g_clear_pointer (&papers->settings, tn_settings_unref);
  g_strfreev (papers->charters);
  g_clear_pointer (&papers->rulebook, tn_rulebook_unref);
  g_clear_pointer (&papers->ledger, tn_ledger_unref);
  g_clear_pointer (&papers->before, tn_rulebook_unref);
  g_free (papers);
}

/* Charters and holidays lie side by side as they are installed, or in one folder. */
static char *
find_beside (const char *const *charters)
{
  for (gsize i = 0; charters[i] != NULL; i++)
    {
      g_autofree char *folder = g_path_get_dirname (charters[i]);
      g_autofree char *sibling = g_build_filename (folder, "..", "holidays", NULL);
      g_autofree char *child = g_build_filename (folder, "holidays", NULL);
      if (g_file_test (sibling, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&sibling);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&child);
    }
  return g_build_filename (TN_DATADIR, "holidays", NULL);
}

static gboolean
is_one_source (const TnCall *call, GError **error)
{
  if (!tn_call_has_option (call, "charter") || !tn_call_has_option (call, "config"))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--charter and --config both say which charters to read: give one of them");
  return FALSE;
}

/**
 * tn_papers_find_holiday_folder:
 *
 * Returns: (transfer full): what `--holidays` names, else the folder that belongs to the charters
 * or the settings, else the one that was installed
 */
char *
tn_papers_find_holiday_folder (const TnCall *call, GError **error)
{
  const char *folder = tn_call_get_option (call, "holidays");
  if (!is_one_source (call, error))
    return NULL;
  if (folder != NULL)
    return g_strdup (folder);
  if (!tn_call_has_option (call, "config"))
    return find_beside (tn_call_list_option (call, "charter"));
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, error);
  return settings != NULL ? g_strdup (settings->holiday_folder) : NULL;
}

/**
 * tn_papers_open_store:
 *
 * The store would be locked and looked after by whoever opens it, so only its owner does; a file
 * that root made there would lock the daemon out.
 *
 * Errors: %TN_ERROR_DENIED to anybody else; what the store says.
 * Returns: (transfer full) (nullable): the store in the folder @state
 */
TnStore *
tn_papers_open_store (const char *state, GError **error)
{
  g_autofree char *path = g_build_filename (state, "turnus.db", NULL);
  GStatBuf status;
  if (g_stat (path, &status) == 0 && status.st_uid == geteuid ())
    return tn_store_open_sqlite (state, error);
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED, "%s belongs to another user", path);
  return NULL;
}

/* What the charters said when the daemon last took them over; %NULL when it never did, or this
 * version of the program cannot read it any more. */
static TnRulebook *
load_before (TnStore *store)
{
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (store, NULL, NULL);
  return files != NULL && files->len > 0 ? tn_charter_read (files, NULL) : NULL;
}

static void
add_decisions (TnPapers *papers, GPtrArray *decided)
{
  g_autoptr (TnLedger) ledger = papers->ledger;
  papers->ledger = tn_ledger_with (ledger, decided);
}

/* The editions that the daemon goes by. */
static TnRulebook *
read_editions (JsonNode *status)
{
  JsonObject *rulebook = json_object_get_object_member (json_node_get_object (status), "rulebook");
  JsonArray *charters = json_object_get_array_member (rulebook, "charters");
  TnRulebook *before = tn_rulebook_new ();
  for (guint i = 0; i < json_array_get_length (charters); i++)
    {
      JsonObject *charter = json_array_get_object_element (charters, i);
      TnCollaboration *collaboration
          = tn_collaboration_new (json_object_get_string_member (charter, "collaboration"));
      collaboration->edition = (int) json_object_get_int_member (charter, "edition");
      tn_text_set (&collaboration->digest, json_object_get_string_member (charter, "digest"));
      g_ptr_array_add (before->collaborations, collaboration);
    }
  return before;
}

/* While the daemon runs it holds the store, and knows best. */
static gboolean
ask_daemon (const TnCall *call, TnPapers *papers)
{
  g_autofree char *socket = tn_bus_find_socket (call, NULL);
  if (socket == NULL || !g_file_test (socket, G_FILE_TEST_EXISTS))
    return FALSE;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Ledger", NULL, NULL);
  if (answer == NULL)
    return FALSE;
  JsonArray *entries = json_node_get_array (answer);
  g_autoptr (GPtrArray) decided
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *line = json_object_get_string_member (entry, "line");
      TnDecision *decision = tn_decision_from_line (line, NULL);
      if (decision == NULL)
        return FALSE;
      g_ptr_array_add (decided, decision);
    }
  add_decisions (papers, decided);
  g_autoptr (JsonNode) status = tn_bus_ask (call, "Status", NULL, NULL);
  if (status != NULL)
    papers->before = read_editions (status);
  return TRUE;
}

static gboolean
read_store (TnPapers *papers, GError **error)
{
  g_autofree char *path = g_build_filename (papers->settings->state, "turnus.db", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE; /* the daemon has not run yet */
  g_autoptr (TnStore) store = tn_papers_open_store (papers->settings->state, error);
  g_autoptr (GPtrArray) decided = store != NULL ? tn_store_load_ledger (store, error) : NULL;
  if (decided == NULL)
    return FALSE;
  add_decisions (papers, decided);
  papers->before = load_before (store);
  return TRUE;
}

static void
read_ledger (const TnCall *call, TnPapers *papers)
{
  g_autoptr (GError) error = NULL;
  papers->lacks_ledger
      = papers->settings != NULL && !ask_daemon (call, papers) && !read_store (papers, &error);
  if (papers->lacks_ledger)
    tn_call_warn (
        call,
        tn_say (call->language,
                "the ledger is not read, only the decisions in the charters count here: %s"),
        error->message);
}

static TnRulebook *
read_rulebook (TnPapers *papers, const char *holiday_folder, GError **error)
{
  g_autoptr (GPtrArray) files
      = tn_charter_load_files ((const char *const *) papers->charters, holiday_folder, error);
  const char *const none[] = { NULL };
  const char *const *busy
      = papers->settings != NULL ? (const char *const *) papers->settings->busy : none;
  if (files == NULL || !tn_charter_load_busy (files, busy, error))
    return NULL;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, error);
  if (rulebook == NULL
      || (papers->settings != NULL && !tn_settings_check (papers->settings, rulebook, error)))
    return NULL;
  return g_steal_pointer (&rulebook);
}

/* An older copy has the holidays of today: they are no part of its meaning. */
static gboolean
read_previous (const TnCall *call, TnPapers *papers, const char *holiday_folder, GError **error)
{
  const char *path = tn_call_get_option (call, "previous");
  if (path == NULL)
    return TRUE;
  const char *const paths[] = { path, NULL };
  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, holiday_folder, error);
  TnRulebook *before = files != NULL ? tn_charter_read (files, error) : NULL;
  if (before == NULL)
    return FALSE;
  g_clear_pointer (&papers->before, tn_rulebook_unref);
  papers->before = before;
  return TRUE;
}

static gboolean
find_charters (const TnCall *call, TnPapers *papers, GError **error)
{
  if (!is_one_source (call, error))
    return FALSE;
  if (tn_call_has_option (call, "charter"))
    {
      papers->charters = g_strdupv ((char **) tn_call_list_option (call, "charter"));
      return TRUE;
    }
  papers->settings = tn_call_load_settings (call, error);
  if (papers->settings == NULL)
    return FALSE;
  papers->charters = g_strdupv (papers->settings->charters);
  return TRUE;
}

static gboolean
find_today (const TnCall *call, TnPapers *papers, GError **error)
{
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  const TnCollaboration *first = papers->rulebook->collaborations->len > 0
                                     ? g_ptr_array_index (papers->rulebook->collaborations, 0)
                                     : NULL;
  return tn_call_find_today (call, first != NULL ? first->zone : utc, &papers->today, error);
}

static char *
find_holidays (const TnCall *call, const TnPapers *papers)
{
  const char *named = tn_call_get_option (call, "holidays");
  return named != NULL              ? g_strdup (named)
         : papers->settings != NULL ? g_strdup (papers->settings->holiday_folder)
                                    : find_beside ((const char *const *) papers->charters);
}

/**
 * tn_papers_load_charters:
 *
 * Only what the charters say: no daemon is asked, and no state is opened.
 *
 * Errors: %TN_ERROR_INVALID with all that is wrong in charters and settings, one a line.
 * Returns: (transfer full) (nullable)
 */
TnPapers *
tn_papers_load_charters (const TnCall *call, GError **error)
{
  g_autoptr (TnPapers) papers = g_new0 (TnPapers, 1);
  TnDate ignored = 0;
  if (!tn_call_find_date (call, "today", &ignored, error) || !find_charters (call, papers, error))
    return NULL;
  g_autofree char *folder = find_holidays (call, papers);
  papers->rulebook = read_rulebook (papers, folder, error);
  if (papers->rulebook == NULL || !find_today (call, papers, error))
    return NULL;
  g_autoptr (GPtrArray) decisions = tn_rulebook_list_decisions (papers->rulebook);
  papers->ledger = tn_ledger_new (decisions);
  return g_steal_pointer (&papers);
}

/**
 * tn_papers_load:
 *
 * Warns on the call's stderr when the ledger of the settings cannot be read.
 *
 * Errors: %TN_ERROR_INVALID with all that is wrong in charters and settings, one a line.
 * Returns: (transfer full) (nullable)
 */
TnPapers *
tn_papers_load (const TnCall *call, GError **error)
{
  g_autoptr (TnPapers) papers = tn_papers_load_charters (call, error);
  if (papers == NULL)
    return NULL;
  read_ledger (call, papers);
  g_autofree char *folder = find_holidays (call, papers);
  if (!read_previous (call, papers, folder, error))
    return NULL;
  return g_steal_pointer (&papers);
}

/**
 * tn_papers_look_ahead:
 *
 * Returns: the day @years after @from, or the last one that there is
 */
TnDate
tn_papers_look_ahead (TnDate from, int years)
{
  TnDate end = tn_date_new (9999, 12, 31);
  return tn_date_get_year (from) + years > 9999 ? end : tn_date_add_months (from, 12 * years);
}

TnPlan *
tn_papers_plan (const TnPapers *papers, TnSpan span)
{
  return tn_planner_plan (papers->rulebook, papers->ledger, span, papers->today);
}

/**
 * tn_papers_plan_cycle:
 *
 * Returns: (transfer full): a plan that has all cycles from @first to @last in it, wherever people
 *   moved their occurrences to; and more
 */
TnPlan *
tn_papers_plan_cycle (const TnPapers *papers, const TnCycle *first, const TnCycle *last)
{
  return tn_papers_plan (papers, tn_span_new (tn_cycle_get_span (first).start - DECIDED_REACH_DAYS,
                                              tn_cycle_get_span (last).end + DECIDED_REACH_DAYS));
}
