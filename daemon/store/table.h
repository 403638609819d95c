/* daemon/store/table.h — a table of the store: its columns, and where a record keeps them */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_COLUMN_TEXT,   /* char *, NULL allowed */
  TN_COLUMN_NUMBER, /* 32 bits: int, guint, gboolean, enum, TnDate */
  TN_COLUMN_BIG     /* gint64 */
} TnColumnType;

typedef struct
{
  const char *name;
  TnColumnType type;
  gsize offset;
  gint32 limit; /* of an enum or gboolean: values are in [0, limit); 0: any value */
} TnColumn;

typedef struct
{
  const char *name;
  gsize record_size;
  guint n_keys; /* so many of the first columns name a record; 0: records are appended */
  guint n_columns;
  const TnColumn *columns;
  GDestroyNotify free_record;
} TnTable;

#define TN_COLUMN(record, name_, type_, member)                                                    \
  {                                                                                                \
    .name = name_, .type = type_, .offset = G_STRUCT_OFFSET (record, member)                       \
  }
#define TN_COLUMN_LIMITED(record, name_, member, limit_)                                           \
  {                                                                                                \
    .name = name_, .type = TN_COLUMN_NUMBER, .offset = G_STRUCT_OFFSET (record, member),           \
    .limit = limit_                                                                                \
  }

/* Each is defined beside its record. */
extern const TnTable tn_table_links;
extern const TnTable tn_table_intents;
extern const TnTable tn_table_sightings;
extern const TnTable tn_table_proposals;
extern const TnTable tn_table_ledger;
extern const TnTable tn_table_history;
extern const TnTable tn_table_calendars;
extern const TnTable tn_table_rulebook;
extern const TnTable tn_table_guests;
extern const TnTable tn_table_mirrors;
extern const TnTable tn_table_slips;
extern const TnTable tn_table_peepholes;
extern const TnTable tn_table_letters;
extern const TnTable tn_table_told;

typedef enum
{
  TN_TABLE_LINKS,
  TN_TABLE_INTENTS,
  TN_TABLE_SIGHTINGS,
  TN_TABLE_PROPOSALS,
  TN_TABLE_LEDGER,
  TN_TABLE_HISTORY,
  TN_TABLE_CALENDARS,
  TN_TABLE_RULEBOOK,
  TN_TABLE_GUESTS,
  TN_TABLE_MIRRORS,
  TN_TABLE_SLIPS,
  TN_TABLE_PEEPHOLES,
  TN_TABLE_LETTERS,
  TN_TABLE_TOLD,
  TN_N_TABLES
} TnTableName;

const TnTable *tn_table_get (TnTableName name);

gpointer tn_table_copy_record (const TnTable *table, gconstpointer record);
gpointer tn_table_merge_records (const TnTable *table, gconstpointer base, gconstpointer changed,
                                 gconstpointer stored);
void tn_table_free_record (const TnTable *table, gpointer record);
const char *tn_table_get_text (const TnTable *table, gconstpointer record, guint column);
gint64 tn_table_get_number (const TnTable *table, gconstpointer record, guint column);
gboolean tn_table_set_number (const TnTable *table, gpointer record, guint column, gint64 value);
gboolean tn_table_check_record (const TnTable *table, gconstpointer record, GError **error);
char *tn_table_dup_key (const TnTable *table, gconstpointer record);
char *tn_table_dup_hash (const TnTable *table, gconstpointer record);
int tn_table_compare_keys (const TnTable *table, gconstpointer a, gconstpointer b);

G_END_DECLS
