/* tests/notice/memory.c — what each mailbox was told, at hand */
#include "notice/memory.h"

#include "model/mail.h"

static const gint64 NOW_US = G_GINT64_CONSTANT (1795000000000000);

typedef struct
{
  TnStore *store;       /* (owned) */
  GPtrArray *mailboxes; /* (owned) */
  GHashTable *live;     /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->store = tn_store_new_memory ();
  self->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_mailbox_free);
  g_ptr_array_add (self->mailboxes, tn_mailbox_new ("odense", "raad@odense.example"));
  g_ptr_array_add (self->mailboxes, tn_mailbox_new (NULL, "it@odense.example"));
  self->live = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_hash_table_unref (self->live);
  g_ptr_array_unref (self->mailboxes);
  g_object_unref (self->store);
}

/* What `note` says and `forget` leaves is what the store gives back. */
static TnMemory *
keep (Fixture *self, TnBatch *batch)
{
  g_assert_true (tn_store_commit (self->store, batch, NULL));
  tn_batch_free (batch);
  return tn_memory_load (self->store, NULL);
}

static void
test_notes (Fixture *self, gconstpointer unused)
{
  g_autoptr (TnMemory) memory = tn_memory_load (self->store, NULL);
  TnBatch *batch = tn_batch_new ();
  g_assert_false (tn_memory_knows (memory, "raad@odense.example", "odense"));
  tn_memory_note_known (memory, batch, "raad@odense.example", "odense", NOW_US);
  tn_memory_note (memory, batch, "raad@odense.example", "odense date u1", "a", NOW_US);
  tn_memory_note (memory, batch, "raad@odense.example", "odense date u1", "b", NOW_US);
  g_autoptr (TnMemory) loaded = keep (self, batch);
  g_assert_cmpstr (tn_memory_find (memory, "raad@odense.example", "odense date u1"), ==, "b");
  g_assert_cmpstr (tn_memory_find (loaded, "raad@odense.example", "odense date u1"), ==, "b");
  g_assert_null (tn_memory_find (loaded, "it@odense.example", "odense date u1"));
  g_assert_true (tn_memory_knows (loaded, "raad@odense.example", "odense"));
  g_assert_false (tn_memory_knows (loaded, "raad@odense.example", NULL));
}

static void
test_forgets (Fixture *self, gconstpointer unused)
{
  g_autoptr (TnMemory) memory = tn_memory_load (self->store, NULL);
  TnBatch *batch = tn_batch_new ();
  tn_memory_note_known (memory, batch, "raad@odense.example", "odense", NOW_US);
  tn_memory_note (memory, batch, "raad@odense.example", "odense date over", "a", NOW_US);
  tn_memory_note (memory, batch, "raad@odense.example", "odense date live", "a", NOW_US);
  tn_memory_note (memory, batch, "raad@odense.example", "odense date new", "a", NOW_US + 2);
  tn_memory_note_known (memory, batch, "raad@aarhus.example", "aarhus", NOW_US + 2);
  tn_memory_note (memory, batch, "it@odense.example", "odense date u1", "a", NOW_US + 2);
  g_hash_table_add (self->live, (gpointer) "odense date live");
  tn_memory_forget (memory, batch, self->mailboxes, self->live, NOW_US + 1);
  g_autoptr (TnMemory) loaded = keep (self, batch);
  g_assert_true (tn_memory_knows (loaded, "raad@odense.example", "odense"));
  g_assert_null (tn_memory_find (loaded, "raad@odense.example", "odense date over"));
  g_assert_nonnull (tn_memory_find (loaded, "raad@odense.example", "odense date live"));
  g_assert_nonnull (tn_memory_find (loaded, "raad@odense.example", "odense date new"));
  g_assert_false (tn_memory_knows (loaded, "raad@aarhus.example", "aarhus"));
  g_assert_null (tn_memory_find (loaded, "it@odense.example", "odense date u1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/notice/memory/last-value-is-what-was-told", Fixture, NULL, set_up, test_notes,
              tear_down);
  g_test_add ("/notice/memory/forgets-what-is-over-and-who-is-gone", Fixture, NULL, set_up,
              test_forgets, tear_down);
  return g_test_run ();
}
