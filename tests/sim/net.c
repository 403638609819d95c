/* Each request takes two steps, which chance orders among all that is under way: it arrives and is
 * carried out, then its answer arrives. Between the two anything may happen, and a fault may strike
 * at either (hazards 1-16, 21-28). */
#include "sim/net.h"

#include <string.h>

#include "base/error.h"
#include "fakes/fake-provider.h"

typedef enum
{
  CALL_LIST,
  CALL_LOAD,
  CALL_SAVE,
  CALL_REMOVE
} Call;

typedef struct
{
  SimLine *line; /* (owned) */
  Call call;
  GTask *task;    /* (owned) (nullable) NULL: nobody waits for the answer any more */
  char **ids;     /* (owned) LOAD: all; SAVE and REMOVE: one */
  char *revision; /* (owned) (nullable) */
  char *text;     /* (owned) (nullable) */
  char *token;    /* (owned) (nullable) */
  gboolean has_arrived;
  gpointer answer; /* (owned) (nullable) */
  GDestroyNotify free_answer;
  GError *error; /* (owned) (nullable) */
} Request;

struct _SimNet
{
  SimTrace *trace;     /* (unowned) */
  GPtrArray *requests; /* (owned) (element-type Request) under way */
  guint fault_percent;
};

struct _SimLine
{
  GObject parent;
  SimNet *net;        /* (unowned) */
  SimServer *server;  /* (unowned) */
  char *whose;        /* (owned) */
  gboolean is_cut;    /* its daemon is dead */
  TnStore *store;     /* (owned) what its daemon remembers */
  gboolean was_short; /* its last full listing left something out */
};

static void
request_free (Request *request)
{
  g_object_unref (request->line);
  g_clear_object (&request->task);
  g_strfreev (request->ids);
  g_free (request->revision);
  g_free (request->text);
  g_free (request->token);
  if (request->answer != NULL)
    request->free_answer (request->answer);
  g_clear_error (&request->error);
  g_free (request);
}

SimNet *
sim_net_new (SimTrace *trace)
{
  SimNet *net = g_new0 (SimNet, 1);
  net->trace = trace;
  net->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  return net;
}

void
sim_net_free (SimNet *net)
{
  if (net == NULL)
    return;
  g_ptr_array_unref (net->requests);
  g_free (net);
}

/* How many of a hundred steps go wrong. */
void
sim_net_set_faults (SimNet *net, guint percent)
{
  net->fault_percent = percent;
}

static void
set_answer (Request *request, gpointer answer, GDestroyNotify free_answer)
{
  request->answer = answer;
  request->free_answer = free_answer;
}

