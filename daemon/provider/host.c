/* The host table: all that a plugin can ask of the daemon (design section 3). What it logs bears
 * the calendar's name; base/log.c takes control characters out, because it may quote a peer (hazard
 * 108). */
#include "provider/host.h"

#include "base/encode.h"
#include "base/log.h"
#include "ical/split.h"
#include "provider/plain.h"
#include "provider/verdict.h"

struct _TnHost
{
  TnClock *clock;      /* (owned) */
  char *calendar;      /* (owned) */
  TnClient *client;    /* (owned) (nullable) when the calendar has no url */
  TnStint *stint;      /* (unowned) (nullable) outlives the host */
  TnAudience audience; /* all NULL unless a publisher asks */
};

/* A request of the plugin, and whom to tell. */
typedef struct
{
  TnStint *stint; /* (unowned) (nullable) */
  GAsyncReadyCallback callback;
  gpointer user_data;
} Errand;

/**
 * tn_host_new:
 * @calendar: its id in the settings
 * @client: (nullable): to the server of its `url`
 *
 * Returns: (transfer full)
 */
TnHost *
tn_host_new (TnClock *clock, const char *calendar, TnClient *client)
{
  TnHost *host = g_new0 (TnHost, 1);
  host->clock = g_object_ref (clock);
  host->calendar = g_strdup (calendar);
  g_set_object (&host->client, client);
  return host;
}

void
tn_host_free (TnHost *host)
{
  if (host == NULL)
    return;
  g_clear_object (&host->clock);
  g_free (host->calendar);
  g_clear_object (&host->client);
  g_free (host);
}

/* Where it is noted when the plugin is at work. */
void
tn_host_set_stint (TnHost *host, TnStint *stint)
{
  host->stint = stint;
}

/* Who answers what a publisher's readers ask; copied. */
void
tn_host_set_audience (TnHost *host, const TnAudience *audience)
{
  host->audience = *audience;
}

/* 0: the server did not ask for patience. */
gint64
tn_host_get_not_before_us (const TnHost *host)
{
  return host->client != NULL ? tn_client_get_not_before_us (host->client) : 0;
}

static gint64
now_us (gpointer data)
{
  TnHost *host = data;
  return tn_clock_now_us (host->clock);
}

static void
log_debug (gpointer data, const char *text)
{
  TnHost *host = data;
  tn_log_debug ("%s: %s", host->calendar, text != NULL ? text : "");
}

static char *
dup_hash (GBytes *bytes)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  return tn_encode_sha256 (start != NULL ? start : "", (gssize) length);
}

static char *
hash (gpointer data, GBytes *bytes)
{
  return dup_hash (bytes);
}

/* Hands an error of ours over to a plugin. */
static void
propagate (GError **error, GError *ours)
{
  g_propagate_error (error, tn_verdict_to_plugin (ours));
}

static GPtrArray *
split_calendar (gpointer data, GBytes *calendar, GError **error)
{
  GError *ours = NULL;
  g_autoptr (GPtrArray) items = tn_split_calendar (calendar, &ours);
  if (items == NULL)
    {
      propagate (error, ours);
      return NULL;
    }
  GPtrArray *loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  for (guint i = 0; i < items->len; i++)
    {
      TnSplitItem *item = g_ptr_array_index (items, i);
      g_autofree char *revision = dup_hash (item->bytes);
      TurnusLoaded *one = turnus_loaded_new (item->uid, revision, item->bytes);
      if (item->error != NULL)
        one->error = tn_verdict_to_plugin (g_steal_pointer (&item->error));
      g_ptr_array_add (loaded, one);
    }
  return loaded;
}

