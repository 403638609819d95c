/* A calendar in memory. It keeps every promise of the contract unless a script says otherwise, and
 * it watches who writes without knowing what: a revision that was never handed out (hazard 19), or
 * one whose bytes the caller has never seen (hazard 20). */
#include "fakes/fake-provider.h"

#include <string.h>

#include "fakes/rewrite.h"

typedef struct
{
  char *text;      /* (owned) (nullable) NULL: deleted, kept for listings of changes */
  char *revision;  /* (owned) */
  guint64 changed; /* when, as a number of changes */
} Item;

typedef struct
{
  TnFakeTrick trick;
  TnError code;
} Step;

struct _TnFakeProvider
{
  GObject parent;
  gint64 not_before_us;
  GHashTable *items;  /* (owned) (element-type utf8 Item) */
  GHashTable *handed; /* (owned) (element-type utf8) revisions that the caller has got */
  GHashTable *seen;   /* (owned) (element-type utf8) revisions whose bytes it knows */
  GQueue scripts[TN_FAKE_N_CALLS]; /* (element-type Step) */
  guint calls[TN_FAKE_N_CALLS];
  guint writes;        /* that changed something */
  guint unconditional; /* writes with a made-up precondition */
  guint blind;         /* writes with a revision whose bytes were never loaded or saved */
  guint64 now;         /* number of changes so far */
  guint64 forgotten;   /* tokens before it are not known any more */
  guint32 caps;
  guint rewrite; /* bits of TnFakeRewrite */
  gboolean read_only;
  gboolean restless;
  gboolean deltas;
  char *binding;         /* (owned) (nullable) */
  TurnusChanged changed; /* (nullable) */
  gpointer changed_data;
};

static void
item_free (Item *item)
{
  g_free (item->text);
  g_free (item->revision);
  g_free (item);
}

static Item *
find_item (TnFakeProvider *self, const char *id)
{
  Item *item = g_hash_table_lookup (self->items, id);
  return item != NULL && item->text != NULL ? item : NULL;
}

/* A new state of an item; revisions never come twice. */
static Item *
set_item (TnFakeProvider *self, const char *id, const char *text)
{
  Item *item = g_new0 (Item, 1);
  item->text = g_strdup (text);
  item->changed = ++self->now;
  item->revision = g_strdup_printf ("r%" G_GUINT64_FORMAT, self->now);
  g_hash_table_insert (self->items, g_strdup (id), item);
  return item;
}

static Step
next_step (TnFakeProvider *self, TnFakeCall call)
{
  self->calls[call]++;
  g_autofree Step *step = g_queue_pop_head (&self->scripts[call]);
  return step != NULL ? *step : (Step){ TN_FAKE_WORK, 0 };
}

static GError *
step_error (Step step)
{
  return g_error_new (TN_ERROR, (int) step.code, "the script says so");
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (G_TASK (user_data));
  return G_SOURCE_REMOVE;
}

/* Keeps a task until it is cancelled, however long that takes; a caller that cannot cancel would
 * wait for ever, and that is the fault which the trick is to show. */
static void
never_answer (GTask *task)
{
  g_assert_nonnull (g_task_get_cancellable (task));
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_cancelled));
}

/* TRUE when the call is settled before it has done anything. */
static gboolean
is_over (GTask *task, Step step)
{
  if (g_task_return_error_if_cancelled (task))
    return TRUE;
  if (step.trick == TN_FAKE_NEVER)
    never_answer (task);
  else if (step.trick == TN_FAKE_FAIL)
    g_task_return_error (task, step_error (step));
  else
    return FALSE;
  return TRUE;
}

static gint64
get_not_before_us (TnProvider *provider)
{
  return TN_FAKE_PROVIDER (provider)->not_before_us;
}

