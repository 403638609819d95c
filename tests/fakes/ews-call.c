/* The parts of every answer, and what requests point to. */
#include "fakes/ews-call.h"

#include <string.h>

#include "fakes/ews-series.h"

static xmlNode *
add_message (TnEwsCall *call, const char *class)
{
  g_autofree char *name = g_strconcat (call->operation, "ResponseMessage", NULL);
  xmlNode *message = tn_ews_tree_add (call->messages, TN_EWS_MESSAGES, name, NULL);
  tn_ews_tree_set (message, "ResponseClass", class);
  call->n_items++;
  return message;
}

/* Returns: the message of one item, to be filled */
xmlNode *
tn_ews_call_succeed (TnEwsCall *call)
{
  xmlNode *message = add_message (call, "Success");
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "ResponseCode", "NoError");
  return message;
}

void
tn_ews_call_add_backoff (xmlNode *parent, const char *space, guint backoff_ms)
{
  if (backoff_ms == 0)
    return;
  g_autofree char *text = g_strdup_printf ("%u", backoff_ms);
  xmlNode *xml = tn_ews_tree_add (parent, space, "MessageXml", NULL);
  xmlNode *value = tn_ews_tree_add_type (xml, "Value", text);
  tn_ews_tree_set (value, "Name", "BackOffMilliseconds");
}

/* One item's failure. */
void
tn_ews_call_fail (TnEwsCall *call, const char *code)
{
  guint backoff_ms = tn_ews_call_is_hit (call) ? call->fault->backoff_ms : 0;
  xmlNode *message = add_message (call, "Error");
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "MessageText", "It did not work out.");
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "ResponseCode", code);
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "DescriptiveLinkKey", "0");
  tn_ews_call_add_backoff (message, TN_EWS_MESSAGES, backoff_ms);
  if (g_str_has_suffix (call->operation, "teItem") && strcmp (call->operation, "DeleteItem") != 0)
    tn_ews_tree_add (message, TN_EWS_MESSAGES, "Items", NULL);
  if (strcmp (call->operation, "GetItem") == 0)
    tn_ews_tree_add (message, TN_EWS_MESSAGES, "Items", NULL);
}

/* Is the fault that was ordered meant for the item that is answered next? */
gboolean
tn_ews_call_is_hit (const TnEwsCall *call)
{
  return call->fault != NULL && !call->fault->is_fault && call->fault->item == call->n_items;
}

/* `id`: FolderId or DistinguishedFolderId; (nullable). Returns: (nullable), with `code` set */
TnEwsFolder *
tn_ews_call_find_folder (const TnEwsCall *call, const xmlNode *id, const char **code)
{
  g_autofree char *text = tn_ews_tree_dup_value (id, "Id");
  g_autofree char *named
      = tn_ews_tree_dup_text (tn_ews_tree_find_path (id, "Mailbox/EmailAddress"));
  const char *address = named != NULL ? named : call->address;
  TnEwsFolder *folder = NULL;
  *code = "ErrorFolderNotFound";
  if (tn_ews_tree_is (id, "FolderId"))
    folder = tn_ews_organisation_find_folder (call->organisation, text);
  else if (!tn_ews_organisation_has_mailbox (call->organisation, address))
    *code = "ErrorNonExistentMailbox";
  else
    folder = tn_ews_organisation_find_distinguished (call->organisation, address, text);
  return folder != NULL && folder->is_hidden ? NULL : folder;
}

void
tn_ews_target_clear (TnEwsTarget *target)
{
  g_clear_pointer (&target->view, tn_ews_item_free);
}

static char *
dup_target_id (const xmlNode *id)
{
  if (tn_ews_tree_is (id, "ItemId"))
    return tn_ews_tree_dup_value (id, "Id");
  if (tn_ews_tree_is (id, "RecurringMasterItemId"))
    {
      char *occurrence = tn_ews_tree_dup_value (id, "OccurrenceId");
      char *dot = occurrence != NULL ? strrchr (occurrence, '.') : NULL;
      if (dot != NULL)
        *dot = '\0';
      return occurrence;
    }
  g_autofree char *master = tn_ews_tree_dup_value (id, "RecurringMasterId");
  g_autofree char *index = tn_ews_tree_dup_value (id, "InstanceIndex");
  return master != NULL && index != NULL ? g_strconcat (master, ".", index, NULL) : NULL;
}

/* `id`: ItemId, OccurrenceItemId or RecurringMasterItemId */
gboolean
tn_ews_call_find_item (const TnEwsCall *call, const xmlNode *id, TnEwsTarget *target,
                       const char **code)
{
  g_autofree char *text = dup_target_id (id);
  *code = text == NULL ? "ErrorInvalidId" : "ErrorItemNotFound";
  if (text == NULL || !g_str_has_prefix (text, "AAMk"))
    {
      *code = "ErrorInvalidIdMalformed";
      return FALSE;
    }
  if (strchr (text, '.') != NULL)
    target->view = tn_ews_series_find (call->organisation, text, &target->item, &target->index);
  g_autofree char *own = target->view != NULL ? g_strdup (target->item->id) : g_strdup (text);
  target->item = tn_ews_organisation_find_item (call->organisation, own, &target->folder);
  if (target->item == NULL || target->folder->is_hidden)
    return FALSE;
  return strchr (text, '.') == NULL || target->view != NULL;
}
