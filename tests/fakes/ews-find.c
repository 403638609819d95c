/* FindItem, with and without a CalendarView, and GetItem. */
#include "fakes/ews-call.h"

#include <stdlib.h>
#include <string.h>

#include "fakes/ews-filter.h"
#include "fakes/ews-moment.h"
#include "fakes/ews-series.h"

#define PAGE_MOST 1000
#define VIEW_DAYS_MOST (2 * 366)

typedef struct
{
  const TnEwsFolder *folder;
  const xmlNode *restriction; /* (nullable) */
  TnEwsLook look;
  xmlNode *items;
  guint offset;
  guint most;
  guint n_all;
  guint n_shown;
} Finding;

static char *
read_field (gconstpointer subject, const xmlNode *path)
{
  const TnEwsItem *item = subject;
  return tn_ews_item_dup_field (item->fields, path);
}

static void
show_found (const TnEwsItem *item, gpointer user_data)
{
  Finding *finding = user_data;
  if (!tn_ews_filter_admits (finding->restriction, item, read_field))
    return;
  if (finding->n_all++ < finding->offset || finding->n_shown >= finding->most)
    return;
  finding->n_shown++;
  tn_ews_item_show (item, finding->folder, &finding->look, finding->items);
}

static void
find_in_view (const Finding *finding, GDateTime *start, GDateTime *end)
{
  for (guint i = 0; i < finding->folder->items->len; i++)
    {
      const TnEwsItem *item = g_ptr_array_index (finding->folder->items, i);
      g_autoptr (GDateTime) from = tn_ews_item_get_moment (item->fields, "Start");
      g_autoptr (GDateTime) to = tn_ews_item_get_moment (item->fields, "End");
      if (tn_ews_tree_find (item->fields, "Recurrence") != NULL)
        tn_ews_series_visit (item, start, end, show_found, (gpointer) finding);
      else if (g_date_time_compare (from, end) < 0 && g_date_time_compare (to, start) >= 0)
        show_found (item, (gpointer) finding);
    }
}

static guint
read_value (const xmlNode *node, const char *name, guint otherwise)
{
  g_autofree char *text = tn_ews_tree_dup_value (node, name);
  return text != NULL ? (guint) strtoul (text, NULL, 10) : otherwise;
}

static GDateTime *
read_moment (const xmlNode *node, const char *name)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = tn_ews_tree_dup_value (node, name);
  return tn_ews_moment_parse (text, utc);
}

static void
find_in_folder (TnEwsCall *call, const TnEwsFolder *folder)
{
  const xmlNode *view = tn_ews_tree_find (call->request, "CalendarView");
  const xmlNode *page = tn_ews_tree_find (call->request, "IndexedPageItemView");
  g_autoptr (GDateTime) start = read_moment (view, "StartDate");
  g_autoptr (GDateTime) end = read_moment (view, "EndDate");
  gboolean is_dated = start != NULL && end != NULL;
  if (view != NULL
      && (!is_dated || g_date_time_difference (end, start) > VIEW_DAYS_MOST * G_TIME_SPAN_DAY))
    {
      tn_ews_call_fail (call, "ErrorCalendarViewRangeTooBig");
      return;
    }
  xmlNode *message = tn_ews_call_succeed (call);
  xmlNode *root = tn_ews_tree_add (message, TN_EWS_MESSAGES, "RootFolder", NULL);
  Finding finding = { .folder = folder,
                      .restriction = tn_ews_tree_find (call->request, "Restriction"),
                      .look = { tn_ews_tree_find (call->request, "ItemShape"), TRUE,
                                &call->quirks->habits, call->zone },
                      .items = tn_ews_tree_add_type (root, "Items", NULL),
                      .offset = read_value (page, "Offset", 0),
                      .most = MIN (PAGE_MOST, read_value (page != NULL ? page : view,
                                                          "MaxEntriesReturned", PAGE_MOST)) };
  if (view != NULL)
    find_in_view (&finding, start, end);
  for (guint i = 0; view == NULL && i < folder->items->len; i++)
    show_found (g_ptr_array_index (folder->items, i), &finding);
  gboolean is_last = finding.offset + finding.n_shown >= finding.n_all;
  g_autofree char *next = g_strdup_printf ("%u", finding.offset + finding.n_shown);
  g_autofree char *total = g_strdup_printf ("%u", finding.n_all);
  if (view == NULL)
    tn_ews_tree_set (root, "IndexedPagingOffset", next);
  tn_ews_tree_set (root, "TotalItemsInView", total);
  tn_ews_tree_set (root, "IncludesLastItemInRange", is_last ? "true" : "false");
}

void
tn_ews_find_item (TnEwsCall *call)
{
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "ParentFolderIds"));
  for (; id != NULL; id = tn_ews_tree_next (id))
    {
      const char *code = NULL;
      const TnEwsFolder *folder = tn_ews_call_find_folder (call, id, &code);
      if (tn_ews_call_is_hit (call) || folder == NULL)
        tn_ews_call_fail (call, tn_ews_call_is_hit (call) ? call->fault->code : code);
      else
        find_in_folder (call, folder);
    }
}

static void
get_one (TnEwsCall *call, const xmlNode *id)
{
  const char *code = NULL;
  g_auto (TnEwsTarget) target = { 0 };
  gboolean is_there = tn_ews_call_find_item (call, id, &target, &code);
  if (tn_ews_call_is_hit (call) || !is_there)
    {
      tn_ews_call_fail (call, tn_ews_call_is_hit (call) ? call->fault->code : code);
      return;
    }
  TnEwsLook look
      = { tn_ews_tree_find (call->request, "ItemShape"), FALSE, &call->quirks->habits, call->zone };
  xmlNode *message = tn_ews_call_succeed (call);
  xmlNode *items = tn_ews_tree_add (message, TN_EWS_MESSAGES, "Items", NULL);
  tn_ews_item_show (target.view != NULL ? target.view : target.item, target.folder, &look, items);
}

void
tn_ews_get_item (TnEwsCall *call)
{
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "ItemIds"));
  for (; id != NULL; id = tn_ews_tree_next (id))
    get_one (call, id);
}
