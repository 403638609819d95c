/* Councils. Membership has bounds in time; a ring may name those who left, and skips them. */
#include "model/council.h"

/**
 * tn_council_new:
 *
 * Returns: (transfer full): a council without any membership yet
 */
TnCouncil *
tn_council_new (const char *id, const char *name)
{
  TnCouncil *council = g_new0 (TnCouncil, 1);
  council->id = g_strdup (id);
  council->name = g_strdup (name);
  council->was = g_new0 (char *, 1);
  council->memberships = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  return council;
}

void
tn_council_free (TnCouncil *council)
{
  if (council == NULL)
    return;
  g_free (council->id);
  g_free (council->name);
  g_strfreev (council->was);
  g_array_unref (council->memberships);
  tn_origin_clear (&council->origin);
  g_free (council);
}

/**
 * tn_council_is_member:
 *
 * Returns: %TRUE when @council is a member on every day of @span
 */
gboolean
tn_council_is_member (const TnCouncil *council, TnSpan span)
{
  for (guint i = 0; i < council->memberships->len; i++)
    if (tn_span_contains_span (g_array_index (council->memberships, TnSpan, i), span))
      return TRUE;
  return FALSE;
}

gboolean
tn_council_is_ever_member (const TnCouncil *council)
{
  return council->memberships->len > 0;
}
