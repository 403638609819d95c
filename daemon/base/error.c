/* The error domain of the daemon. Callers ask by predicate, so that a new code needs no hunt for
 * lists of codes (style.md section 6). */
#include "base/error.h"

G_DEFINE_QUARK (tn - error - quark, tn_error)

gboolean
tn_error_is_temporary (const GError *error)
{
  return g_error_matches (error, TN_ERROR, TN_ERROR_TEMPORARY);
}

gboolean
tn_error_is_invalid (const GError *error)
{
  return g_error_matches (error, TN_ERROR, TN_ERROR_INVALID);
}

gboolean
tn_error_is_conflict (const GError *error)
{
  return g_error_matches (error, TN_ERROR, TN_ERROR_CONFLICT);
}

gboolean
tn_error_is_gone (const GError *error)
{
  return g_error_matches (error, TN_ERROR, TN_ERROR_GONE);
}
