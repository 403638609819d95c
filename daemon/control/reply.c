/* The reply to a proposal. What is proposed about an event of the plan becomes a decision; what is
 * proposed about a guest is written into the original, which takes as long as its calendar does. */
#include "control/reply.h"

#include "base/error.h"
#include "control/outline.h"
#include "sync/amend.h"

typedef struct
{
  TnErrand *call; /* (owned) */
  char *id;       /* (owned) as it was asked for */
  char *council;  /* (owned) */
  gboolean accepts;
} Reply;

static void
reply_free (Reply *reply)
{
  tn_errand_free (reply->call);
  g_free (reply->id);
  g_free (reply->council);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static void
answer (const Reply *reply, const TnDecision *decision)
{
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "accepted", reply->accepts);
  tn_sheet_text (sheet, "id", reply->id);
  tn_sheet_text (sheet, "council", reply->council);
  tn_outline_add_decision (sheet, "decision", decision);
  json_builder_end_object (sheet);
  tn_desk_wake (reply->call->desk);
  tn_errand_answer (reply->call, sheet);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reply) reply = user_data;
  g_autoptr (GError) error = NULL;
  if (tn_amend_accept_finish (TN_BOOK (source), result, &error))
    answer (reply, NULL);
  else
    tn_errand_refuse (reply->call, error);
}

/* Returns: (transfer none) (nullable): the calendar in which the guest was made */
static TnProvider *
find_provider (const TnErrand *call, const TnProposal *proposal, GError **error)
{
  const TnCalendar *calendar = tn_amend_find_calendar (tn_errand_get_book (call), proposal, error);
  TnProvider *provider = calendar != NULL ? tn_desk_get_provider (call->desk, calendar->id) : NULL;
  if (calendar != NULL && provider == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s cannot be opened: %s",
                 calendar->id, tn_desk_get_refusal (call->desk, calendar->id));
  return provider;
}

/* Accepting waits for the calendar; what follows from a rejection is known at once. */
static void
reply_about_guest (Reply *owned, const TnProposal *proposal)
{
  g_autoptr (Reply) reply = owned;
  g_autoptr (GError) error = NULL;
  TnBook *book = tn_errand_get_book (reply->call);
  TnProvider *provider = reply->accepts ? find_provider (reply->call, proposal, &error) : NULL;
  if (provider != NULL)
    {
      const Reply *asked = reply;
      tn_amend_accept_async (book, provider, proposal, asked->council, asked->call->stop,
                             on_accepted, g_steal_pointer (&reply));
    }
  else if (error == NULL && tn_amend_reject (book, proposal, reply->council, &error))
    answer (reply, NULL);
  else
    tn_errand_refuse (reply->call, error);
}

static void
reply_about_plan (Reply *owned)
{
  g_autoptr (Reply) reply = owned;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide_answer (tn_errand_get_book (reply->call), reply->id,
                                                      reply->accepts, reply->council, &error);
  if (error != NULL)
    tn_errand_refuse (reply->call, error);
  else
    answer (reply, decision);
}

/**
 * tn_reply_serve:
 * @call: (transfer full)
 *
 * Accepts or rejects a proposal; the calendars follow at once.
 */
void
tn_reply_serve (TnErrand *call, GVariant *arguments)
{
  TnBook *book = tn_errand_get_book (call);
  g_autoptr (Reply) reply = g_new0 (Reply, 1);
  g_autoptr (GError) error = NULL;
  reply->call = call;
  g_variant_get (arguments, "(sbs)", &reply->id, &reply->accepts, &reply->council);
  if (*reply->council == '\0')
    {
      g_free (reply->council);
      reply->council = g_strdup (tn_book_get_settings (book)->council);
    }
  const TnProposal *proposal = tn_decide_find_open (book, reply->id, &error);
  if (proposal == NULL)
    tn_errand_refuse (call, error);
  else if (tn_amend_is_for (proposal))
    reply_about_guest (g_steal_pointer (&reply), proposal);
  else
    reply_about_plan (g_steal_pointer (&reply));
}
