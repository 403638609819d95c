/* One file for the others. The ledger's decisions are put into the text of the charter, and what
 * comes of it is read again before anybody gets it: it must be a charter, and say each of them. */
#include "ctl/export.h"

#include "base/error.h"
#include "charter/charter.h"
#include "ctl/charter-text.h"
#include "ctl/decision-syntax.h"

#include <string.h>

/* What an export is made with. */
typedef struct
{
  const TnPapers *papers;
  const TnCollaboration *collaboration;
  GPtrArray *files; /* (owned) (element-type TnSourceFile) charters and holidays, as they are */
  guint file;       /* which of them is the collaboration's */
} Desk;

/* A decision of the ledger, and which group of the charter it takes the place of. */
typedef struct
{
  const TnDecision *decision; /* (unowned) of the ledger */
  gboolean is_replacing;
  guint replaced;
} Entry;

static void
desk_clear (Desk *desk)
{
  g_clear_pointer (&desk->files, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

void
tn_export_free (TnExport *export)
{
  if (export == NULL)
    return;
  g_free (export->text);
  g_clear_pointer (&export->added, g_ptr_array_unref);
  g_clear_pointer (&export->left_out, g_ptr_array_unref);
  g_free (export);
}

/* Collaborations stand in the order of their files, between which there may be holiday files. */
static gboolean
open_desk (Desk *desk, const char *holiday_folder, GError **error)
{
  desk->files
      = tn_charter_load_files ((const char *const *) desk->papers->charters, holiday_folder, error);
  const GPtrArray *collaborations = desk->papers->rulebook->collaborations;
  guint next = 0;
  for (guint i = 0; desk->files != NULL && desk->papers->charters[i] != NULL; i++)
    {
      const TnCollaboration *candidate
          = next < collaborations->len ? g_ptr_array_index (collaborations, next) : NULL;
      g_autofree char *name = g_path_get_basename (desk->papers->charters[i]);
      if (candidate == NULL || g_strcmp0 (candidate->origin.file, name) != 0)
        continue;
      next++;
      desk->file = i;
      if (candidate == desk->collaboration)
        return TRUE;
    }
  if (desk->files != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
                 "the charter of %s was changed while it was read: try again",
                 desk->collaboration->id);
  return FALSE;
}

static gboolean
is_in_charter (const TnCollaboration *collaboration, const TnDecision *decision)
{
  g_autoptr (TnDecision) bare = tn_decision_syntax_bare (decision);
  for (guint i = 0; i < collaboration->decisions->len; i++)
    {
      g_autoptr (TnDecision) other
          = tn_decision_syntax_bare (g_ptr_array_index (collaboration->decisions, i));
      if (strcmp (other->id, bare->id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What was decided before counts for what was judged on the days between, so superseded entries go
 * along too. A charter knows days and no `replaces`: of those that it would put in the wrong order
 * only the one in force goes. */
static gboolean
is_shadowed (const TnLedger *ledger, const TnDecision *decision)
{
  if (tn_ledger_is_in_force (ledger, decision))
    return FALSE;
  if (decision->kind == TN_DECISION_PLACED)
    return TRUE;
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *other = tn_ledger_get (ledger, i);
      if (other == decision || !tn_decision_can_replace (other, decision))
        continue;
      gboolean is_first = tn_ledger_is_in_force (ledger, other) && other->on <= decision->on;
      if (is_first || (other->on == decision->on && tn_decision_compare (other, decision) > 0))
        return TRUE;
    }
  return FALSE;
}

/* A group of the charter that would outrank @entry, though the ledger says otherwise. */
static void
find_replaced (const Desk *desk, Entry *entry)
{
  const TnLedger *ledger = desk->papers->ledger;
  if (!tn_ledger_is_in_force (ledger, entry->decision))
    return;
  for (guint i = 0; i < desk->collaboration->decisions->len && !entry->is_replacing; i++)
    {
      const TnDecision *written = g_ptr_array_index (desk->collaboration->decisions, i);
      entry->is_replacing = tn_decision_can_replace (entry->decision, written)
                            && written->on >= entry->decision->on
                            && !tn_ledger_is_in_force (ledger, written);
      entry->replaced = i;
    }
}

static GPtrArray *
list_entries (const Desk *desk)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_free);
  const TnLedger *ledger = desk->papers->ledger;
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (g_strcmp0 (decision->collaboration, desk->collaboration->id) != 0
          || is_in_charter (desk->collaboration, decision) || is_shadowed (ledger, decision))
        continue;
      Entry *entry = g_new0 (Entry, 1);
      entry->decision = decision;
      find_replaced (desk, entry);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

static char *
write_text (const Desk *desk, const GPtrArray *entries)
{
  const TnSourceFile *file = g_ptr_array_index (desk->files, desk->file);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) replaced = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint pass = 0; pass < 2; pass++) /* those that replace come first */
    for (guint i = 0; i < entries->len; i++)
      {
        const Entry *entry = g_ptr_array_index (entries, i);
        if (entry->is_replacing != (pass == 0))
          continue;
        g_ptr_array_add (groups, tn_decision_syntax_write (entry->decision));
        if (entry->is_replacing)
          g_array_append_val (replaced, entry->replaced);
      }
  if (groups->len == 0)
    return g_strdup (file->text);
  return tn_charter_text_add (file->text, groups, (const guint *) (gpointer) replaced->data,
                              replaced->len);
}

static TnRulebook *
read_text (const Desk *desk, const char *text, GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  if (strlen (text) > TN_SOURCE_MAX_BYTES)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT,
                   "the charter would be longer than %d bytes, which no council could read: take "
                   "old decisions out of it that no longer matter",
                   TN_SOURCE_MAX_BYTES);
      return NULL;
    }
  for (guint i = 0; i < desk->files->len; i++)
    {
      const TnSourceFile *file = g_ptr_array_index (desk->files, i);
      g_ptr_array_add (files, tn_source_file_new (file->path, i == desk->file ? text : file->text));
    }
  return tn_charter_read (files, error);
}

