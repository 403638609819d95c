/* Who writes the test event: the daemon while it runs, for it alone can keep its passes out;
 * without one this program, which holds the state meanwhile, so that none can start. Nobody else
 * may. */
#include "ctl/tryout.h"

#include "base/error.h"
#include "ctl/bus.h"
#include "ctl/papers.h"
#include "ctl/progress.h"
#include "model/catalogue.h"
#include "provider/loader.h"
#include "provider/trial.h"

#include <string.h>

typedef struct
{
  const TnCall *call;
  const TnSettings *settings;
  const TnCalendar *calendar;
  GPtrArray *findings;
} Tryout;

static const char *
intern_what (const char *what)
{
  return g_intern_string (what);
}

static void
add (Tryout *tryout, const char *what, TnVerdict verdict, const char *text)
{
  TnFinding *finding = g_new0 (TnFinding, 1);
  finding->calendar = g_strdup (tryout->calendar->id);
  finding->what = intern_what (what);
  finding->verdict = verdict;
  finding->text = g_strdup (text);
  g_ptr_array_add (tryout->findings, finding);
}

static TnVerdict
find_verdict (const char *word)
{
  static const TnVerdict verdicts[] = { TN_VERDICT_OK, TN_VERDICT_WEAK, TN_VERDICT_BAD };
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (strcmp (tn_verdict_to_string (verdicts[i]), word) == 0)
      return verdicts[i];
  return TN_VERDICT_UNKNOWN;
}

static void
try_by_daemon (Tryout *tryout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = tn_bus_ask (tryout->call, "Try", g_variant_new ("(s)", tryout->calendar->id), &error);
  if (answer == NULL)
    {
      add (tryout, "write", tn_error_is_temporary (error) ? TN_VERDICT_UNKNOWN : TN_VERDICT_BAD,
           error->message);
      return;
    }
  JsonArray *steps = json_object_get_array_member (json_node_get_object (answer), "steps");
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      add (tryout, json_object_get_string_member (step, "what"),
           find_verdict (json_object_get_string_member (step, "verdict")),
           json_object_get_string_member (step, "text"));
    }
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
try_provider (Tryout *tryout, TnProvider *provider)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProgress) progress = tn_progress_new (tryout->call, "turnusctl doctor");
  g_autofree char *name = g_strconcat (tryout->calendar->id, "/", tryout->settings->council, NULL);
  tn_progress_say (progress, "%s", tryout->calendar->id);
  tn_trial_run_async (provider, name, NULL, on_tried, &slot);
  while (slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GAsyncResult) result = slot;
  g_autoptr (GPtrArray) steps = tn_trial_run_finish (result, &error);
  if (steps == NULL)
    add (tryout, "write", TN_VERDICT_BAD, error->message);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const TnTrialStep *step = g_ptr_array_index (steps, i);
      add (tryout, step->what, find_verdict (tn_trial_verdict_to_string (step->verdict)),
           step->text);
    }
}

/* A token that a person gave changes when it is used, and the daemon keeps it (hazard 100). */
static gboolean
needs_daemon (const TnCalendar *calendar)
{
  const TnAccount *account = calendar->account;
  return account != NULL && account->auth == TN_AUTH_OAUTH2 && !tn_account_is_for_itself (account);
}

static void
try_here (Tryout *tryout)
{
  const TnSettings *settings = tryout->settings;
  const TnCalendar *calendar = tryout->calendar;
  const char *folder = g_getenv ("TURNUS_PLUGINS");
  g_autoptr (GError) error = NULL;
  g_autofree char *plugins
      = g_canonicalize_filename (folder != NULL ? folder : settings->plugins, NULL);
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnLoader) loader = tn_loader_new (plugins, clock);
  g_autoptr (TnClient) client
      = calendar->account != NULL
            ? tn_client_new (calendar->account, clock, settings->state, NULL, &error)
            : NULL;
  g_autoptr (TnProvider) provider
      = error == NULL ? tn_loader_open (loader, calendar->provider, calendar->id, calendar->options,
                                        settings->base_dir, NULL, client, &error)
                      : NULL;
  if (provider != NULL)
    try_provider (tryout, provider);
  else
    add (tryout, "write", TN_VERDICT_BAD, error->message);
}

/* Where the daemon never ran there is nothing to hold; making a state would be making its owner. */
static void
try_alone (Tryout *tryout)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (tryout->settings->state, "turnus.db", NULL);
  g_autoptr (TnStore) held = g_file_test (path, G_FILE_TEST_EXISTS)
                                 ? tn_papers_open_store (tryout->settings->state, &error)
                                 : NULL;
  if (needs_daemon (tryout->calendar))
    add (tryout, "write", TN_VERDICT_UNKNOWN,
         tn_say (tryout->call->language,
                 "a person logged in, and only the daemon may use that token: start it first"));
  else if (error != NULL)
    add (tryout, "write", TN_VERDICT_UNKNOWN, error->message);
  else
    try_here (tryout);
}

/**
 * tn_tryout_run:
 * @findings: (element-type TnFinding): takes what is found
 *
 * Writes a test event and takes it away again; nothing in a calendar of mode observe.
 */
void
tn_tryout_run (const TnCall *call, const TnSettings *settings, const TnCalendar *calendar,
               GPtrArray *findings)
{
  Tryout tryout = { call, settings, calendar, findings };
  if (calendar->mode == TN_MODE_OBSERVE)
    return;
  if (tn_bus_has_daemon (call))
    try_by_daemon (&tryout);
  else
    try_alone (&tryout);
}
