/* A timer or a watch that is not wanted any more: out of the loop, and forgotten. */
#include "base/loop.h"

/**
 * tn_loop_clear_source:
 * @source: (inout) (transfer full) (nullable): %NULL afterwards
 *
 * It is not called again, also when it is due already.
 */
void
tn_loop_clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
