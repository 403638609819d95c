/* Guests and mirrors (design section 7, last paragraph). The content is kept whole: a calendar that
 * is looked at later than the one where the event was made has nothing else to write from. */
#include "store/guest.h"

#include "store/table.h"

#define TEXT(record, name, member) TN_COLUMN (record, name, TN_COLUMN_TEXT, member)

static const TnColumn GUEST_COLUMNS[] = {
  TEXT (TnGuest, "uid", uid),
  TEXT (TnGuest, "origin", origin),
  TEXT (TnGuest, "item_id", item_id),
  TEXT (TnGuest, "revision", revision),
  TEXT (TnGuest, "content", content),
  TEXT (TnGuest, "digest", digest),
  TEXT (TnGuest, "title", title),
  TEXT (TnGuest, "when_text", when),
  TN_COLUMN (TnGuest, "start", TN_COLUMN_NUMBER, start),
  TN_COLUMN (TnGuest, "end", TN_COLUMN_NUMBER, end),
  TN_COLUMN_LIMITED (TnGuest, "state", state, TN_GUEST_WITHDRAWN + 1),
  TN_COLUMN (TnGuest, "absent_since_us", TN_COLUMN_BIG, absent_since_us),
};

const TnTable tn_table_guests = {
  .name = "guests",
  .record_size = sizeof (TnGuest),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (GUEST_COLUMNS),
  .columns = GUEST_COLUMNS,
  .free_record = (GDestroyNotify) tn_guest_free,
};

static const TnColumn MIRROR_COLUMNS[] = {
  TEXT (TnMirror, "calendar", calendar),
  TEXT (TnMirror, "uid", uid),
  TEXT (TnMirror, "item_id", item_id),
  TEXT (TnMirror, "revision", revision),
  TEXT (TnMirror, "content", content),
  TEXT (TnMirror, "wished", wished),
  TEXT (TnMirror, "shown", shown),
  TN_COLUMN_LIMITED (TnMirror, "state", state, TN_MIRROR_PRIVATE + 1),
  TN_COLUMN (TnMirror, "absent_since_us", TN_COLUMN_BIG, absent_since_us),
  TN_COLUMN (TnMirror, "n_put_back", TN_COLUMN_NUMBER, n_put_back),
  TN_COLUMN (TnMirror, "n_attendees", TN_COLUMN_NUMBER, n_attendees),
};
#undef TEXT

const TnTable tn_table_mirrors = {
  .name = "mirrors",
  .record_size = sizeof (TnMirror),
  .n_keys = 2,
  .n_columns = G_N_ELEMENTS (MIRROR_COLUMNS),
  .columns = MIRROR_COLUMNS,
  .free_record = (GDestroyNotify) tn_mirror_free,
};

/**
 * tn_guest_new:
 *
 * Returns: (transfer full): a guest of which nothing more is known; its texts are empty, not %NULL
 */
TnGuest *
tn_guest_new (const char *uid, const char *origin)
{
  g_return_val_if_fail (uid != NULL && origin != NULL, NULL);
  TnGuest *guest = g_new0 (TnGuest, 1);
  guest->uid = g_strdup (uid);
  guest->origin = g_strdup (origin);
  guest->item_id = g_strdup ("");
  guest->revision = g_strdup ("");
  guest->content = g_strdup ("");
  guest->digest = g_strdup ("");
  guest->title = g_strdup ("");
  guest->when = g_strdup ("");
  return guest;
}

TnGuest *
tn_guest_copy (const TnGuest *guest)
{
  return tn_table_copy_record (&tn_table_guests, guest);
}

void
tn_guest_free (TnGuest *guest)
{
  tn_table_free_record (&tn_table_guests, guest);
}

/**
 * tn_mirror_new:
 *
 * Returns: (transfer full): a live mirror; its other texts are empty, not %NULL
 */
TnMirror *
tn_mirror_new (const char *calendar, const char *uid)
{
  g_return_val_if_fail (calendar != NULL && uid != NULL, NULL);
  TnMirror *mirror = g_new0 (TnMirror, 1);
  mirror->calendar = g_strdup (calendar);
  mirror->uid = g_strdup (uid);
  mirror->item_id = g_strdup ("");
  mirror->revision = g_strdup ("");
  mirror->content = g_strdup ("");
  mirror->wished = g_strdup ("");
  mirror->shown = g_strdup ("");
  return mirror;
}

TnMirror *
tn_mirror_copy (const TnMirror *mirror)
{
  return tn_table_copy_record (&tn_table_mirrors, mirror);
}

void
tn_mirror_free (TnMirror *mirror)
{
  tn_table_free_record (&tn_table_mirrors, mirror);
}