static gboolean
says_all (const TnCollaboration *written, const GPtrArray *entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      if (is_in_charter (written, entry->decision))
        continue;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "a charter would say it differently");
      return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): what @entries come to, when a charter can say them */
static TnRulebook *
try_entries (const Desk *desk, const GPtrArray *entries, GError **error)
{
  g_autofree char *text = write_text (desk, entries);
  g_autoptr (TnRulebook) rulebook = read_text (desk, text, error);
  const TnCollaboration *written
      = rulebook != NULL ? tn_rulebook_find_collaboration (rulebook, desk->collaboration->id)
                         : NULL;
  return written != NULL && says_all (written, entries, error) ? g_steal_pointer (&rulebook) : NULL;
}

/* One at a time, so that one that no charter can say does not keep back the others.
 *
 * Returns: (transfer container) (element-type Entry): those that it can */
static GPtrArray *
sift_entries (const Desk *desk, const GPtrArray *entries, GPtrArray *left_out)
{
  GPtrArray *good = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GError) cause = NULL;
      g_ptr_array_add (good, entry);
      g_autoptr (TnRulebook) rulebook = try_entries (desk, good, &cause);
      if (rulebook != NULL)
        continue;
      g_ptr_array_set_size (good, (int) good->len - 1);
      g_autofree char *source = g_strconcat ("ledger ", entry->decision->id, NULL);
      g_ptr_array_add (
          left_out, tn_reason_new ("export", source, "%s %s/%s is left out: %s",
                                   tn_decision_kind_to_string (entry->decision->kind),
                                   entry->decision->series != NULL ? entry->decision->series : "-",
                                   entry->decision->cycle != NULL ? entry->decision->cycle : "-",
                                   cause->message));
    }
  return good;
}

/* Two copies that mean different things under one number stop both daemons (design section 4). */
static int
find_edition (const Desk *desk, const char *digest)
{
  const TnCollaboration *before
      = desk->papers->before != NULL
            ? tn_rulebook_find_collaboration (desk->papers->before, desk->collaboration->id)
            : NULL;
  int edition = desk->collaboration->edition;
  if (strcmp (digest, desk->collaboration->digest) != 0)
    edition++;
  if (before != NULL && before->edition >= edition && strcmp (digest, before->digest) != 0)
    edition = before->edition + 1;
  return edition;
}

static TnExport *
finish (const Desk *desk, const GPtrArray *entries, const TnRulebook *rulebook, GPtrArray *left_out,
        GError **error)
{
  const TnCollaboration *written
      = tn_rulebook_find_collaboration (rulebook, desk->collaboration->id);
  g_autofree char *text = write_text (desk, entries);
  int edition = find_edition (desk, written->digest);
  g_autofree char *raised = edition != desk->collaboration->edition
                                ? tn_charter_text_set_edition (text, edition)
                                : g_strdup (text);
  g_autoptr (TnRulebook) again = read_text (desk, raised, error);
  if (again == NULL)
    return NULL;
  TnExport *export = g_new0 (TnExport, 1);
  export->text = g_steal_pointer (&raised);
  export->edition = edition;
  export->left_out = g_ptr_array_ref (left_out);
  export->added = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      g_ptr_array_add (export->added, tn_decision_ref (entry->decision));
    }
  return export;
}

/**
 * tn_export_new:
 * @collaboration: one of @papers' rulebook
 *
 * The file's text stays as people wrote it; the ledger's decisions that it does not say yet are
 * added to its list, and its edition is raised when it means something else than before.
 *
 * Errors: %TN_ERROR_LIMIT when the charter would be too long to be read.
 * Returns: (transfer full) (nullable): a charter that can be read
 */
TnExport *
tn_export_new (const TnPapers *papers, const TnCollaboration *collaboration,
               const char *holiday_folder, GError **error)
{
  g_auto (Desk) desk = { .papers = papers, .collaboration = collaboration };
  if (!open_desk (&desk, holiday_folder, error))
    return NULL;
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  g_autoptr (GPtrArray) entries = list_entries (&desk);
  g_autoptr (TnRulebook) all = try_entries (&desk, entries, NULL);
  if (all != NULL)
    return finish (&desk, entries, all, left_out, error);
  g_autoptr (GPtrArray) good = sift_entries (&desk, entries, left_out);
  g_autoptr (TnRulebook) some = try_entries (&desk, good, error);
  return some != NULL ? finish (&desk, good, some, left_out, error) : NULL;
}
