/* The service translates: a method's arguments into a call of what does the work, and what came of
 * it into JSON. The contract is control.xml. A call is answered once, when it is done; whether its
 * caller still listens then is of no matter. */
#include "control/service.h"

#include "base/error.h"
#include "base/text.h"
#include "control/accounts.h"
#include "control/addresses.h"
#include "control/annals.h"
#include "control/admission.h"
#include "control/errand.h"
#include "control/mention.h"
#include "control/notices.h"
#include "control/outline.h"
#include "control/petition.h"
#include "control/plan-file.h"
#include "control/reply.h"
#include "control/ruling.h"
#include "control/safekeeping.h"
#include "control/status.h"
#include "control/undoing.h"
#include "control/visitors.h"
#include "sync/claim.h"

struct _TnService
{
  TnDoor *door;       /* (owned) */
  TnDesk *desk;       /* (owned) */
  char *fault;        /* (owned) (nullable) what is wrong with the settings on disk */
  GCancellable *stop; /* (owned) */
  GHashTable *open;   /* (owned) (element-type TnErrand) those that wait for something: a set */
  TnPost *post;       /* (unowned) (nullable) */
  GHashTable *logins; /* (owned) (element-type utf8 TnAdmission) by calendar */
};

static gboolean
check_calendars (const TnErrand *call, GError **error)
{
  for (guint i = 0; call->calendars != NULL && call->calendars[i] != NULL; i++)
    if (tn_settings_find_calendar (tn_book_get_settings (tn_errand_get_book (call)),
                                   call->calendars[i])
        == NULL)
      {
        g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
                     call->calendars[i]);
        return FALSE;
      }
  return TRUE;
}

static void
serve_status (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  tn_status_add (sheet, call->desk, call->fault);
  tn_errand_answer (call, sheet);
}

static void
answer_plan (TnErrand *call, GHashTable *results)
{
  const char *const *calendars = (const char *const *) call->calendars;
  GPtrArray *all = tn_book_get_settings (tn_errand_get_book (call))->calendars;
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  for (guint i = 0; i < all->len; i++)
    {
      const char *id = ((const TnCalendar *) g_ptr_array_index (all, i))->id;
      if (calendars != NULL && calendars[0] != NULL && !g_strv_contains (calendars, id))
        continue;
      tn_outline_add_plan (sheet, id, g_hash_table_lookup (results, id),
                           tn_desk_get_refusal (call->desk, id),
                           tn_book_has_new_rulebook (tn_errand_get_book (call)));
    }
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnErrand) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) results = tn_desk_preview_finish (TN_DESK (source), result, &error);
  if (results == NULL)
    tn_errand_refuse (call, error);
  else
    answer_plan (call, results);
}

static void
serve_plan (TnErrand *call, GVariant *arguments)
{
  g_variant_get (arguments, "(^as)", &call->calendars);
  tn_desk_preview_async (call->desk, (const char *const *) call->calendars, call->stop,
                         on_previewed, call);
}

static void
serve_passes (TnErrand *call, GVariant *arguments, gboolean grants)
{
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(^as)", &call->calendars);
  gboolean ready = check_calendars (call, &error);
  tn_errand_note_begin (call);
  if (ready && grants)
    ready = tn_book_take_new_rulebook (tn_errand_get_book (call), &error);
  if (ready)
    {
      tn_errand_pass (call, grants ? TN_PASS_GRANTED | TN_PASS_SEEN : 0);
      return;
    }
  tn_errand_refuse (call, error);
  tn_errand_free (call);
}

static void
serve_apply (TnErrand *call, GVariant *arguments)
{
  serve_passes (call, arguments, TRUE);
}

static void
serve_sync (TnErrand *call, GVariant *arguments)
{
  serve_passes (call, arguments, FALSE);
}

static void
set_calendar (TnErrand *call, const char *calendar)
{
  const char *const one[] = { calendar, NULL };
  call->calendars = g_strdupv ((char **) one);
}

