/* Errors cross the plugin border in two domains, because a plugin must not know ours (design
 * section 3). The codes stand in the same order on both sides; the table says so once more, so that
 * a code added on one side alone is refused instead of meaning another. */
#include "provider/verdict.h"

#include "base/error.h"
#include "provider/turnus-plugin.h"

static const TnError code_of[] = {
  [TURNUS_ERROR_INVALID] = TN_ERROR_INVALID,   [TURNUS_ERROR_DENIED] = TN_ERROR_DENIED,
  [TURNUS_ERROR_AUTH] = TN_ERROR_AUTH,         [TURNUS_ERROR_CONFLICT] = TN_ERROR_CONFLICT,
  [TURNUS_ERROR_GONE] = TN_ERROR_GONE,         [TURNUS_ERROR_TEMPORARY] = TN_ERROR_TEMPORARY,
  [TURNUS_ERROR_PROTOCOL] = TN_ERROR_PROTOCOL, [TURNUS_ERROR_LIMIT] = TN_ERROR_LIMIT,
  [TURNUS_ERROR_FAILED] = TN_ERROR_FAILED,
};

/**
 * tn_verdict_from_plugin:
 * @error: (transfer full) (nullable): what the plugin gave; NULL when it failed without a word
 * @plugin: its name
 *
 * A cancellation stays one; any other foreign domain is FAILED; a code that does not exist, or no
 * error at all, is a broken promise of the plugin's.
 *
 * Returns: (transfer full): in %TN_ERROR, with a text that is UTF-8
 */
GError *
tn_verdict_from_plugin (GError *error, const char *plugin)
{
  if (error == NULL)
    return g_error_new (TN_ERROR, TN_ERROR_PROTOCOL, "plugin %s failed and did not say why",
                        plugin);
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    return error;
  g_autoptr (GError) theirs = error;
  g_autofree char *text = g_utf8_make_valid (theirs->message != NULL ? theirs->message : "", -1);
  if (theirs->domain != TURNUS_ERROR)
    return g_error_new (TN_ERROR, TN_ERROR_FAILED, "%s", text);
  if (theirs->code < 0 || theirs->code >= (int) G_N_ELEMENTS (code_of))
    return g_error_new (TN_ERROR, TN_ERROR_PROTOCOL, "plugin %s gave the unknown error code %d: %s",
                        plugin, theirs->code, text);
  return g_error_new (TN_ERROR, code_of[theirs->code], "%s", text);
}

/**
 * tn_verdict_to_plugin:
 * @error: (transfer full): ours
 *
 * Returns: (transfer full): the same in %TURNUS_ERROR; a cancellation stays one
 */
GError *
tn_verdict_to_plugin (GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  g_autoptr (GError) ours = error;
  for (guint i = 0; ours->domain == TN_ERROR && i < G_N_ELEMENTS (code_of); i++)
    if ((int) code_of[i] == ours->code)
      return g_error_new (TURNUS_ERROR, (int) i, "%s", ours->message);
  return g_error_new (TURNUS_ERROR, TURNUS_ERROR_FAILED, "%s", ours->message);
}