static void
carry_out (Request *request)
{
  SimServer *server = request->line->server;
  switch (request->call)
    {
    case CALL_LIST:
      set_answer (request, sim_server_list (server, request->token, &request->error),
                  (GDestroyNotify) turnus_listing_free);
      break;
    case CALL_LOAD:
      {
        GPtrArray *loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
        for (guint i = 0; request->ids[i] != NULL; i++)
          g_ptr_array_add (loaded, sim_server_load (server, request->ids[i]));
        set_answer (request, loaded, (GDestroyNotify) g_ptr_array_unref);
        break;
      }
    case CALL_SAVE:
      set_answer (request,
                  sim_server_save (server, request->ids[0], request->revision, request->text,
                                   &request->error),
                  (GDestroyNotify) turnus_ref_free);
      break;
    case CALL_REMOVE:
      sim_server_remove (server, request->ids[0], request->revision, &request->error);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
fail_request (Request *request, TnError code, const char *why)
{
  if (request->answer != NULL)
    request->free_answer (request->answer);
  request->answer = NULL;
  g_clear_error (&request->error);
  request->error = g_error_new_literal (TN_ERROR, (int) code, why);
}

/* Before the request arrives: it never does. */
static void
strike_request (Request *request, SimDice *dice)
{
  static const struct
  {
    TnError code;
    const char *why;
  } faults[] = { { TN_ERROR_TEMPORARY, "503" },
                 { TN_ERROR_TEMPORARY, "the connection broke" },
                 { TN_ERROR_PROTOCOL, "a login page" },
                 { TN_ERROR_AUTH, "401" },
                 { TN_ERROR_DENIED, "403" },
                 { TN_ERROR_LIMIT, "507" } };
  guint i = sim_dice_pick (dice, G_N_ELEMENTS (faults));
  /* No provider calls a listing or a load refused for writing. */
  if (request->call <= CALL_LOAD && faults[i].code == TN_ERROR_DENIED)
    i = 0;
  fail_request (request, faults[i].code, faults[i].why);
}

static TnCalendarState *
load_state (const SimLine *line)
{
  return tn_store_load_calendar (line->store, sim_server_get_name (line->server), NULL);
}

/* Another calendar's mark is refused by a daemon that is bound; the first one seen is believed. */
static gboolean
is_bound (const SimLine *line)
{
  g_autoptr (TnCalendarState) state = load_state (line);
  return state->binding != NULL;
}

/* Where a server names what is created, or keeps two of one UID, and before anything was published,
 * nothing but a listing tells a daemon that an event is there already: two in a row are believed.
 */
static gboolean
can_be_guarded (const SimLine *line)
{
  const SimHabits *habits = sim_server_get_habits (line->server);
  g_autoptr (TnCalendarState) state = load_state (line);
  return (habits->rewrite & TN_FAKE_RENAME) == 0 && !habits->doubles
         && state->contact == TN_CONTACT_PUBLISHED;
}

static void
shorten (Request *request, gboolean is_empty, SimDice *dice)
{
  TurnusListing *listing = request->answer;
  if (request->line->was_short && !can_be_guarded (request->line))
    return;
  request->line->was_short = TRUE;
  for (guint i = listing->changed->len; i > 0; i--)
    if (is_empty || sim_dice_is (dice, 30))
      g_ptr_array_remove_index (listing->changed, i - 1);
}

/* The listing is well-formed and wrong: a server that lost its index, a mount that is not there. */
static void
twist_listing (Request *request, SimDice *dice)
{
  TurnusListing *listing = request->answer;
  guint kind = sim_dice_pick (dice, 4);
  if (kind == 0)
    fail_request (request, TN_ERROR_GONE, "the token is not known");
  else if (kind == 1 && is_bound (request->line))
    {
      g_free (listing->binding);
      listing->binding = g_strdup ("binding-of-another");
    }
  else if (kind > 1 && listing->full)
    shorten (request, kind == 2, dice);
}

static void
twist_load (Request *request, SimDice *dice)
{
  GPtrArray *loaded = request->answer;
  TurnusLoaded *item
      = loaded->len > 0 ? g_ptr_array_index (loaded, sim_dice_pick (dice, loaded->len)) : NULL;
  if (item == NULL || item->error != NULL)
    return;
  g_clear_pointer (&item->bytes, g_bytes_unref);
  if (sim_dice_is (dice, 50))
    item->error = g_error_new_literal (TN_ERROR, TN_ERROR_GONE, "404, though it is there");
  else
    item->bytes = g_bytes_new_static ("BEGIN:VCALENDAR\r\nBEGIN:VEV", 26);
}

/* After it was carried out: the answer is lost, or says something else. */
static void
strike_answer (Request *request, SimDice *dice)
{
  if (request->error != NULL || sim_dice_is (dice, 50))
    fail_request (request, sim_dice_is (dice, 70) ? TN_ERROR_TEMPORARY : TN_ERROR_PROTOCOL,
                  "the answer was lost");
  else if (request->call == CALL_LIST)
    twist_listing (request, dice);
  else if (request->call == CALL_LOAD)
    twist_load (request, dice);
  else if (request->call == CALL_SAVE && sim_dice_is (dice, 50))
    fail_request (request, TN_ERROR_CONFLICT, "412, though it was done");
  else if (request->call == CALL_SAVE)
    {
      TurnusRef *ref = request->answer;
      g_free (ref->revision);
      ref->revision = g_strdup ("an-etag-of-its-own"); /* hazard 24 */
    }
}

static void
deliver (Request *request)
{
  if (request->task == NULL)
    return;
  if (request->error != NULL)
    g_task_return_error (request->task, g_steal_pointer (&request->error));
  else if (request->call == CALL_REMOVE)
    g_task_return_boolean (request->task, TRUE);
  else
    g_task_return_pointer (request->task, g_steal_pointer (&request->answer), request->free_answer);
}

static const char *
call_name (Call call)
{
  static const char *const names[] = { "list", "load", "save", "remove" };
  return names[call];
}

static void
note_step (SimNet *net, const Request *request, const char *what)
{
  sim_trace_note (net->trace, "  %s: %s %s of %s %s%s%s", request->line->whose, what,
                  call_name (request->call), sim_server_get_name (request->line->server),
                  request->ids != NULL && request->ids[0] != NULL ? request->ids[0] : "",
                  request->error != NULL ? ": " : "",
                  request->error != NULL ? request->error->message : "");
}

/**
 * sim_net_step:
 *
 * One request, chosen by chance, goes on by one step.
 *
 * Returns: %FALSE when nothing is under way
 */
gboolean
sim_net_step (SimNet *net, SimDice *dice)
{
  if (net->requests->len == 0)
    return FALSE;
  guint i = sim_dice_pick (dice, net->requests->len);
  Request *request = g_ptr_array_index (net->requests, i);
  gboolean strikes = sim_dice_is (dice, net->fault_percent);
  if (!request->has_arrived)
    {
      request->has_arrived = TRUE;
      if (strikes)
        strike_request (request, dice);
      else
        carry_out (request);
      note_step (net, request, strikes ? "lost" : "arrived");
      return TRUE;
    }
  if (strikes && request->task != NULL)
    strike_answer (request, dice);
  else if (request->call == CALL_LIST && request->answer != NULL
           && ((TurnusListing *) request->answer)->full)
    request->line->was_short = FALSE;
  note_step (net, request, strikes ? "twisted" : "answered");
  g_ptr_array_steal_index (net->requests, i);
  deliver (request);
  request_free (request);
  return TRUE;
}

static Request *
send (SimLine *self, Call call, GTask *task)
{
  Request *request = g_new0 (Request, 1);
  request->line = g_object_ref (self);
  request->call = call;
  request->task = g_object_ref (task);
  if (self->is_cut)
    {
      fail_request (request, TN_ERROR_TEMPORARY, "the process is gone");
      deliver (request);
      g_clear_object (&request->task);
      request->has_arrived = TRUE;
    }
  g_ptr_array_add (self->net->requests, request);
  return request;
}

static guint32
get_caps (TnProvider *provider)
{
  SimSystem system = sim_server_get_habits (SIM_LINE (provider)->server)->system;
  return TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_X | TURNUS_CAP_STATUS | TURNUS_CAP_REVIVES
         | (system == SIM_SYSTEM_EWS ? TURNUS_CAP_NO_MAIL : 0);
}

static GTask *
new_task (TnProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE); /* what was sent may arrive, whoever has left */
  return task;
}

static void
list_async (TnProvider *provider, const char *token, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (provider, cancellable, callback, user_data);
  send (SIM_LINE (provider), CALL_LIST, task)->token = g_strdup (token);
}

static TurnusListing *
list_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_async (TnProvider *provider, const char *const *ids, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (provider, cancellable, callback, user_data);
  send (SIM_LINE (provider), CALL_LOAD, task)->ids = g_strdupv ((char **) ids);
}

static GPtrArray *
load_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char **
dup_one (const char *id)
{
  const char *ids[] = { id, NULL };
  return g_strdupv ((char **) ids);
}

static void
save_async (TnProvider *provider, const char *id, const char *revision, GBytes *bytes,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (provider, cancellable, callback, user_data);
  Request *request = send (SIM_LINE (provider), CALL_SAVE, task);
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  request->ids = dup_one (id);
  request->revision = g_strdup (revision);
  request->text = g_strndup (start, length);
}

static TurnusRef *
save_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_async (TnProvider *provider, const char *id, const char *revision, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (provider, cancellable, callback, user_data);
  Request *request = send (SIM_LINE (provider), CALL_REMOVE, task);
  request->ids = dup_one (id);
  request->revision = g_strdup (revision);
}

static gboolean
remove_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Passes are started by the history, so nobody needs to be told. */
static void
watch (TnProvider *provider, TurnusChanged changed, gpointer user_data)
{
}

static void
iface_init (TnProviderInterface *iface)
{
  iface->get_caps = get_caps;
  iface->list_async = list_async;
  iface->list_finish = list_finish;
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->save_async = save_async;
  iface->save_finish = save_finish;
  iface->remove_async = remove_async;
  iface->remove_finish = remove_finish;
  iface->watch = watch;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SimLine, sim_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_PROVIDER, iface_init))

