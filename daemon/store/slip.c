/* Slips: short-lived, few, and of no use to who reads the store. */
#include "store/slip.h"

#include "store/table.h"

static const TnColumn COLUMNS[] = {
  TN_COLUMN (TnSlip, "token_hash", TN_COLUMN_TEXT, token_hash),
  TN_COLUMN_LIMITED (TnSlip, "kind", kind, TN_SLIP_FORM + 1),
  TN_COLUMN (TnSlip, "council", TN_COLUMN_TEXT, council),
  TN_COLUMN (TnSlip, "path", TN_COLUMN_TEXT, path),
  TN_COLUMN (TnSlip, "made_us", TN_COLUMN_BIG, made_us),
  TN_COLUMN (TnSlip, "ends_us", TN_COLUMN_BIG, ends_us),
  TN_COLUMN (TnSlip, "used_us", TN_COLUMN_BIG, used_us),
  TN_COLUMN (TnSlip, "outcome", TN_COLUMN_TEXT, outcome),
};

const TnTable tn_table_slips = {
  .name = "slips",
  .record_size = sizeof (TnSlip),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (COLUMNS),
  .columns = COLUMNS,
  .free_record = (GDestroyNotify) tn_slip_free,
};

/**
 * tn_slip_new:
 *
 * Returns: (transfer full): a slip that ended in 1970; the caller says for how long it holds
 */
TnSlip *
tn_slip_new (TnSlipKind kind, const char *token_hash, const char *council)
{
  g_return_val_if_fail (token_hash != NULL && council != NULL, NULL);
  TnSlip *slip = g_new0 (TnSlip, 1);
  slip->kind = kind;
  slip->token_hash = g_strdup (token_hash);
  slip->council = g_strdup (council);
  slip->path = g_strdup ("");
  slip->outcome = g_strdup ("");
  return slip;
}

TnSlip *
tn_slip_copy (const TnSlip *slip)
{
  return tn_table_copy_record (&tn_table_slips, slip);
}

void
tn_slip_free (TnSlip *slip)
{
  tn_table_free_record (&tn_table_slips, slip);
}
