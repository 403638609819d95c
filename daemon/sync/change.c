/* Changes are what the difference says and what `plan` shows: the same list is printed, held back
 * or carried out. */
#include "sync/change.h"

#include <string.h>

/**
 * tn_change_new:
 * @posting: (nullable): what is to stand there
 * @link: (nullable): what is remembered of it; copied
 *
 * Returns: (transfer full): a change of the event that @posting or @link names
 */
TnChange *
tn_change_new (TnChangeKind kind, const TnPosting *posting, const TnLink *link)
{
  TnChange *change = g_new0 (TnChange, 1);
  change->kind = kind;
  change->posting = posting;
  change->link = link != NULL ? tn_link_copy (link) : NULL;
  change->uid = g_strdup (posting != NULL ? posting->event->uid : link->uid);
  change->key = g_strdup (posting != NULL ? posting->event->key : link->key);
  change->first_day = posting == NULL               ? TN_DATE_NONE
                      : posting->occurrence != NULL ? posting->occurrence->when.days.start
                                                    : posting->days.start;
  change->item_id = link != NULL ? g_strdup (link->item_id) : NULL;
  change->revision = link != NULL ? g_strdup (link->revision) : NULL;
  change->label = posting != NULL
                      ? tn_posting_dup_label (posting)
                      : tn_posting_dup_key_label (link->key, link->wished[TN_FIELD_TITLE],
                                                  link->wished[TN_FIELD_WHEN]);
  return change;
}

/**
 * tn_change_new_wait:
 * @reason: what waits for a person, and what to do
 *
 * Returns: (transfer full): a line for a person; nothing is written
 */
TnChange *
tn_change_new_wait (const TnPosting *posting, const TnLink *link, const char *reason)
{
  TnChange *change = tn_change_new (TN_CHANGE_WAIT, posting, link);
  change->reason = g_strdup (reason);
  return change;
}

/**
 * tn_change_copy_told:
 *
 * Returns: (transfer full): what people read of @change; without its posting
 */
TnChange *
tn_change_copy_told (const TnChange *change)
{
  TnChange *copy = g_new0 (TnChange, 1);
  copy->kind = change->kind;
  copy->fields = change->fields;
  copy->is_held = change->is_held;
  copy->first_day = change->first_day;
  copy->uid = g_strdup (change->uid);
  copy->key = g_strdup (change->key);
  copy->item_id = g_strdup (change->item_id);
  copy->label = g_strdup (change->label);
  copy->reason = g_strdup (change->reason);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      copy->before[i] = g_strdup (change->before[i]);
      copy->after[i] = g_strdup (change->after[i]);
    }
  return copy;
}

void
tn_change_free (TnChange *change)
{
  if (change == NULL)
    return;
  tn_link_free (change->link);
  tn_link_free (change->pending);
  g_free (change->uid);
  g_free (change->key);
  g_free (change->item_id);
  g_free (change->revision);
  g_free (change->label);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_free (change->before[i]);
      g_free (change->after[i]);
    }
  g_free (change->reason);
  g_free (change);
}

gboolean
tn_change_is_write (const TnChange *change)
{
  return !change->is_held
         && (change->kind == TN_CHANGE_CREATE || change->kind == TN_CHANGE_UPDATE
             || change->kind == TN_CHANGE_REMOVE);
}

/**
 * tn_change_get_sign:
 *
 * Source: design section 10, `turnusctl plan`.
 * Returns: `+`, `~`, `-`, `?`, `!`, or a blank for what nobody has to see; what is held keeps its
 * sign
 */
char
tn_change_get_sign (const TnChange *change)
{
  switch (change->kind)
    {
    case TN_CHANGE_CREATE:
      return '+';
    case TN_CHANGE_UPDATE:
      return '~';
    case TN_CHANGE_REMOVE:
      return '-';
    case TN_CHANGE_TWIN:
      return '?';
    case TN_CHANGE_WAIT:
      return '!';
    case TN_CHANGE_REMEMBER:
    case TN_CHANGE_FORGET:
    default:
      return ' ';
    }
}

/**
 * tn_change_hold:
 * @reason: what it waits for, and what a person can do
 */
void
tn_change_hold (TnChange *change, const char *reason)
{
  change->is_held = TRUE;
  g_free (change->reason);
  change->reason = g_strdup (reason);
}

/**
 * tn_change_compare:
 * @a: pointer to a TnChange
 *
 * Returns: the order in which people read them: by day, then reference; what no plan has comes last
 */
int
tn_change_compare (gconstpointer a, gconstpointer b)
{
  const TnChange *x = *(TnChange *const *) a;
  const TnChange *y = *(TnChange *const *) b;
  if (x->first_day == y->first_day)
    return strcmp (x->key, y->key);
  if (x->first_day == TN_DATE_NONE || y->first_day == TN_DATE_NONE)
    return x->first_day == TN_DATE_NONE ? 1 : -1;
  return x->first_day < y->first_day ? -1 : 1;
}

/**
 * tn_change_get_word:
 *
 * Returns: what the history says of the write @change, once it is made
 */
const char *
tn_change_get_word (const TnChange *change)
{
  if (change->kind == TN_CHANGE_REMOVE)
    return "removed";
  if (change->puts_back)
    return "put back";
  return change->kind == TN_CHANGE_CREATE ? "created" : "changed";
}