static void
sim_line_finalize (GObject *object)
{
  g_free (SIM_LINE (object)->whose);
  g_object_unref (SIM_LINE (object)->store);
  G_OBJECT_CLASS (sim_line_parent_class)->finalize (object);
}

static void
sim_line_class_init (SimLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_line_finalize;
}

static void
sim_line_init (SimLine *self)
{
}

/**
 * sim_line_new:
 * @net: outlives the line, as @server does
 * @store: what the daemon of the line remembers
 * @whose: for the trace
 */
SimLine *
sim_line_new (SimNet *net, SimServer *server, TnStore *store, const char *whose)
{
  SimLine *self = g_object_new (SIM_TYPE_LINE, NULL);
  self->net = net;
  self->server = server;
  self->store = g_object_ref (store);
  self->whose = g_strdup (whose);
  return self;
}

/* Its daemon dies: no answer reaches it any more, but what was sent may still arrive (hazard 28).
 */
void
sim_line_cut (SimLine *line, SimDice *dice)
{
  line->is_cut = TRUE;
  for (guint i = 0; i < line->net->requests->len; i++)
    {
      Request *request = g_ptr_array_index (line->net->requests, i);
      if (request->line != line || request->task == NULL)
        continue;
      g_autoptr (GTask) task = g_steal_pointer (&request->task);
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_TEMPORARY, "the process is gone");
      request->has_arrived = request->has_arrived || sim_dice_is (dice, 50);
    }
}
