/* The rulebook in force is kept in the store as text. A new edition is only offered: while it would
 * change published events and a calendar is in mode `ask`, the old one stays in force whole, so
 * that no two calendars ever follow two editions; taken back, it leaves no trace (design section
 * 5). */
#include "sync/succession.h"

#include <string.h>

#include "base/log.h"
#include "sync/edition.h"

struct _TnSuccession
{
  TnStore *store;           /* (owned) */
  TnRulebook *rulebook;     /* (owned) (nullable) in force; none before the first offer */
  TnChapters *chapters;     /* (owned) (nullable) of it */
  TnRulebook *offered;      /* (owned) (nullable) a new one that waits for a person */
  GPtrArray *offered_files; /* (owned) (nullable) (element-type TnSourceFile) */
};

static void
take_rulebook (TnSuccession *self, const TnRulebook *rulebook)
{
  TnRulebook *old = self->rulebook;
  self->rulebook = tn_rulebook_ref (rulebook);
  tn_rulebook_unref (old);
  tn_chapters_unref (self->chapters);
  self->chapters = tn_chapters_new (rulebook);
}

static gboolean
store_rulebook (TnSuccession *self, const TnRulebook *rulebook, GPtrArray *files, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_rulebook (batch, rulebook->digest, files);
  return tn_store_commit (self->store, batch, error);
}

/* The rulebook that was in force when the daemon last ran; NULL when there was none or this version
 * of the program cannot read it any more. */
static TnRulebook *
load_stored (TnStore *store, TnSuccessionRead read, GError **error)
{
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (store, &digest, error);
  if (files == NULL || files->len == 0)
    return NULL;
  g_autoptr (GError) unreadable = NULL;
  TnRulebook *rulebook = read (files, &unreadable);
  if (rulebook == NULL)
    tn_log_warning (NULL, NULL,
                    "the charter in force cannot be read any more, the new one is taken");
  return rulebook;
}

/**
 * tn_succession_load:
 * @read: makes a rulebook of charters and holiday files
 *
 * Errors: what the store says.
 * Returns: (transfer full) (nullable): with the rulebook that was in force last, if any
 */
TnSuccession *
tn_succession_load (TnStore *store, TnSuccessionRead read, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (TnRulebook) stored = load_stored (store, read, &load_error);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return NULL;
    }
  TnSuccession *self = g_new0 (TnSuccession, 1);
  self->store = g_object_ref (store);
  if (stored != NULL)
    take_rulebook (self, stored);
  return self;
}

void
tn_succession_free (TnSuccession *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->store);
  tn_rulebook_unref (self->rulebook);
  tn_rulebook_unref (self->offered);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  tn_chapters_unref (self->chapters);
  g_free (self);
}

/**
 * tn_succession_get_rulebook:
 *
 * Returns: (transfer none) (nullable): in force; there is one after the first offer
 */
const TnRulebook *
tn_succession_get_rulebook (const TnSuccession *self)
{
  return self->rulebook;
}

/**
 * tn_succession_get_chapters:
 *
 * Returns: (transfer none) (nullable): of the rulebook in force
 */
TnChapters *
tn_succession_get_chapters (const TnSuccession *self)
{
  return self->chapters;
}

/**
 * tn_succession_find_offered:
 *
 * Returns: (transfer none) (nullable): the rulebook that waits for a person
 */
const TnRulebook *
tn_succession_find_offered (const TnSuccession *self)
{
  return self->offered;
}

/**
 * tn_succession_is_change:
 *
 * Returns: %TRUE when @rulebook is another one than that in force
 */
gboolean
tn_succession_is_change (const TnSuccession *self, const TnRulebook *rulebook)
{
  return self->rulebook != NULL && strcmp (self->rulebook->digest, rulebook->digest) != 0;
}

/**
 * tn_succession_has_to_wait:
 * @old_plan: of the rulebook in force
 * @new_plan: of the one that is to follow
 *
 * Returns: %TRUE when a calendar in mode `ask` would show something else
 */
gboolean
tn_succession_has_to_wait (const TnSuccession *self, const TnSettings *settings, TnSpan publish,
                           const TnPlan *old_plan, const TnPlan *new_plan)
{
  for (guint i = 0; i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      g_autoptr (GPtrArray) links = tn_store_load_links (self->store, calendar->id, NULL);
      if (calendar->mode == TN_MODE_ASK && links != NULL
          && tn_edition_touches (calendar, publish, links, old_plan, new_plan))
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_succession_offer:
 * @files: (element-type TnSourceFile): of which @rulebook was made
 * @waits: for a person, before it may be in force
 *
 * Takes the place of what was offered before.
 *
 * Errors: what the store says.
 */
gboolean
tn_succession_offer (TnSuccession *self, TnRulebook *rulebook, GPtrArray *files, gboolean waits,
                     GError **error)
{
  g_clear_pointer (&self->offered, tn_rulebook_unref);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  if (self->rulebook != NULL && !tn_succession_is_change (self, rulebook))
    return TRUE;
  if (waits)
    {
      self->offered = tn_rulebook_ref (rulebook);
      self->offered_files = g_ptr_array_ref (files);
      return TRUE;
    }
  if (!store_rulebook (self, rulebook, files, error))
    return FALSE;
  take_rulebook (self, rulebook);
  return TRUE;
}

/**
 * tn_succession_take_offered:
 *
 * Puts the rulebook that waits in force.
 *
 * Errors: what the store says.
 */
gboolean
tn_succession_take_offered (TnSuccession *self, GError **error)
{
  if (!store_rulebook (self, self->offered, self->offered_files, error))
    return FALSE;
  g_autoptr (TnRulebook) offered = g_steal_pointer (&self->offered);
  take_rulebook (self, offered);
  g_clear_pointer (&self->offered_files, g_ptr_array_unref);
  return TRUE;
}