static GBytes *
replace_in_calendar (gpointer data, GBytes *calendar, const char *uid, GBytes *item, GError **error)
{
  GError *ours = NULL;
  GBytes *replaced = tn_split_replace (calendar, uid, item, &ours);
  if (replaced == NULL)
    propagate (error, ours);
  return replaced;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (TnHttpResponse) answer = tn_client_send_finish (TN_CLIENT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, tn_verdict_to_plugin (error));
      return;
    }
  TurnusResponse *response = g_new0 (TurnusResponse, 1);
  response->status = answer->status;
  response->headers = g_steal_pointer (&answer->headers);
  response->body = g_steal_pointer (&answer->body);
  g_task_return_pointer (task, response, (GDestroyNotify) turnus_response_free);
}

/* From here on the plugin's code runs, with what a server said: where it crashes, if it does. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Errand *errand = user_data;
  tn_stint_enter (errand->stint);
  errand->callback (source, result, errand->user_data);
  tn_stint_leave (errand->stint);
}

static void
send_async (gpointer data, const TurnusRequest *asked, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  TnHost *host = data;
  Errand *errand = g_new0 (Errand, 1);
  *errand = (Errand){ host->stint, callback, user_data };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_answered, errand);
  g_task_set_source_tag (task, send_async);
  if (host->client == NULL)
    {
      g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                               "calendar %s has no url, expected url = \"https://…\"",
                               host->calendar);
      return;
    }
  g_autoptr (TnHttpRequest) request
      = tn_http_request_new (asked->method, asked->url, asked->headers, asked->body);
  tn_client_send_async (host->client, request, cancellable, on_sent, g_steal_pointer (&task));
}

static TurnusResponse *
send_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TurnusEvent *
read_event (gpointer data, GBytes *bytes, const char *zone, GError **error)
{
  GError *ours = NULL;
  TurnusEvent *event = tn_plain_read (bytes, zone, &ours);
  if (event == NULL)
    propagate (error, ours);
  return event;
}

static GBytes *
write_event (gpointer data, const TurnusEvent *event, GError **error)
{
  GError *ours = NULL;
  GBytes *bytes = tn_plain_write (event, &ours);
  if (bytes == NULL)
    propagate (error, ours);
  return bytes;
}

static void
be_patient (gpointer data, gint64 after_s)
{
  TnHost *host = data;
  if (host->client != NULL)
    tn_client_be_patient (host->client, after_s);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const TnAudience *audience = g_task_get_task_data (task);
  GError *error = NULL;
  TurnusWebPage *page = audience->answer_finish (audience->user_data, result, &error);
  if (page == NULL)
    g_task_return_error (task, tn_verdict_to_plugin (error));
  else
    g_task_return_pointer (task, page, (GDestroyNotify) turnus_web_page_free);
}

static void
answer_async (gpointer data, const TurnusVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  TnHost *host = data;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, answer_async);
  /* A copy: the page may come when the publication is closed and the host is gone. */
  g_task_set_task_data (task, g_memdup2 (&host->audience, sizeof host->audience), g_free);
  if (host->audience.answer_async == NULL)
    {
      g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                               "%s is no publisher: nobody answers", host->calendar);
      return;
    }
  host->audience.answer_async (host->audience.user_data, visit, cancellable, on_page,
                               g_steal_pointer (&task));
}

static TurnusWebPage *
answer_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_site_version (gpointer data)
{
  TnHost *host = data;
  return host->audience.get_version != NULL ? host->audience.get_version (host->audience.user_data)
                                            : 0;
}

static const TurnusHost table = {
  .size = sizeof (TurnusHost),
  .now_us = now_us,
  .log_debug = log_debug,
  .split_calendar = split_calendar,
  .replace_in_calendar = replace_in_calendar,
  .hash = hash,
  .send_async = send_async,
  .send_finish = send_finish,
  .read_event = read_event,
  .write_event = write_event,
  .be_patient = be_patient,
  .answer_async = answer_async,
  .answer_finish = answer_finish,
  .get_site_version = get_site_version,
};

/**
 * tn_host_get_table:
 *
 * Returns: (transfer none): the same for every calendar
 */
const TurnusHost *
tn_host_get_table (void)
{
  return &table;
}
