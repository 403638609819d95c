/* An event that is there, held against what it is to be: which fields are written, which edits are
 * undone, and what waits for a person. Pure. */
#include "sync/presence.h"

#include <string.h>

#include "base/text.h"
#include "provider/turnus-plugin.h"
#include "sync/hand.h"

static const guint MAX_PUT_BACK = 2;

static const char LEFT[] = "differs from the plan here: it was put back twice and is left as it is "
                           "until the proposal is accepted or rejected";

static void
add_wait (GPtrArray *changes, const TnPosting *posting, const TnLink *link, const char *reason)
{
  g_ptr_array_add (changes, tn_change_new_wait (posting, link, reason));
}

/* Sets the base of a link to what the calendar shows and the plan wishes now. */
static void
rebase (TnLink *link, const TnPosting *posting, char **shown)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      tn_text_set (&link->wished[i], posting->wished[i]);
      tn_text_set (&link->shown[i], shown[i]);
    }
  tn_text_set (&link->entry, posting->decision);
}

static gboolean
same_base (const TnLink *a, const TnLink *b)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (g_strcmp0 (a->wished[i], b->wished[i]) != 0 || g_strcmp0 (a->shown[i], b->shown[i]) != 0)
      return FALSE;
  return a->state == b->state && g_strcmp0 (a->item_id, b->item_id) == 0
         && g_strcmp0 (a->revision, b->revision) == 0 && a->n_attendees == b->n_attendees
         && a->n_put_back == b->n_put_back && a->is_left == b->is_left && a->n_absent == b->n_absent
         && a->n_revived == b->n_revived && g_strcmp0 (a->entry, b->entry) == 0
         && g_strcmp0 (a->stamp, b->stamp) == 0;
}

typedef struct
{
  guint write;  /* fields that have to be written */
  guint undone; /* of these: those in which a person's edit is undone */
} Fields;

static Fields
compare_fields (const TnPosting *posting, const TnLink *base, char **shown)
{
  Fields fields = { 0, 0 };
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      const char *wished = posting->wished[i];
      if (wished == NULL || strcmp (wished, shown[i]) == 0)
        continue;
      gboolean plan_moved = g_strcmp0 (base->wished[i], wished) != 0;
      gboolean person_moved = g_strcmp0 (base->shown[i], shown[i]) != 0;
      /* What the calendar made of our words at the last reading is no difference (hazard 25). */
      if (!plan_moved && !person_moved)
        continue;
      fields.write |= 1u << i;
      if (person_moved && !plan_moved)
        fields.undone |= 1u << i;
    }
  return fields;
}

static void
describe_update (TnChange *change, const TnPosting *posting, char **shown, guint fields)
{
  change->fields = fields;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((fields & (1u << i)) != 0)
      {
        tn_text_set (&change->before[i], shown[i]);
        tn_text_set (&change->after[i], posting->wished[i]);
      }
}

/**
 * tn_presence_remember:
 *
 * Adds that @link is to be remembered, when it says something else than @old.
 */
void
tn_presence_remember (GPtrArray *changes, const TnPosting *posting, const TnLink *old,
                      const TnLink *link)
{
  if (!same_base (old, link))
    g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, posting, link));
}

/* Leaves an event as a person wants it for the third time, and asks (design section 7). */
static void
leave_as_is (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *link,
             char **shown)
{
  link->is_left = TRUE;
  rebase (link, posting, shown);
  tn_presence_remember (changes, posting, old, link);
  add_wait (changes, posting, link, LEFT);
}

/* A link whose calendar shows what it shows, while some fields wait to be written: what is shown
 * has been judged and is not judged again, and a wish of NULL keeps the fields due. */
static TnLink *
make_pending (const TnLink *link, const TnPosting *posting, char **shown, guint fields)
{
  TnLink *pending = tn_link_copy (link);
  rebase (pending, posting, shown);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((fields & (1u << i)) != 0)
      g_clear_pointer (&pending->wished[i], g_free);
  return pending;
}