static void
serve_approve (TnErrand *call, GVariant *arguments)
{
  const char *calendar = NULL;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s)", &calendar);
  set_calendar (call, calendar);
  tn_errand_note_begin (call);
  if (tn_decide_approve (tn_errand_get_book (call), calendar, &error))
    {
      tn_desk_open_refused (call->desk, calendar);
      tn_errand_pass (call, TN_PASS_SEEN);
      return;
    }
  tn_errand_refuse (call, error);
  tn_errand_free (call);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnErrand *call = user_data;
  g_autoptr (GError) error = NULL;
  if (tn_claim_finish (TN_BOOK (source), result, &error))
    {
      tn_desk_wake (call->desk);
      tn_errand_pass (call, TN_PASS_SEEN);
      return;
    }
  tn_errand_refuse (call, error);
  tn_errand_free (call);
}

/* Returns: (transfer none) (nullable): what is to be claimed in */
static TnProvider *
find_provider (const TnErrand *call, GError **error)
{
  const char *id = call->calendars[0];
  TnProvider *provider = NULL;
  if (check_calendars (call, error))
    {
      provider = tn_desk_get_provider (call->desk, id);
      if (provider == NULL)
        g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s cannot be opened: %s", id,
                     tn_desk_get_refusal (call->desk, id));
    }
  return provider;
}

static gboolean
start_claim (TnErrand *call, const char *item, const char *reference, GError **error)
{
  TnBook *book = tn_errand_get_book (call);
  TnProvider *provider = find_provider (call, error);
  if (provider == NULL)
    return FALSE;
  const TnOccurrence *occurrence
      = *reference != '\0' ? tn_mention_find_event (tn_book_get_plan (book), reference, NULL, error)
                           : NULL;
  if (*reference != '\0' && occurrence == NULL)
    return FALSE;
  const TnCalendar *calendar
      = tn_settings_find_calendar (tn_book_get_settings (book), call->calendars[0]);
  tn_claim_async (book, provider, calendar, item, occurrence != NULL ? occurrence->uid : NULL,
                  call->stop, on_claimed, call);
  return TRUE;
}

static void
serve_claim (TnErrand *call, GVariant *arguments)
{
  const char *calendar = NULL;
  const char *item = NULL;
  const char *reference = NULL;
  gboolean none = FALSE;
  g_autoptr (GError) error = NULL;
  g_variant_get (arguments, "(&s&s&sb)", &calendar, &item, &reference, &none);
  set_calendar (call, calendar);
  tn_errand_note_begin (call);
  if (!none && start_claim (call, item, reference, &error))
    return;
  if (none && check_calendars (call, &error)
      && tn_claim_none (tn_errand_get_book (call), calendar, item, &error))
    {
      tn_errand_pass (call, TN_PASS_SEEN);
      return;
    }
  tn_errand_refuse (call, error);
  tn_errand_free (call);
}

