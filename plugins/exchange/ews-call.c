/* Questions over the host's HTTP, which logs in, limits, and follows no redirect. */
#include "ews-call.h"

typedef struct
{
  TurnusCalendar *calendar;
  const char *operation;
  const char *wish;
} Call;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Call *call = g_task_get_task_data (task);
  TurnusCalendar *calendar = call->calendar;
  GError *error = NULL;
  EwsPatience patience = { FALSE, -1 };
  g_autoptr (TurnusResponse) response
      = calendar->host->send_finish (calendar->host_data, result, &error);
  EwsReply *reply = response != NULL
                        ? ews_reply_read (response, call->operation, call->wish, &patience, &error)
                        : NULL;
  if (patience.is_wanted)
    calendar->host->be_patient (calendar->host_data, patience.after_s);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) ews_reply_free);
  else
    g_task_return_error (task, error);
}

/**
 * ews_call_async:
 * @operation: literal: "GetItem"
 * @wish: literal: "load events", for messages
 * @body: (transfer full): the envelope
 *
 * Source: exchange.md 2: text/xml, and the header by which a front end finds the mailbox's server.
 */
void
ews_call_async (EwsAccount *account, const char *operation, const char *wish, GBytes *body,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TurnusCalendar *calendar = account->calendar;
  g_autoptr (GBytes) own = body;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_call_async);
  Call *call = g_new0 (Call, 1);
  *call = (Call){ calendar, operation, wish };
  g_task_set_task_data (task, call, g_free);
  const char *headers[] = { "Content-Type",
                            "text/xml; charset=utf-8",
                            "Accept",
                            "text/xml",
                            account->mailbox != NULL ? "X-AnchorMailbox" : NULL,
                            account->mailbox,
                            NULL };
  TurnusRequest request
      = { .method = "POST", .url = account->url, .headers = headers, .body = own };
  calendar->host->send_async (calendar->host_data, &request, cancellable, on_answered,
                              g_steal_pointer (&task));
}

EwsReply *
ews_call_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
