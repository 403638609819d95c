/* A deletion is never a decision, and never goes without a word: what is put back is told, and
 * nothing is called deleted that nobody took away (promises 1, 3 and 10). */
#include "sim/absences.h"

#include <string.h>

struct _SimAbsences
{
  SimTrace *trace;   /* (unowned) */
  GHashTable *taken; /* (owned) (element-type utf8) `server/uid` that a person ever took away */
  GHashTable *owed;  /* (owned) (element-type utf8) of these: which a daemon knew, and must tell */
  GHashTable
      *looks; /* (owned) (element-type utf8 uint) of these, which all knew: listings so far */
};

SimAbsences *
sim_absences_new (SimTrace *trace)
{
  SimAbsences *absences = g_new0 (SimAbsences, 1);
  absences->trace = trace;
  absences->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  absences->owed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  absences->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return absences;
}

void
sim_absences_free (SimAbsences *absences)
{
  if (absences == NULL)
    return;
  g_hash_table_unref (absences->taken);
  g_hash_table_unref (absences->owed);
  g_hash_table_unref (absences->looks);
  g_free (absences);
}

static char *
dup_place (const SimServer *server, const char *uid)
{
  return g_strdup_printf ("%s/%s", sim_server_get_name (server), uid);
}

void
sim_absences_add (SimAbsences *absences, SimServer *server, const char *uid)
{
  g_hash_table_add (absences->taken, dup_place (server, uid));
}

/* A daemon had it linked when it went. */
void
sim_absences_owe (SimAbsences *absences, SimServer *server, const char *uid)
{
  g_hash_table_add (absences->owed, dup_place (server, uid));
}

/* All daemons had it linked: none may put it back before the second complete listing. */
void
sim_absences_await_looks (SimAbsences *absences, SimServer *server, const char *uid)
{
  g_hash_table_replace (absences->looks, dup_place (server, uid),
                        GUINT_TO_POINTER (sim_server_get_listings (server)));
}

/* A daemon lost its state: to it the event is a new one. */
void
sim_absences_forget_looks (SimAbsences *absences)
{
  g_hash_table_remove_all (absences->looks);
}

void
sim_absences_check_creation (SimAbsences *absences, SimServer *server, const char *uid)
{
  g_autofree char *place = dup_place (server, uid);
  gpointer before = NULL;
  if (!g_hash_table_lookup_extended (absences->looks, place, NULL, &before))
    return;
  if (sim_server_get_listings (server) < GPOINTER_TO_UINT (before) + 2)
    sim_trace_break (absences->trace, "%s is put back after one look (promise 3)", place);
  g_hash_table_remove (absences->looks, place);
}

/* Of a past event a deletion means "not here" (design section 7), and clocks differ. */
static gboolean
is_past (GPtrArray *offices, const TnEvent *event)
{
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      if (event->when.days.end <= tn_plan_get_today (tn_book_get_plan (office->book)))
        return TRUE;
    }
  return FALSE;
}

/* Who took it away has what was wanted, also where guests keep the event from being marked; of
 * these a person is told. */
static gboolean
is_cancelled (GPtrArray *offices, const char *uid)
{
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      const TnPlan *plan = tn_book_get_plan (office->book);
      for (guint j = 0; j < tn_plan_get_size (plan); j++)
        {
          const TnOccurrence *occurrence = tn_plan_get (plan, j);
          if (occurrence->status == TN_STATUS_CANCELLED && strcmp (occurrence->uid, uid) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* A person brought it, or a copy of it, back: then there is nothing to tell. */
void
sim_absences_forgive (SimAbsences *absences, SimServer *server, const char *uid)
{
  g_autofree char *place = dup_place (server, uid);
  g_hash_table_remove (absences->owed, place);
  g_hash_table_remove (absences->looks, place);
}

static gboolean
is_told (GPtrArray *offices, const char *calendar, const char *uid)
{
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      /* Who lost its state does not know of it any more. */
      if (sim_office_has (office, calendar)
          && (office->lost_state || sim_office_tells_deletion (office, calendar, uid)))
        return TRUE;
    }
  return FALSE;
}

static void
check_false_word (SimAbsences *absences, const SimOffice *office, SimServer *server)
{
  const char *calendar = sim_server_get_name (server);
  const TnPassResult *result
      = sim_office_has (office, calendar) ? tn_desk_get_result (office->desk, calendar) : NULL;
  for (guint i = 0; result != NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      g_autofree char *place = dup_place (server, change->uid);
      /* Duties go and come back by what people decide: a daemon that died between its own removal
       * and the next thought calls that a deletion. */
      if (sim_office_tells_deletion (office, calendar, change->uid)
          && strstr (change->key, "\nm=") == NULL
          && !g_hash_table_contains (absences->taken, place))
        sim_trace_break (absences->trace, "%s is called deleted, and nobody did that (promise 3)",
                         place);
    }
}

/**
 * sim_absences_judge:
 * @events: (element-type utf8 TnEvent): what stands on @server, by UID
 */
void
sim_absences_judge (SimAbsences *absences, GPtrArray *offices, SimServer *server,
                    GHashTable *events)
{
  const char *calendar = sim_server_get_name (server);
  for (guint i = 0; i < offices->len; i++)
    check_false_word (absences, g_ptr_array_index (offices, i), server);
  GHashTableIter iter;
  gpointer uid = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, events);
  while (g_hash_table_iter_next (&iter, &uid, &value))
    {
      const TnEvent *event = value;
      g_autofree char *place = dup_place (server, uid);
      if (g_hash_table_contains (absences->owed, place) && event->status != TN_EVENT_CANCELLED
          && !is_past (offices, event) && !is_cancelled (offices, uid)
          && !is_told (offices, calendar, uid))
        sim_trace_break (absences->trace, "%s was deleted, is back, and nobody is told (promise 1)",
                         place);
    }
}