static void
serve_proposals (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  gboolean all = FALSE;
  g_variant_get (arguments, "(b)", &all);
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  tn_petition_add_all (sheet, tn_errand_get_book (call), all);
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

static void
answer_decision (TnErrand *call, TnBook *book, const TnPlan *before, const TnRuling *ruling,
                 gboolean dry_run)
{
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "dry_run", dry_run);
  tn_outline_add_decision (sheet, "decision", ruling->decision);
  tn_outline_add_effects (sheet, "effects", ruling->effects);
  tn_outline_add_shares (sheet, "fairness", ruling->shares);
  if (ruling->proposal != NULL)
    {
      json_builder_set_member_name (sheet, "proposal");
      tn_petition_add (sheet, book, before, ruling->proposal);
    }
  else
    tn_sheet_nothing (sheet, "proposal");
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

static void
serve_decide (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GVariant) fields = NULL;
  g_autoptr (GError) error = NULL;
  gboolean dry_run = FALSE;
  TnBook *book = tn_errand_get_book (call);
  g_autoptr (TnPlan) plan = tn_plan_ref (tn_book_get_plan (book)); /* the request borrows from it */
  g_autofree char *source = g_strdup_printf ("command %s", call->user);
  g_variant_get (arguments, "(@a{ss}b)", &fields, &dry_run);
  g_autoptr (TnRequest) request = tn_request_new (book, fields, source, &error);
  g_autoptr (TnRuling) ruling
      = request != NULL ? tn_ruling_new (book, request, dry_run, &error) : NULL;
  if (ruling == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  answer_decision (call, book, plan, ruling, dry_run);
  if (!dry_run)
    tn_desk_wake (call->desk);
}

typedef struct
{
  const char *name;
  void (*serve) (TnErrand *call, GVariant *arguments); /* owns the call */
} Method;

static const Method methods[] = {
  { "Status", serve_status },
  { "Plan", serve_plan },
  { "Apply", serve_apply },
  { "Sync", serve_sync },
  { "Approve", serve_approve },
  { "Claim", serve_claim },
  { "Proposals", serve_proposals },
  { "Answer", tn_reply_serve },
  { "History", tn_annals_serve_history },
  { "Decide", serve_decide },
  { "Ledger", tn_annals_serve_ledger },
  { "Redact", tn_annals_serve_redact },
  { "Guests", tn_visitors_serve },
  { "Undo", tn_undoing_serve },
  { "Notices", tn_notices_serve },
  { "NoticeTest", tn_notices_serve_test },
  { "Backup", tn_safekeeping_serve },
  { "PlanFile", tn_plan_file_serve },
  { "ApplyFile", tn_plan_file_serve_apply },
  { "Discover", tn_accounts_discover },
  { "Login", tn_accounts_login },
  { "LoggedIn", tn_accounts_logged_in },
  { "Rebind", tn_accounts_rebind },
  { "Addresses", tn_addresses_serve_list },
  { "NewAddress", tn_addresses_serve_make },
  { "RevokeAddress", tn_addresses_serve_revoke },
  { "Try", tn_accounts_try },
};

static void
serve (gpointer user_data, const TnPeer *peer, GDBusMethodInvocation *invocation)
{
  TnService *service = user_data;
  const char *name = g_dbus_method_invocation_get_method_name (invocation);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name))
      {
        TnErrand *call = tn_errand_new (invocation, methods[i].name, peer->name, service->desk,
                                        service->open, service->stop);
        call->logins = service->logins;
        call->fault = service->fault;
        call->post = service->post;
        methods[i].serve (call, g_dbus_method_invocation_get_parameters (invocation));
        return;
      }
  g_assert_not_reached (); /* GDBus lets only methods of control.xml through */
}

/**
 * tn_service_open:
 * @path: of the socket; the caller holds the state
 * @check: who may speak; tn_door_check_usual() but in tests
 *
 * Errors: %TN_ERROR_FAILED when the socket cannot be made.
 * Returns: (transfer full) (nullable): the service, answering
 */
TnService *
tn_service_open (const char *path, TnDesk *desk, TnDoorCheck check, gpointer check_data,
                 GError **error)
{
  g_autoptr (TnService) service = g_new0 (TnService, 1);
  service->desk = g_object_ref (desk);
  service->stop = g_cancellable_new ();
  service->open = g_hash_table_new (NULL, NULL);
  service->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) tn_admission_unref);
  service->door = tn_door_open (path, check, check_data, serve, service, error);
  return service->door != NULL ? g_steal_pointer (&service) : NULL;
}

/**
 * tn_service_set_desk:
 *
 * From now on calls are about @desk: the settings were read anew.
 */
void
tn_service_set_desk (TnService *service, TnDesk *desk)
{
  g_set_object (&service->desk, desk);
}

/**
 * tn_service_set_fault:
 * @fault: (nullable): what is wrong with the settings on disk, while the old ones are in force
 */
void
tn_service_set_fault (TnService *service, const char *fault)
{
  tn_text_set (&service->fault, fault);
}

/**
 * tn_service_set_post:
 * @post: (nullable): outlives the service, or is taken back before
 */
void
tn_service_set_post (TnService *service, TnPost *post)
{
  service->post = post;
}

const TnDoor *
tn_service_get_door (const TnService *service)
{
  return service->door;
}

/**
 * tn_service_close:
 *
 * Calls that still wait are told that the daemon stops; what they began ends with the desk.
 */
void
tn_service_close (TnService *service)
{
  if (service == NULL)
    return;
  g_autoptr (GError) stopping = g_error_new (
      TN_ERROR, TN_ERROR_TEMPORARY, "the daemon stops; what was begun goes on when it runs again");
  g_autoptr (GList) open = g_hash_table_get_keys (service->open);
  for (GList *at = open; at != NULL; at = at->next)
    tn_errand_refuse (at->data, stopping);
  g_cancellable_cancel (service->stop);
  tn_door_close (service->door);
  g_hash_table_unref (service->open);
  g_hash_table_unref (service->logins);
  g_object_unref (service->stop);
  g_object_unref (service->desk);
  g_free (service->fault);
  g_free (service);
}
