/* What `turnusctl calendars` asks of the daemon: it alone holds the state, with the tokens in it,
 * so what needs a login goes through it while it runs. */
#include "control/accounts.h"

#include "base/error.h"
#include "control/admission.h"
#include "provider/trial.h"
#include "sync/rebind.h"

/* Returns: (transfer none) (nullable): of the settings in force */
static const TnCalendar *
find_calendar (const TnErrand *call, const char *id, GError **error)
{
  const TnSettings *settings = tn_book_get_settings (tn_errand_get_book (call));
  const TnCalendar *calendar = tn_settings_find_calendar (settings, id);
  if (calendar == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
                 id);
  return calendar;
}

static TnProvider *
find_provider (const TnErrand *call, const char *id, GError **error)
{
  if (find_calendar (call, id, error) == NULL)
    return NULL;
  TnProvider *provider = tn_desk_get_provider (call->desk, id);
  if (provider == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s cannot be opened: %s", id,
                 tn_desk_get_refusal (call->desk, id));
  return provider;
}

static void
refuse (TnErrand *call, const GError *error)
{
  tn_errand_refuse (call, error);
  tn_errand_free (call);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = tn_provider_discover_finish (TN_PROVIDER (source), result, &error);
  if (places == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  for (guint i = 0; i < places->len; i++)
    {
      const TurnusPlace *place = g_ptr_array_index (places, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "url", place->url);
      tn_sheet_text (sheet, "name", place->name);
      tn_sheet_flag (sheet, "read_only", place->read_only);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

/**
 * tn_accounts_discover:
 *
 * Answers with the calendars that the account behind a calendar offers.
 */
void
tn_accounts_discover (TnErrand *call, GVariant *arguments)
{
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &id);
  TnProvider *provider = find_provider (call, id, &error);
  if (provider != NULL)
    tn_provider_discover_async (provider, call->stop, on_discovered, call);
  else
    refuse (call, error);
}

static TnGrant *
make_grant (const TnErrand *call, const char *id, GError **error)
{
  TnBook *book = tn_errand_get_book (call);
  const TnCalendar *calendar = find_calendar (call, id, error);
  if (calendar == NULL)
    return NULL;
  if (calendar->account == NULL || calendar->account->auth != TN_AUTH_OAUTH2)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "calendar %s does not use oauth: what logs in is where its settings say, and "
                   "taken from there at the next pass",
                   id);
      return NULL;
    }
  return tn_grant_new (calendar->account, tn_book_get_clock (book),
                       tn_book_get_settings (book)->state, NULL, error);
}

/**
 * tn_accounts_login:
 *
 * Answers with where a person has to type what.
 */
void
tn_accounts_login (TnErrand *call, GVariant *arguments)
{
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &id);
  g_autoptr (TnGrant) grant = make_grant (call, id, &error);
  const TnAdmission *old = g_hash_table_lookup (call->logins, id);
  if (grant != NULL && old != NULL && !tn_admission_has_ended (old))
    g_set_error (&error, TN_ERROR, TN_ERROR_CONFLICT,
                 "somebody is logging calendar %s in; wait until that is over", id);
  if (error != NULL)
    {
      refuse (call, error);
      return;
    }
  GHashTable *logins = call->logins; /* of the service, which outlives the call's beginning */
  char *key = g_strdup (id);
  g_hash_table_insert (logins, key, tn_admission_start (grant, call));
}

/**
 * tn_accounts_logged_in:
 *
 * Answers when the login that was begun is over.
 */
void
tn_accounts_logged_in (TnErrand *call, GVariant *arguments)
{
  const char *id = NULL;
  g_variant_get (arguments, "(&s)", &id);
  TnAdmission *admission = g_hash_table_lookup (call->logins, id);
  g_autoptr (GError) error = NULL;
  if (admission != NULL)
    {
      tn_admission_await (admission, call);
      return;
    }
  g_set_error (&error, TN_ERROR, TN_ERROR_INVALID, "nobody is logging calendar '%s' in", id);
  refuse (call, error);
}