static guint32
get_caps (TnProvider *provider)
{
  return TN_FAKE_PROVIDER (provider)->caps;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
dup_sorted_ids (TnFakeProvider *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/* Since `since`; 0 with `full`: everything. */
static TurnusListing *
new_listing (TnFakeProvider *self, gboolean full, guint64 since, TnFakeTrick trick)
{
  TurnusListing *listing = turnus_listing_new (full);
  g_auto (GStrv) ids = dup_sorted_ids (self);
  for (guint i = 0; ids[i] != NULL && trick != TN_FAKE_EMPTY; i++)
    {
      Item *item = g_hash_table_lookup (self->items, ids[i]);
      if (item->changed <= since || (trick == TN_FAKE_HALF && i % 2 == 1)
          || (trick == TN_FAKE_FEWER && i == 0))
        continue;
      if (item->text == NULL)
        {
          if (!full)
            g_ptr_array_add (listing->removed, g_strdup (ids[i]));
          continue;
        }
      g_ptr_array_add (listing->changed, turnus_ref_new (ids[i], item->revision));
      g_hash_table_add (self->handed, g_strdup (item->revision));
    }
  if (self->deltas)
    listing->token = g_strdup_printf ("t%" G_GUINT64_FORMAT, self->now);
  if (trick != TN_FAKE_UNBOUND)
    listing->binding = g_strdup (self->binding);
  return listing;
}

/* A server that gives everything a new revision now and then, for reasons of its own. */
static void
stir (TnFakeProvider *self)
{
  g_auto (GStrv) ids = dup_sorted_ids (self);
  for (guint i = 0; self->restless && ids[i] != NULL; i++)
    {
      Item *item = find_item (self, ids[i]);
      g_autofree char *text = item != NULL ? g_strdup (item->text) : NULL;
      if (text != NULL)
        set_item (self, ids[i], text);
    }
}

static gboolean
parse_token (TnFakeProvider *self, const char *token, guint64 *ret_since)
{
  guint64 since = 0;
  if (token[0] != 't' || !g_ascii_string_to_unsigned (token + 1, 10, 0, self->now, &since, NULL)
      || since < self->forgotten)
    return FALSE;
  *ret_since = since;
  return TRUE;
}

static void
list_async (TnProvider *provider, const char *token, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  TnFakeProvider *self = TN_FAKE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Step step = next_step (self, TN_FAKE_LIST);
  if (is_over (task, step))
    return;
  stir (self);
  guint64 since = 0;
  gboolean delta = self->deltas && token != NULL && step.trick != TN_FAKE_EMPTY
                   && step.trick != TN_FAKE_HALF && step.trick != TN_FAKE_FEWER;
  if (delta && !parse_token (self, token, &since))
    g_task_return_new_error (task, TN_ERROR, TN_ERROR_GONE, "the token %s is not known", token);
  else
    g_task_return_pointer (task, new_listing (self, !delta, since, step.trick),
                           (GDestroyNotify) turnus_listing_free);
}

static TurnusListing *
list_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TurnusLoaded *
load_one (TnFakeProvider *self, const char *id, Step step)
{
  if (step.trick == TN_FAKE_VANISH && find_item (self, id) != NULL)
    set_item (self, id, NULL);
  Item *item = step.trick != TN_FAKE_MISS ? find_item (self, id) : NULL;
  if (item == NULL)
    {
      TurnusLoaded *loaded = turnus_loaded_new (id, NULL, NULL);
      loaded->error = g_error_new (TN_ERROR, TN_ERROR_GONE, "%s is not there", id);
      return loaded;
    }
  if (step.trick == TN_FAKE_REFUSE)
    {
      TurnusLoaded *loaded = turnus_loaded_new (id, NULL, NULL);
      loaded->error = g_error_new (TN_ERROR, (int) step.code, "%s cannot be read", id);
      return loaded;
    }
  const char *text = step.trick == TN_FAKE_GARBAGE ? "this is no calendar" : item->text;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_hash_table_add (self->handed, g_strdup (item->revision));
  g_hash_table_add (self->seen, g_strdup (item->revision));
  return turnus_loaded_new (id, item->revision, bytes);
}

static void
load_async (TnProvider *provider, const char *const *ids, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  TnFakeProvider *self = TN_FAKE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Step step = next_step (self, TN_FAKE_LOAD);
  if (is_over (task, step))
    return;
  g_autoptr (GPtrArray) loaded
      = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (loaded, load_one (self, ids[i], step));
  if (step.trick == TN_FAKE_LOSE_ANSWER)
    g_task_return_error (task, step_error (step));
  else
    g_task_return_pointer (task, g_steal_pointer (&loaded), (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
load_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The traps: what a careful caller never does. */
static void
watch_precondition (TnFakeProvider *self, const char *revision)
{
  if (revision == NULL)
    return;
  if (!g_hash_table_contains (self->handed, revision))
    self->unconditional++;
  else if (!g_hash_table_contains (self->seen, revision))
    self->blind++;
}

/* What happens to the item just before a write. */
static void
meddle (TnFakeProvider *self, const char *id, Step step)
{
  Item *item = find_item (self, id);
  if (step.trick == TN_FAKE_VANISH && item != NULL)
    set_item (self, id, NULL);
  if (step.trick == TN_FAKE_EDIT_FIRST && item != NULL) /* what is not there, nobody edits */
    {
      g_autofree char *text = g_strconcat (item->text, "\r\n", NULL);
      set_item (self, id, text);
    }
}

static gboolean
check_write (TnFakeProvider *self, const char *id, const char *revision, GError **error)
{
  Item *item = find_item (self, id);
  if (self->read_only)
    g_set_error (error, TN_ERROR, TN_ERROR_DENIED, "this calendar is read-only");
  else if (revision == NULL && item != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "%s is there already", id);
  else if (revision != NULL && item == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_GONE, "%s is not there", id);
  else if (revision != NULL && strcmp (item->revision, revision) != 0)
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "%s is %s and not %s", id, item->revision,
                 revision);
  else
    return TRUE;
  return FALSE;
}

static TurnusRef *
save (TnFakeProvider *self, const char *id, const char *revision, GBytes *bytes)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  g_autofree char *sent = g_strndup (start, length);
  g_autofree char *kept = tn_rewrite (sent, self->rewrite);
  g_autofree char *place = revision == NULL && (self->rewrite & TN_FAKE_RENAME) != 0
                               ? g_strdup_printf ("server-%" G_GUINT64_FORMAT, self->now)
                               : g_strdup (id);
  Item *item = set_item (self, place, kept);
  self->writes++;
  g_hash_table_add (self->handed, g_strdup (item->revision));
  g_hash_table_add (self->seen, g_strdup (item->revision));
  return turnus_ref_new (place, item->revision);
}

static void
save_async (TnProvider *provider, const char *id, const char *revision, GBytes *bytes,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnFakeProvider *self = TN_FAKE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Step step = next_step (self, TN_FAKE_SAVE);
  GError *error = NULL;
  g_task_set_check_cancellable (task, FALSE);
  if (is_over (task, step))
    return;
  watch_precondition (self, revision);
  meddle (self, id, step);
  if (!check_write (self, id, revision, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (TurnusRef) ref = save (self, id, revision, bytes);
  if (step.trick == TN_FAKE_LOSE_ANSWER)
    g_task_return_error (task, step_error (step));
  else
    g_task_return_pointer (task, g_steal_pointer (&ref), (GDestroyNotify) turnus_ref_free);
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
  TnFakeProvider *self = TN_FAKE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Step step = next_step (self, TN_FAKE_REMOVE);
  GError *error = NULL;
  g_task_set_check_cancellable (task, FALSE);
  if (is_over (task, step))
    return;
  watch_precondition (self, revision);
  meddle (self, id, step);
  if (!check_write (self, id, revision, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  set_item (self, id, NULL);
  self->writes++;
  if (step.trick == TN_FAKE_LOSE_ANSWER)
    g_task_return_error (task, step_error (step));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
remove_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
watch (TnProvider *provider, TurnusChanged changed, gpointer user_data)
{
  TnFakeProvider *self = TN_FAKE_PROVIDER (provider);
  self->changed = changed;
  self->changed_data = user_data;
}

static void
iface_init (TnProviderInterface *iface)
{
  iface->get_caps = get_caps;
  iface->get_not_before_us = get_not_before_us;
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

G_DEFINE_TYPE_WITH_CODE (TnFakeProvider, tn_fake_provider, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TN_TYPE_PROVIDER, iface_init))

static void
finalize (GObject *object)
{
  TnFakeProvider *self = TN_FAKE_PROVIDER (object);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->handed, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  for (guint i = 0; i < TN_FAKE_N_CALLS; i++)
    g_queue_clear_full (&self->scripts[i], g_free);
  g_free (self->binding);
  G_OBJECT_CLASS (tn_fake_provider_parent_class)->finalize (object);
}

static void
tn_fake_provider_class_init (TnFakeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_fake_provider_init (TnFakeProvider *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) item_free);
  self->handed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->caps = TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_X | TURNUS_CAP_STATUS | TURNUS_CAP_REVIVES;
  self->deltas = TRUE;
  self->binding = g_strdup ("fake-binding");
}

/**
 * tn_fake_provider_new:
 *
 * Returns: (transfer full): empty, bound, gives changes since a token, does all it is asked
 */
TnFakeProvider *
tn_fake_provider_new (void)
{
  return g_object_new (TN_TYPE_FAKE_PROVIDER, NULL);
}

/**
 * tn_fake_provider_script:
 * @trick: what the next call of this kind that is not scripted yet will do
 * @code: for the tricks that give an error
 */
void
tn_fake_provider_script (TnFakeProvider *self, TnFakeCall call, TnFakeTrick trick, TnError code)
{
  Step *step = g_new0 (Step, 1);
  *step = (Step){ trick, code };
  g_queue_push_tail (&self->scripts[call], step);
}

/* From now on every call works. */
void
tn_fake_provider_clear_script (TnFakeProvider *self)
{
  for (guint i = 0; i < TN_FAKE_N_CALLS; i++)
    g_queue_clear_full (&self->scripts[i], g_free);
}

void
tn_fake_provider_set_caps (TnFakeProvider *self, guint32 caps)
{
  self->caps = caps;
}

void
tn_fake_provider_set_read_only (TnFakeProvider *self, gboolean read_only)
{
  self->read_only = read_only;
}

/* `rewrite`: bits of TnFakeRewrite, for all that is saved from now on. */
void
tn_fake_provider_set_rewrite (TnFakeProvider *self, guint rewrite)
{
  self->rewrite = rewrite;
}

/* Each listing finds new revisions with the same bytes. */
void
tn_fake_provider_set_restless (TnFakeProvider *self, gboolean restless)
{
  self->restless = restless;
}

/* FALSE: every listing is full and without token, as a folder's. */
void
tn_fake_provider_set_deltas (TnFakeProvider *self, gboolean deltas)
{
  self->deltas = deltas;
}

/* `binding` NULL: not marked. */
void
tn_fake_provider_set_binding (TnFakeProvider *self, const char *binding)
{
  g_autofree char *old = self->binding;
  self->binding = g_strdup (binding);
}

/* Every token given so far is GONE. */
void
tn_fake_provider_set_not_before_us (TnFakeProvider *self, gint64 not_before_us)
{
  self->not_before_us = not_before_us;
}

void
tn_fake_provider_forget_tokens (TnFakeProvider *self)
{
  self->forgotten = ++self->now;
}

static void
tell (TnFakeProvider *self)
{
  if (self->changed != NULL)
    self->changed (self->changed_data);
}

/* A person creates or changes an item. */
void
tn_fake_provider_put (TnFakeProvider *self, const char *id, const char *text)
{
  set_item (self, id, text);
  tell (self);
}

/* A person deletes an item; FALSE when it was not there. */
gboolean
tn_fake_provider_delete (TnFakeProvider *self, const char *id)
{
  if (find_item (self, id) == NULL)
    return FALSE;
  set_item (self, id, NULL);
  tell (self);
  return TRUE;
}

/* All at once. */
void
tn_fake_provider_clear (TnFakeProvider *self)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (self);
  for (guint i = 0; ids[i] != NULL; i++)
    set_item (self, ids[i], NULL);
  tell (self);
}

/* Returns: (nullable) (transfer none): what stands there, until it is changed */
const char *
tn_fake_provider_get (TnFakeProvider *self, const char *id)
{
  Item *item = find_item (self, id);
  return item != NULL ? item->text : NULL;
}

/* Returns: (nullable) (transfer none) */
const char *
tn_fake_provider_get_revision (TnFakeProvider *self, const char *id)
{
  Item *item = find_item (self, id);
  return item != NULL ? item->revision : NULL;
}

/* Returns: (transfer full): of what is there, sorted */
char **
tn_fake_provider_dup_ids (TnFakeProvider *self)
{
  g_autoptr (GStrvBuilder) present = g_strv_builder_new ();
  g_auto (GStrv) ids = dup_sorted_ids (self);
  for (guint i = 0; ids[i] != NULL; i++)
    if (find_item (self, ids[i]) != NULL)
      g_strv_builder_add (present, ids[i]);
  return g_strv_builder_end (present);
}

/* Returns: (nullable) (transfer none): the id of the first item in whose bytes `needle` stands */
const char *
tn_fake_provider_find_text (TnFakeProvider *self, const char *needle)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (self);
  for (guint i = 0; ids[i] != NULL; i++)
    if (strstr (find_item (self, ids[i])->text, needle) != NULL)
      {
        gpointer id = NULL;
        g_hash_table_lookup_extended (self->items, ids[i], &id, NULL);
        return id;
      }
  return NULL;
}

guint
tn_fake_provider_get_calls (TnFakeProvider *self, TnFakeCall call)
{
  return self->calls[call];
}

/* Saves and removals that changed something. */
guint
tn_fake_provider_get_writes (TnFakeProvider *self)
{
  return self->writes;
}

/* Writes whose precondition was made up (hazard 19): must be none. */
guint
tn_fake_provider_get_unconditional_writes (TnFakeProvider *self)
{
  return self->unconditional;
}

/* Writes under a revision that was listed, but whose bytes were never seen (hazard 20): must be
 * none.
 */
guint
tn_fake_provider_get_blind_writes (TnFakeProvider *self)
{
  return self->blind;
}

void
tn_fake_provider_reset_calls (TnFakeProvider *self)
{
  memset (self->calls, 0, sizeof self->calls);
  self->writes = 0;
}
