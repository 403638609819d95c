/* daemon/charter/group.h — a group of keys, held against the table and read by type */
#pragma once

#include "charter/keys.h"
#include "charter/value.h"
#include "model/reason.h"

G_BEGIN_DECLS

typedef struct _TnDocument TnDocument;

/* A group of keys: a value, borrowed from its document, which must outlive it. Every key that is
 * read from it must stand in the table for its kind. */
typedef struct
{
  const TnDocument *document;
  const struct config_setting_t *setting; /* (nullable) NULL: the group was not written */
  const char *kind;                       /* of the table of keys: `series` */
} TnGroup;

/* Absent is not wrong; what is wrong has already been complained about. */
typedef enum
{
  TN_READING_ABSENT,
  TN_READING_GIVEN,
  TN_READING_WRONG
} TnReading;

void tn_group_check (TnGroup group);
gboolean tn_group_has (TnGroup group, const char *key);
TnReading tn_group_read (TnGroup group, const char *key, TnValue *ret_value);
TnReading tn_group_read_text (TnGroup group, const char *key, char **ret_text);
TnReading tn_group_read_all (TnGroup group, const char *key, GArray *ret_values);
TnReading tn_group_read_texts (TnGroup group, const char *key, char ***ret_texts);
TnGroup tn_group_enter (TnGroup group, const char *key);
guint tn_group_count (TnGroup group, const char *key);
TnGroup tn_group_at (TnGroup group, const char *key, guint index);

int tn_group_get_line (TnGroup group, const char *key);
TnOrigin tn_group_get_origin (TnGroup group, const char *key);
void tn_group_complain (TnGroup group, const char *key, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void tn_group_complain_at (TnGroup group, int line, const char *format, ...) G_GNUC_PRINTF (3, 4);
void tn_group_foreach_other (TnGroup group,
                             void (*each) (const char *name, const char *text, int line,
                                           gpointer user_data),
                             gpointer user_data);

G_END_DECLS
