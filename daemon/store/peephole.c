/* Addresses: given away on paper and in mails, so they hold until somebody takes them back. */
#include "store/peephole.h"

#include "store/table.h"

static const TnColumn COLUMNS[] = {
  TN_COLUMN (TnPeephole, "token_hash", TN_COLUMN_TEXT, token_hash),
  TN_COLUMN (TnPeephole, "target", TN_COLUMN_TEXT, target),
  TN_COLUMN (TnPeephole, "made_us", TN_COLUMN_BIG, made_us),
};

const TnTable tn_table_peepholes = {
  .name = "peepholes",
  .record_size = sizeof (TnPeephole),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (COLUMNS),
  .columns = COLUMNS,
  .free_record = (GDestroyNotify) tn_peephole_free,
};

/**
 * tn_peephole_new:
 *
 * Returns: (transfer full)
 */
TnPeephole *
tn_peephole_new (const char *token_hash, const char *target, gint64 made_us)
{
  g_return_val_if_fail (token_hash != NULL && target != NULL, NULL);
  TnPeephole *peephole = g_new0 (TnPeephole, 1);
  peephole->token_hash = g_strdup (token_hash);
  peephole->target = g_strdup (target);
  peephole->made_us = made_us;
  return peephole;
}

TnPeephole *
tn_peephole_copy (const TnPeephole *peephole)
{
  return tn_table_copy_record (&tn_table_peepholes, peephole);
}

void
tn_peephole_free (TnPeephole *peephole)
{
  tn_table_free_record (&tn_table_peepholes, peephole);
}
