/* One command for all councils of a host, one after the other: what is wrong with the settings of
 * one is told, and the others are answered for. */
#include "ctl/councils.h"

#include "base/error.h"
#include "charter/household.h"

/* The worst comes first: wrong usage, failed, something waits. */
static int
find_worse (int a, int b)
{
  static const int ranks[]
      = { [TN_EXIT_DONE] = 0, [TN_EXIT_WAITS] = 1, [TN_EXIT_FAILED] = 2, [TN_EXIT_USAGE] = 3 };
  return ranks[a] >= ranks[b] ? a : b;
}

static int
run_for (TnCall *call, const char *council)
{
  tn_call_print (call, "== %s ==\n", council);
  tn_call_set_council (call, council);
  int result = call->command->run (call);
  tn_call_print (call, "\n");
  return result;
}

static int
run_for_file (TnCall *call, const TnSettings *host, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = tn_settings_load_council (path, host, &error);
  return settings != NULL ? run_for (call, settings->council) : tn_call_fail (call, error);
}

static int
run_for_all (TnCall *call, const TnSettings *host)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = tn_household_list (host, &error);
  int result = host->council != NULL ? run_for (call, host->council) : TN_EXIT_DONE;
  if (paths == NULL)
    return find_worse (result, tn_call_fail (call, error));
  for (guint i = 0; i < paths->len; i++)
    result = find_worse (result, run_for_file (call, host, g_ptr_array_index (paths, i)));
  return result;
}

/**
 * tn_councils_run:
 * @call: of a command that is for each council
 *
 * Runs it for the council that `--council` names; where none is named, for all of them.
 *
 * Returns: the worst #TnExit
 */
int
tn_councils_run (TnCall *call)
{
  g_autoptr (TnSettings) host
      = tn_call_has_option (call, "council") || tn_call_has_option (call, "charter")
            ? NULL
            : tn_call_load_host (call, NULL);
  if (host == NULL || host->include == NULL)
    return call->command->run (call); /* which says what is wrong with the settings */
  if (!tn_call_wants_json (call))
    return run_for_all (call, host);
  g_autoptr (GError) error = g_error_new (
      TN_ERROR, TN_ERROR_INVALID,
      "%s has several councils: --json answers for one, say which with --council ID", host->path);
  return tn_call_fail (call, error);
}
