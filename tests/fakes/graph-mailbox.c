/* The state of the fake Graph, and what people do to it in Outlook: it chooses ids, UIDs and change
 * keys itself. */
#include "fakes/graph-mailbox.h"

#include <string.h>

gboolean
tn_graph_mailbox_has (const TnGraphEvent *event)
{
  return strcmp (event->calendar, TN_GRAPH_CALENDAR) == 0;
}

/* Byte by byte; two that differ in '-' and '_' alone are two (pitfall 9). */
TnGraphEvent *
tn_graph_mailbox_find (TnGraphServer *server, const char *id, guint *ret_index)
{
  const char *mark = strchr (id, '!');
  const char *bare = mark != NULL ? mark + 1 : id;
  for (guint i = 0; i < server->events->len; i++)
    {
      TnGraphEvent *event = g_ptr_array_index (server->events, i);
      g_autofree char *mutable_id = g_strconcat (event->calendar, "!", event->id, NULL);
      if (strcmp (event->id, bare) == 0 && (mark == NULL || strcmp (mutable_id, id) == 0))
        {
          *ret_index = i;
          return event;
        }
    }
  return NULL;
}

void
tn_graph_mailbox_note_change (TnGraphServer *server, TnGraphEvent *event)
{
  event->key++;
  event->change = ++server->change;
}

TnGraphEvent *
tn_graph_mailbox_make (TnGraphServer *server, const char *calendar)
{
  guint n = server->n_made++;
  g_autofree char *id = g_strdup_printf ("AAkALgAAAAAAHYQ%c%u=", n % 2 == 0 ? '-' : '_', n / 2);
  g_autofree char *uid = g_strdup_printf ("040000008200E00074C5B7101A82E008000000%08X", n + 4711);
  TnGraphEvent *event = tn_graph_event_new (id, calendar, uid);
  event->key = n * 10;
  tn_graph_mailbox_note_change (server, event);
  return event;
}

void
tn_graph_mailbox_drop (TnGraphServer *server, guint index)
{
  TnGraphEvent *event = g_ptr_array_index (server->events, index);
  g_hash_table_replace (server->removed, g_strdup (event->id), GUINT_TO_POINTER (++server->change));
  if (!server->quirks.remembers_removed && event->transaction != NULL)
    g_hash_table_remove (server->transactions, event->transaction);
  g_ptr_array_remove_index (server->events, index);
}

JsonObject *
tn_graph_mailbox_show (TnGraphServer *server, const TnGraphQuestion *question,
                       const TnGraphEvent *event)
{
  g_autoptr (TnGraphPrefer) prefer
      = tn_graph_prefer_parse (tn_graph_question_get_header (question, "prefer"));
  if (server->quirks.ignores_zone)
    {
      g_free (prefer->zone);
      prefer->zone = g_strdup ("W. Europe Standard Time");
    }
  return tn_graph_event_show (event, prefer, tn_graph_question_get (question, "$select"),
                              tn_graph_question_get (question, "$expand"));
}

static void
write_text (TnGraphEvent *event, const char *text, gboolean is_new)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  TnGraphRefusal refusal
      = tn_graph_event_write (event, json_node_get_object (json_parser_get_root (parser)), is_new);
  g_assert_cmpuint (refusal.status, ==, 0);
}

const char *
tn_graph_server_put (TnGraphServer *server, const char *text)
{
  TnGraphEvent *event = tn_graph_mailbox_make (server, TN_GRAPH_CALENDAR);
  write_text (event, text, TRUE);
  g_ptr_array_add (server->events, event);
  return event->id;
}

void
tn_graph_server_edit (TnGraphServer *server, const char *id, const char *text)
{
  write_text (tn_graph_server_find (server, id), text, FALSE);
  tn_graph_server_touch (server, id);
}

void
tn_graph_server_touch (TnGraphServer *server, const char *id)
{
  tn_graph_mailbox_note_change (server, tn_graph_server_find (server, id));
}