static gboolean
has_plan_moved (const TnPosting *posting, const TnLink *base)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (base->wished[i] != NULL && g_strcmp0 (base->wished[i], posting->wished[i]) != 0)
      return TRUE;
  return FALSE;
}

static void
wait_for_mail (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *pending)
{
  g_autofree char *reason
      = g_strdup_printf ("%u people are invited to it; writing it would mail them, so it waits: "
                         "change it in the calendar program, or take the invitations out",
                         pending->n_attendees);
  tn_presence_remember (changes, posting, old, pending);
  add_wait (changes, posting, pending, reason);
}

/* Does the event still differ where it was left to a person, once the fields are written? What the
 * calendar makes of our words is a difference, too; then it is said once more than needed. */
static gboolean
stays_left (const TnPosting *posting, const TnLink *old, char **shown, guint written)
{
  for (guint i = 0; old->is_left && i < TN_N_FIELDS; i++)
    if ((written & (1u << i)) == 0 && posting->wished[i] != NULL
        && strcmp (posting->wished[i], shown[i]) != 0)
      return TRUE;
  return FALSE;
}

/* Who writes an event signs for all of it: what another wrote that knew less, and was taken as it
 * stood, is written along, or the next one to read it would take it for known (promise 9). */
static guint
find_rest (const TnPosting *posting, const TnLink *link, char **shown)
{
  guint fields = 0;
  if (link->is_left || !tn_hand_is_level (link->stamp, posting->occurrence->collaboration))
    return 0;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (posting->wished[i] != NULL && strcmp (posting->wished[i], shown[i]) != 0)
      fields |= 1u << i;
  return fields;
}

static void
diff_in_step (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *link,
              char **shown)
{
  link->is_left = stays_left (posting, old, shown, 0);
  if (has_plan_moved (posting, old) && !link->is_left)
    link->n_put_back = 0;
  rebase (link, posting, shown);
  tn_presence_remember (changes, posting, old, link);
  if (link->is_left)
    add_wait (changes, posting, link, LEFT);
}

/**
 * tn_presence_diff:
 * @old: what is remembered; the changes are measured against it
 * @link: as it is now; is brought up to date
 * @shown: what the calendar shows, by field
 *
 * Source: design sections 7 and 8.
 */
void
tn_presence_diff (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
                  const TnLink *old, TnLink *link, char **shown)
{
  Fields fields = compare_fields (posting, old, shown);
  if (fields.write == 0)
    {
      diff_in_step (changes, posting, old, link, shown);
      return;
    }
  gboolean leaves = fields.undone != 0 && old->n_put_back >= MAX_PUT_BACK;
  if (leaves && fields.write == fields.undone)
    {
      leave_as_is (changes, posting, old, link, shown);
      return;
    }
  if (leaves)
    fields = (Fields){ fields.write & ~fields.undone, 0 }; /* the rest is written all the same */
  link->is_left = leaves || stays_left (posting, old, shown, fields.write);
  fields.write |= find_rest (posting, link, shown);
  if (fields.undone != 0)
    link->n_put_back = old->n_put_back + 1;
  else if (!link->is_left && has_plan_moved (posting, old))
    link->n_put_back = 0;
  g_autoptr (TnLink) pending = make_pending (link, posting, shown, fields.write);
  if (link->n_attendees > 0 && (input->caps & TURNUS_CAP_NO_MAIL) == 0)
    {
      wait_for_mail (changes, posting, old, pending);
      return;
    }
  TnChange *change = tn_change_new (TN_CHANGE_UPDATE, posting, link);
  change->by_rule = tn_diff_is_by_rule (input) && fields.undone == 0;
  change->puts_back = fields.undone != 0;
  change->pending = g_steal_pointer (&pending);
  describe_update (change, posting, shown, fields.write);
  rebase (change->link, posting, shown);
  g_ptr_array_add (changes, change);
  if (link->is_left)
    add_wait (changes, posting, link, LEFT);
}
