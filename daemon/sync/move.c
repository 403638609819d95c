/* What a calendar lacks of the guests of others, and what it has too much. Pure. */
#include "sync/move.h"

#include <string.h>

#include "base/text.h"
#include "model/identity.h"
#include "provider/turnus-plugin.h"

void
tn_move_free (TnMove *move)
{
  if (move == NULL)
    return;
  tn_change_free (move->change);
  tn_guest_free (move->guest);
  tn_mirror_free (move->mirror);
  g_free (move);
}

static TnMove *
move_new (TnChangeKind kind, const TnCalendar *calendar, const TnGuest *guest,
          const TnMirror *mirror, const char *reason)
{
  g_autofree char *key = tn_identity_guest_to_key (guest->origin, guest->uid);
  g_autoptr (TnLink) link = tn_link_new (calendar->id, guest->uid, key);
  tn_text_set (&link->wished[TN_FIELD_TITLE], guest->title);
  tn_text_set (&link->wished[TN_FIELD_WHEN], guest->when);
  TnMove *move = g_new0 (TnMove, 1);
  move->guest = tn_guest_copy (guest);
  move->mirror = tn_mirror_copy (mirror);
  move->change = tn_change_new (kind, NULL, link);
  tn_text_set (&move->change->reason, reason);
  return move;
}

static TnMove *
find_departure (const TnCalendar *calendar, const TnGuest *guest, const TnMirror *mirror)
{
  TnMove *move = move_new (TN_CHANGE_REMOVE, calendar, guest, mirror,
                           guest->state == TN_GUEST_GONE
                               ? "its people deleted it in their calendar"
                               : "its people do not let it leave their calendar any more");
  move->change->by_rule = guest->state == TN_GUEST_GONE;
  return move;
}

static TnMove *
find_for_live (const TnCalendar *calendar, const TnGuest *guest, const TnMirror *mirror,
               guint32 caps)
{
  gboolean departs = guest->state == TN_GUEST_GONE || guest->state == TN_GUEST_WITHDRAWN;
  if (!departs && strcmp (mirror->wished, guest->digest) == 0)
    return NULL;
  if (mirror->n_attendees > 0 && (caps & TURNUS_CAP_NO_MAIL) == 0)
    return move_new (TN_CHANGE_WAIT, calendar, guest, mirror,
                     "people are invited to this copy; writing it would mail them, so it waits: "
                     "take the invitations out");
  if (departs)
    return find_departure (calendar, guest, mirror);
  TnMove *move = move_new (TN_CHANGE_UPDATE, calendar, guest, mirror, NULL);
  move->change->puts_back = mirror->wished[0] == '\0';
  return move;
}

/**
 * tn_move_find:
 * @mirror: what is remembered of it in @calendar
 * @caps: TurnusCaps of the calendar
 *
 * Source: design section 7, last paragraph.
 * Returns: (transfer full) (nullable): what is to be done, or to be told; %NULL when nothing is
 */
TnMove *
tn_move_find (const TnCalendar *calendar, const TnGuest *guest, const TnMirror *mirror,
              guint32 caps, TnDate today)
{
  gboolean departs = guest->state == TN_GUEST_GONE || guest->state == TN_GUEST_WITHDRAWN;
  gboolean is_over = guest->end != TN_DATE_NONE && guest->end <= today;
  switch (mirror->state)
    {
    case TN_MIRROR_WANTED:
      return guest->state == TN_GUEST_HERE && !is_over
                 ? move_new (TN_CHANGE_CREATE, calendar, guest, mirror, NULL)
                 : NULL;
    case TN_MIRROR_LIVE:
      return find_for_live (calendar, guest, mirror, caps);
    case TN_MIRROR_LEFT:
      return departs ? find_departure (calendar, guest, mirror)
                     : move_new (TN_CHANGE_WAIT, calendar, guest, mirror,
                                 "differs from the original: it was put back twice and is left as "
                                 "it is; change the original, or this copy, until they agree");
    case TN_MIRROR_AWAY:
      return departs || is_over ? NULL
                                : move_new (TN_CHANGE_WAIT, calendar, guest, mirror,
                                            "was deleted here and stays away; the original stands "
                                            "in its own calendar");
    case TN_MIRROR_PRIVATE:
      return move_new (TN_CHANGE_WAIT, calendar, guest, mirror,
                       departs ? "its people took it away; the copy here was made private and "
                                 "stays: remove it by hand if nobody wants it"
                               : "was made private here; what is typed into it stays here, and it "
                                 "is left alone until it is public again");
    case TN_MIRROR_WRITING:
    case TN_MIRROR_ABSENT:
    case TN_MIRROR_FOREIGN:
    default:
      return NULL;
    }
}

/**
 * tn_move_brake:
 * @moves: (element-type TnMove): removals among them are held when they are too many
 *
 * Source: design section 8, step 8. What people withdraw is not for the brake: it may be private.
 * Returns: (transfer full) (nullable): what a person is told when it holds
 */
char *
tn_move_brake (GPtrArray *moves, const TnCalendar *calendar)
{
  guint removals = 0;
  for (guint i = 0; i < moves->len; i++)
    {
      const TnChange *change = ((TnMove *) g_ptr_array_index (moves, i))->change;
      removals += change->kind == TN_CHANGE_REMOVE && change->by_rule;
    }
  if (removals <= (guint) calendar->brake_removals)
    return NULL;
  char *text = g_strdup_printf ("%u events of people, deleted in another calendar, are more "
                                "removals than the brake allows: look at 'turnusctl plan', then "
                                "'turnusctl approve %s'",
                                removals, calendar->id);
  for (guint i = 0; i < moves->len; i++)
    {
      TnChange *change = ((TnMove *) g_ptr_array_index (moves, i))->change;
      if (change->kind == TN_CHANGE_REMOVE && change->by_rule)
        tn_change_hold (change, text);
    }
  return text;
}
