/* An errand is answered once, when it is done, or when the daemon stops before; whether its caller
 * still listens then is of no matter. */
#include "control/errand.h"

#include "control/door.h"
#include "control/outline.h"
#include "control/status.h"

/* Of what was done during one call so much is told; the rest is in `history`. */
static const guint MAX_DONE = 500;

/**
 * tn_errand_new:
 * @invocation: (transfer full): to be answered
 * @method: static
 * @user: outlives the call of the method, and no more
 * @open: the errand stands in it as long as it lives
 */
TnErrand *
tn_errand_new (GDBusMethodInvocation *invocation, const char *method, const char *user,
               TnDesk *desk, GHashTable *open, GCancellable *stop)
{
  TnErrand *errand = g_new0 (TnErrand, 1);
  errand->invocation = invocation;
  errand->method = method;
  errand->user = user;
  errand->desk = g_object_ref (desk);
  errand->open = g_hash_table_ref (open);
  errand->stop = g_object_ref (stop);
  g_hash_table_add (errand->open, errand);
  return errand;
}

void
tn_errand_free (TnErrand *errand)
{
  if (errand == NULL)
    return;
  g_hash_table_remove (errand->open, errand);
  g_hash_table_unref (errand->open);
  g_clear_object (&errand->invocation);
  g_clear_object (&errand->desk);
  g_clear_object (&errand->stop);
  g_strfreev (errand->calendars);
  g_free (errand->digest);
  g_clear_pointer (&errand->before, g_ptr_array_unref);
  g_free (errand);
}

TnBook *
tn_errand_get_book (const TnErrand *errand)
{
  return tn_desk_get_book (errand->desk);
}

/**
 * tn_errand_answer:
 * @sheet: a whole document; empty afterwards
 */
void
tn_errand_answer (TnErrand *errand, JsonBuilder *sheet)
{
  g_autofree char *text = tn_sheet_to_text (sheet);
  GDBusMethodInvocation *invocation = g_steal_pointer (&errand->invocation);
  if (invocation != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

void
tn_errand_refuse (TnErrand *errand, const GError *error)
{
  GDBusMethodInvocation *invocation = g_steal_pointer (&errand->invocation);
  if (invocation != NULL)
    tn_door_refuse (invocation, error);
}

/**
 * tn_errand_note_begin:
 *
 * What is done from now on is told in the report. The clock does not say it: it may be frozen.
 */
void
tn_errand_note_begin (TnErrand *errand)
{
  TnStore *store = tn_book_get_store (tn_errand_get_book (errand));
  errand->before = tn_store_load_history (store, NULL, 1, NULL);
}

static gboolean
is_same (const TnHistory *a, const TnHistory *b)
{
  return a->at_us == b->at_us && g_strcmp0 (a->calendar, b->calendar) == 0
         && g_strcmp0 (a->key, b->key) == 0 && g_strcmp0 (a->what, b->what) == 0
         && g_strcmp0 (a->field, b->field) == 0 && g_strcmp0 (a->before, b->before) == 0
         && g_strcmp0 (a->after, b->after) == 0;
}

static guint
count_done (const TnErrand *errand, GPtrArray *history)
{
  guint n = 0;
  if (errand->before == NULL || errand->before->len == 0)
    return history->len;
  while (n < history->len
         && !is_same (g_ptr_array_index (history, n), g_ptr_array_index (errand->before, 0)))
    n++;
  return n;
}

/**
 * tn_errand_report:
 *
 * Answers with REPORT of control.xml: how the errand's calendars are, and what was done.
 */
void
tn_errand_report (TnErrand *errand)
{
  TnStore *store = tn_book_get_store (tn_errand_get_book (errand));
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  if (errand->invocation == NULL)
    return;
  g_autoptr (GPtrArray) history = tn_store_load_history (store, NULL, MAX_DONE, NULL);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "did", errand->method);
  tn_status_add_calendars (sheet, errand->desk, (const char *const *) errand->calendars);
  tn_status_add_waiting (sheet, errand->desk);
  tn_sheet_list (sheet, "done");
  if (history != NULL)
    tn_outline_add_history (sheet, history, count_done (errand, history));
  json_builder_end_array (sheet);
  json_builder_end_object (sheet);
  tn_errand_answer (errand, sheet);
}

/* How each calendar fared stands in the report; one that fails is no failure of the call. */
static void
on_passed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) errand = user_data;
  tn_desk_sync_finish (TN_DESK (source), result, NULL);
  tn_errand_report (errand);
}

/**
 * tn_errand_pass:
 * @errand: (transfer full)
 *
 * Passes over the errand's calendars and reports.
 */
void
tn_errand_pass (TnErrand *errand, TnPassFlags flags)
{
  tn_desk_sync_async (errand->desk, (const char *const *) errand->calendars, flags, NULL, on_passed,
                      errand);
}