static void
add_texts (JsonBuilder *sheet, const char *name, GPtrArray *texts)
{
  tn_sheet_list (sheet, name);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (sheet, g_ptr_array_index (texts, i));
  json_builder_end_array (sheet);
}

static void
add_finding (JsonBuilder *sheet, const TnFinding *finding)
{
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "reference", finding->reference);
  tn_sheet_text (sheet, "uid", finding->uid);
  tn_sheet_text (sheet, "by", tn_mark_to_string (finding->mark));
  add_texts (sheet, "items", finding->items);
  json_builder_end_object (sheet);
}

static void
answer_rebinding (TnErrand *call, const TnRebinding *rebinding)
{
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "done", rebinding->is_done);
  tn_sheet_number (sheet, "items", rebinding->n_items);
  tn_sheet_number (sheet, "questions", tn_rebinding_count_questions (rebinding));
  tn_sheet_list (sheet, "found");
  for (guint i = 0; i < rebinding->findings->len; i++)
    add_finding (sheet, g_ptr_array_index (rebinding->findings, i));
  json_builder_end_array (sheet);
  add_texts (sheet, "missing", rebinding->missing);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

static void
on_rebound (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRebinding) rebinding = tn_rebind_finish (TN_BOOK (source), result, &error);
  tn_desk_give_back (call->desk, call->calendars[0], rebinding != NULL && rebinding->is_done);
  if (rebinding != NULL)
    answer_rebinding (call, rebinding);
  else
    tn_errand_refuse (call, error);
}

/**
 * tn_accounts_rebind:
 *
 * Answers with the known events that were found in a calendar, and binds it anew when told to.
 */
void
tn_accounts_rebind (TnErrand *call, GVariant *arguments)
{
  const char *id = NULL;
  g_auto (GStrv) answers = NULL;
  gboolean does_it = FALSE;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s^asb)", &id, &answers, &does_it);
  const char *const one[] = { id, NULL };
  call->calendars = g_strdupv ((char **) one);
  TnProvider *provider = tn_desk_borrow (call->desk, id, &error);
  if (provider == NULL)
    {
      refuse (call, error);
      return;
    }
  TnBook *book = tn_errand_get_book (call);
  tn_rebind_async (book, provider, find_calendar (call, id, NULL), (const char *const *) answers,
                   does_it, call->stop, on_rebound, call);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = tn_trial_run_finish (result, &error);
  tn_desk_give_back (call->desk, call->calendars[0], FALSE);
  if (steps == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_list (sheet, "steps");
  for (guint i = 0; i < steps->len; i++)
    {
      const TnTrialStep *step = g_ptr_array_index (steps, i);
      json_builder_begin_object (sheet);
      tn_sheet_text (sheet, "what", step->what);
      tn_sheet_text (sheet, "verdict", tn_trial_verdict_to_string (step->verdict));
      tn_sheet_text (sheet, "text", step->text);
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

/**
 * tn_accounts_try:
 *
 * Answers with what a test event showed that went through a calendar. No pass of the calendar
 * begins until it is gone again: one would take it for a stranger, for which a first publication
 * waits.
 */
void
tn_accounts_try (TnErrand *call, GVariant *arguments)
{
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &id);
  const char *const one[] = { id, NULL };
  call->calendars = g_strdupv ((char **) one);
  const TnCalendar *calendar = find_calendar (call, id, &error);
  if (calendar != NULL && calendar->mode == TN_MODE_OBSERVE)
    g_set_error (&error, TN_ERROR, TN_ERROR_DENIED,
                 "the mode of calendar %s is observe: nothing is written to it", id);
  TnProvider *provider = error == NULL ? tn_desk_borrow (call->desk, id, &error) : NULL;
  if (provider == NULL)
    {
      refuse (call, error);
      return;
    }
  const char *council = tn_book_get_settings (tn_errand_get_book (call))->council;
  g_autofree char *name = g_strconcat (id, "/", council, NULL);
  tn_trial_run_async (provider, name, call->stop, on_tried, call);
}