void
tn_graph_server_remove (TnGraphServer *server, const char *id)
{
  guint index = 0;
  g_assert_nonnull (tn_graph_mailbox_find (server, id, &index));
  tn_graph_mailbox_drop (server, index);
}

void
tn_graph_server_move (TnGraphServer *server, const char *id)
{
  TnGraphEvent *event = tn_graph_server_find (server, id);
  g_free (event->calendar);
  event->calendar = g_strdup (TN_GRAPH_OTHER);
  tn_graph_mailbox_note_change (server, event);
}

const char *
tn_graph_server_copy (TnGraphServer *server, const char *id)
{
  TnGraphEvent *from = tn_graph_server_find (server, id);
  TnGraphEvent *copy = tn_graph_mailbox_make (server, TN_GRAPH_CALENDAR);
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;
  g_hash_table_iter_init (&iter, from->own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (copy->own, g_strdup (name), g_strdup (value));
  json_object_set_string_member (copy->plain, "subject",
                                 json_object_get_string_member (from->plain, "subject"));
  copy->start_s = from->start_s;
  copy->end_s = from->end_s;
  g_ptr_array_add (server->events, copy);
  return copy->id;
}

void
tn_graph_server_invite (TnGraphServer *server, const char *id, guint n_guests)
{
  TnGraphEvent *event = tn_graph_server_find (server, id);
  JsonArray *guests = json_array_new ();
  for (guint i = 0; i < n_guests; i++)
    {
      g_autofree char *address = g_strdup_printf ("guest-%u@example.org", i);
      JsonObject *guest = json_object_new ();
      JsonObject *mail = json_object_new ();
      json_object_set_string_member (mail, "address", address);
      json_object_set_string_member (guest, "type", i == 0 ? "resource" : "required");
      json_object_set_object_member (guest, "emailAddress", mail);
      json_array_add_object_element (guests, guest);
    }
  json_object_set_array_member (event->plain, "attendees", guests);
  tn_graph_mailbox_note_change (server, event);
}

void
tn_graph_server_record (TnGraphServer *server, const char *folder)
{
  g_free (server->record);
  server->record = g_strdup (folder);
}

void
tn_graph_server_forget_tokens (TnGraphServer *server)
{
  server->generation++;
}

TnGraphEvent *
tn_graph_server_find (TnGraphServer *server, const char *id)
{
  guint index = 0;
  return tn_graph_mailbox_find (server, id, &index);
}

static const char *
get_own_uid (const TnGraphEvent *event)
{
  return g_hash_table_lookup (event->own,
                              "String {00020329-0000-0000-C000-000000000046} Name turnus-uid");
}

const char *
tn_graph_server_find_uid (TnGraphServer *server, const char *uid)
{
  for (guint i = 0; i < server->events->len; i++)
    {
      const TnGraphEvent *event = g_ptr_array_index (server->events, i);
      if (g_strcmp0 (get_own_uid (event), uid) == 0)
        return event->id;
    }
  return NULL;
}

GPtrArray *
tn_graph_server_list_uids (TnGraphServer *server)
{
  GPtrArray *uids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < server->events->len; i++)
    if (get_own_uid (g_ptr_array_index (server->events, i)) != NULL)
      g_ptr_array_add (uids, g_strdup (get_own_uid (g_ptr_array_index (server->events, i))));
  return uids;
}

guint
tn_graph_server_count (TnGraphServer *server)
{
  guint n = 0;
  for (guint i = 0; i < server->events->len; i++)
    n += tn_graph_mailbox_has (g_ptr_array_index (server->events, i));
  return n;
}

guint
tn_graph_server_count_writes (TnGraphServer *server)
{
  return server->n_writes;
}

guint
tn_graph_server_count_mails (TnGraphServer *server)
{
  return server->n_mails;
}

guint
tn_graph_server_count_blind (TnGraphServer *server)
{
  return server->n_blind;
}
