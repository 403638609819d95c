/* daemon/store/batch-changes.h — what is in a batch: for the stores that carry it out */
#pragma once

#include "store/store.h"
#include "store/table.h"

G_BEGIN_DECLS

typedef enum
{
  TN_CHANGE_PUT,   /* `record` takes the place of the one with its key, or is appended */
  TN_CHANGE_AMEND, /* `record` takes the place of the one with its key, if it is there */
  TN_CHANGE_DROP,  /* the one with the key of `record` goes, if it is there */
  TN_CHANGE_CLEAR, /* all of the table go */
  TN_CHANGE_PURGE  /* history and answered proposals of before `before_us` go; `table` is unused */
} TnChangeKind;

typedef struct
{
  TnChangeKind kind;
  TnTableName table;
  gpointer record; /* (owned) (nullable) of the table's type; only its key is set in a DROP */
  gint64 before_us;
} TnChange;

guint tn_batch_get_size (const TnBatch *batch);
const TnChange *tn_batch_get (const TnBatch *batch, guint index);

G_END_DECLS
