/* Visitors: no charter has them, so they are asked of the daemon, or read from its store while none
 * runs. In a listing they stand with the keys of occurrences, those that they have no word for
 * being null or empty. */
#include "ctl/visitors.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "ctl/bus.h"
#include "ctl/json.h"
#include "ctl/listing.h"
#include "ical/reader.h"
#include "model/catalogue.h"
#include "model/identity.h"

void
tn_visitor_free (TnVisitor *visitor)
{
  if (visitor == NULL)
    return;
  tn_guest_free (visitor->guest);
  tn_event_free (visitor->event);
  g_free (visitor);
}

/* In which their times are told: that of the first charter, as for `today`. */
static TnZone *
dup_zone (const TnPapers *papers)
{
  const TnCollaboration *first = papers->rulebook->collaborations->len > 0
                                     ? g_ptr_array_index (papers->rulebook->collaborations, 0)
                                     : NULL;
  return first != NULL ? tn_zone_ref (first->zone) : tn_zone_new_utc ();
}

/* @guest: (transfer full); one that cannot be read is left out */
static void
take_guest (const TnPapers *papers, GPtrArray *visitors, TnGuest *guest, TnSpan span)
{
  g_autoptr (TnVisitor) visitor = g_new0 (TnVisitor, 1);
  g_autoptr (GBytes) bytes = g_bytes_new (guest->content, strlen (guest->content));
  g_autoptr (TnZone) zone = dup_zone (papers);
  visitor->guest = guest;
  visitor->event = tn_reader_read (bytes, zone, NULL);
  if (visitor->event == NULL)
    return;
  TnSpan days = visitor->event->when.days;
  gboolean is_in = days.start < span.end && (visitor->event->has_rule || days.end > span.start);
  if (is_in)
    g_ptr_array_add (visitors, g_steal_pointer (&visitor));
}

static gboolean
ask_daemon (const TnCall *call, const TnPapers *papers, GPtrArray *visitors, TnSpan span)
{
  g_autofree char *socket = tn_bus_find_socket (call, NULL);
  if (socket == NULL || !g_file_test (socket, G_FILE_TEST_EXISTS))
    return FALSE;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Guests", NULL, NULL);
  JsonArray *guests = answer != NULL ? json_node_get_array (answer) : NULL;
  for (guint i = 0; guests != NULL && i < json_array_get_length (guests); i++)
    {
      JsonObject *told = json_array_get_object_element (guests, i);
      TnGuest *guest = tn_guest_new (json_object_get_string_member (told, "uid"),
                                     json_object_get_string_member (told, "calendar"));
      tn_text_set (&guest->content, json_object_get_string_member (told, "ical"));
      take_guest (papers, visitors, guest, span);
    }
  return guests != NULL;
}

static gboolean
read_store (const TnPapers *papers, GPtrArray *visitors, TnSpan span, GError **error)
{
  g_autofree char *path = g_build_filename (papers->settings->state, "turnus.db", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE; /* the daemon has not run yet */
  g_autoptr (TnStore) store = tn_papers_open_store (papers->settings->state, error);
  g_autoptr (GPtrArray) guests = store != NULL ? tn_store_load_guests (store, error) : NULL;
  for (guint i = 0; guests != NULL && i < guests->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (guests, i);
      if (guest->state == TN_GUEST_HERE || guest->state == TN_GUEST_ABSENT)
        take_guest (papers, visitors, tn_guest_copy (guest), span);
    }
  return guests != NULL;
}

static int
compare_visitors (gconstpointer a, gconstpointer b)
{
  const TnVisitor *one = *(TnVisitor *const *) a;
  const TnVisitor *two = *(TnVisitor *const *) b;
  TnDate first = one->event->when.days.start;
  TnDate second = two->event->when.days.start;
  return first != second ? (first < second ? -1 : 1) : strcmp (one->guest->uid, two->guest->uid);
}

/**
 * tn_visitors_load:
 *
 * Warns on the call's stderr when they cannot be known. Where charters were named one by one there
 * are none.
 *
 * Returns: (transfer full) (element-type TnVisitor): those within @span, by day; of a series it is
 * known when it begins
 */
GPtrArray *
tn_visitors_load (const TnCall *call, const TnPapers *papers, TnSpan span)
{
  GPtrArray *visitors = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_visitor_free);
  g_autoptr (GError) error = NULL;
  if (papers->settings != NULL && !papers->lacks_ledger
      && !ask_daemon (call, papers, visitors, span) && !read_store (papers, visitors, span, &error))
    tn_call_warn (
        call,
        tn_say (call->language, "events that people let out of their calendar are not listed: %s"),
        error->message);
  g_ptr_array_sort (visitors, compare_visitors);
  return visitors;
}

/* In the words of occurrences. */
static const char *
get_status (const TnVisitor *visitor)
{
  return visitor->event->status == TN_EVENT_CANCELLED   ? "cancelled"
         : visitor->event->status == TN_EVENT_TENTATIVE ? "proposed"
                                                        : "confirmed";
}

/**
 * tn_visitors_add:
 *
 * Writes one as an object; its `kind` is `guest`.
 */
void
tn_visitors_add (JsonBuilder *builder, const TnVisitor *visitor)
{
  const TnEvent *event = visitor->event;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "collaboration", NULL);
  tn_json_add_text (builder, "series", NULL);
  tn_json_add_text (builder, "cycle", NULL);
  tn_json_add_text (builder, "kind", "guest");
  tn_json_add_number (builder, "number", 0);
  tn_json_add_text (builder, "uid", visitor->guest->uid);
  tn_json_add_text (builder, "title", event->title);
  tn_listing_add_span (builder, &event->when, event->zone != NULL ? event->zone : utc);
  tn_json_begin_object (builder, "roles");
  json_builder_end_object (builder);
  tn_json_add_text (builder, "theme", NULL);
  tn_json_add_text (builder, "venue", *event->where != '\0' ? event->where : NULL);
  tn_json_add_text (builder, "status", get_status (visitor));
  tn_json_begin_array (builder, "milestones");
  json_builder_end_array (builder);
  tn_json_add_text (builder, "calendar", visitor->guest->origin);
  tn_json_add_flag (builder, "recurs", event->has_rule);
  json_builder_end_object (builder);
}

/**
 * tn_visitors_add_row:
 * @language: of the one who reads the table
 */
void
tn_visitors_add_row (TnTable *table, TnLanguage language, const TnVisitor *visitor)
{
  const TnEvent *event = visitor->event;
  g_autofree char *span = tn_listing_format_span (language, &event->when);
  g_autofree char *when
      = g_strconcat (span, event->has_rule ? tn_say (language, " and on") : NULL, NULL);
  g_autofree char *title = tn_log_make_safe (event->title);
  g_autofree char *who
      = g_strdup_printf (tn_say (language, "made in calendar %s"), visitor->guest->origin);
  g_autofree char *key = tn_identity_guest_to_key (visitor->guest->origin, visitor->guest->uid);
  g_autofree char *reference = tn_identity_key_to_reference (key);
  tn_table_add (table, when, title, who, tn_say_code (language, get_status (visitor)), reference,
                NULL);
}
