/* Visitors: the events that people let out of their calendar. No plan has them, only the store. */
#include "control/visitors.h"

#include <string.h>

static gboolean
is_around (const TnGuest *guest)
{
  return guest->state == TN_GUEST_HERE || guest->state == TN_GUEST_ABSENT;
}

static int
compare_guests (gconstpointer a, gconstpointer b)
{
  const TnGuest *one = *(TnGuest *const *) a;
  const TnGuest *two = *(TnGuest *const *) b;
  return one->start != two->start ? (one->start < two->start ? -1 : 1)
                                  : strcmp (one->uid, two->uid);
}

static void
add_guest (JsonBuilder *sheet, const TnGuest *guest)
{
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "uid", guest->uid);
  tn_sheet_text (sheet, "calendar", guest->origin);
  tn_sheet_text (sheet, "title", guest->title);
  tn_sheet_text (sheet, "when", guest->when);
  tn_sheet_flag (sheet, "recurs", guest->end == TN_DATE_NONE);
  tn_sheet_text (sheet, "ical", guest->content);
  json_builder_end_object (sheet);
}

/**
 * tn_visitors_serve:
 * @call: (transfer full)
 *
 * Lists all guests, by day.
 */
void
tn_visitors_serve (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests
      = tn_store_load_guests (tn_book_get_store (tn_errand_get_book (call)), &error);
  if (guests == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_ptr_array_sort (guests, compare_guests);
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  for (guint i = 0; i < guests->len; i++)
    if (is_around (g_ptr_array_index (guests, i)))
      add_guest (sheet, g_ptr_array_index (guests, i));
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}
