/* CreateItem, UpdateItem and DeleteItem, with the mail that they would send. */
#include "fakes/ews-call.h"

#include <string.h>

#include "fakes/ews-series.h"

/* `how`: the value of the Send… attribute; all but SendToNone reach everybody */
static void
send_mail (TnEwsCall *call, const char *how, const char *kind, const xmlNode *fields)
{
  g_autofree char *subject = tn_ews_tree_dup_text (tn_ews_tree_find (fields, "Subject"));
  g_autoptr (GPtrArray) addresses = tn_ews_item_list_addresses (fields);
  if (g_strcmp0 (how, "SendToNone") == 0)
    return;
  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (call->organisation->outbox,
                     g_strdup_printf ("%s %s %s", kind,
                                      (const char *) g_ptr_array_index (addresses, i), subject));
}

static void
show_item (TnEwsCall *call, const TnEwsFolder *folder, const TnEwsItem *item)
{
  TnEwsLook look = { .habits = &call->quirks->habits };
  xmlNode *message = tn_ews_call_succeed (call);
  xmlNode *items = tn_ews_tree_add (message, TN_EWS_MESSAGES, "Items", NULL);
  tn_ews_item_show (item, folder, &look, items);
  if (strcmp (call->operation, "UpdateItem") != 0)
    return;
  xmlNode *conflicts = tn_ews_tree_add (message, TN_EWS_MESSAGES, "ConflictResults", NULL);
  tn_ews_tree_add_type (conflicts, "Count", "0");
}

/* Is the item lost to the fault that was ordered, or only its answer? */
static gboolean
is_undone (const TnEwsCall *call)
{
  return tn_ews_call_is_hit (call) && !call->fault->is_done;
}

/* Answers for one item that was written. */
static void
answer_written (TnEwsCall *call, const TnEwsFolder *folder, const TnEwsItem *item)
{
  call->n_written++;
  if (tn_ews_call_is_hit (call))
    tn_ews_call_fail (call, call->fault->code);
  else
    show_item (call, folder, item);
}

static void
create_one (TnEwsCall *call, TnEwsFolder *folder, const xmlNode *given, const char *how)
{
  const char *code = "ErrorInvalidItemForOperationCreateItem";
  xmlNode *fields = tn_ews_tree_is (given, "CalendarItem")
                        ? tn_ews_item_make_fields (given, call->zone, &code)
                        : NULL;
  if (fields == NULL || is_undone (call))
    {
      tn_ews_tree_free_root (fields);
      tn_ews_call_fail (call, is_undone (call) ? call->fault->code : code);
      return;
    }
  const TnEwsItem *item = tn_ews_folder_add (folder, call->organisation, fields);
  send_mail (call, how, "request", item->fields);
  answer_written (call, folder, item);
}

void
tn_ews_create_item (TnEwsCall *call)
{
  const char *code = NULL;
  g_autofree char *how = tn_ews_tree_dup_value (call->request, "SendMeetingInvitations");
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "SavedItemFolderId"));
  TnEwsFolder *folder = id != NULL ? tn_ews_call_find_folder (call, id, &code)
                                   : tn_ews_organisation_find_distinguished (
                                       call->organisation, call->address, "calendar");
  xmlNode *given = tn_ews_tree_first (tn_ews_tree_find (call->request, "Items"));
  for (; given != NULL; given = tn_ews_tree_next (given))
    if (how == NULL)
      tn_ews_call_fail (call, "ErrorSendMeetingInvitationsRequired");
    else if (folder == NULL)
      tn_ews_call_fail (call, code);
    else if (folder->is_read_only)
      tn_ews_call_fail (call, "ErrorCreateItemAccessDenied");
    else
      create_one (call, folder, given, how);
}

/* Source: responsecode.md, as in exchange.md 2 (ChangeKey). Returns: (nullable): %NULL: go on */
static const char *
judge_change_key (const TnEwsCall *call, const xmlNode *id, const TnEwsItem *item)
{
  g_autofree char *resolution = tn_ews_tree_dup_value (call->request, "ConflictResolution");
  g_autofree char *key = tn_ews_tree_dup_value (id, "ChangeKey");
  if (key == NULL || *key == '\0')
    return g_strcmp0 (resolution, "AlwaysOverwrite") == 0
               ? NULL
               : "ErrorChangeKeyRequiredForWriteOperations";
  guint64 version = tn_ews_change_key_parse (key);
  if (version == 0)
    return "ErrorInvalidChangeKey";
  if (version == item->version || g_strcmp0 (resolution, "NeverOverwrite") != 0)
    return NULL;
  return call->quirks->says_stale ? "ErrorStaleObject" : "ErrorIrresolvableConflict";
}

static xmlNode *
copy_fields (const xmlNode *fields)
{
  xmlNode *copy = tn_ews_tree_new_root (TN_EWS_TYPES, "CalendarItem");
  for (xmlNode *one = tn_ews_tree_first (fields); one != NULL; one = tn_ews_tree_next (one))
    tn_ews_tree_copy (copy, one);
  return copy;
}

/* Returns: (nullable): why not */
static const char *
change_target (TnEwsCall *call, const xmlNode *updates, TnEwsTarget *target, const char *how)
{
  const char *code = NULL;
  const TnEwsItem *seen = target->view != NULL ? target->view : target->item;
  xmlNode *fields = copy_fields (seen->fields);
  gboolean is_changed = tn_ews_item_change (fields, updates, call->zone, &code);
  if (is_changed && target->view != NULL
      && !tn_ews_series_can_keep (target->item, target->index, fields))
    {
      code = "ErrorOccurrenceCrossingBoundary";
      is_changed = FALSE;
    }
  if (!is_changed)
    {
      tn_ews_tree_free_root (fields);
      return code;
    }
  xmlNode *old = target->view != NULL ? target->view->fields : target->item->fields;
  if (target->view != NULL)
    {
      tn_ews_series_keep (target->item, target->index, fields);
      target->view->fields = fields;
    }
  else
    target->item->fields = fields;
  tn_ews_tree_free_root (old);
  tn_ews_item_touch (target->item, call->organisation);
  if (target->view != NULL)
    target->view->version = target->item->version;
  send_mail (call, how, "update", fields);
  return NULL;
}

static void
update_one (TnEwsCall *call, const xmlNode *change, const char *how)
{
  const char *code = NULL;
  g_auto (TnEwsTarget) target = { 0 };
  xmlNode *id = tn_ews_tree_first (change);
  if (!tn_ews_call_find_item (call, id, &target, &code))
    {
      tn_ews_call_fail (call, code);
      return;
    }
  code = target.folder->is_read_only ? "ErrorAccessDenied"
                                     : judge_change_key (call, id, target.item);
  if (code == NULL && is_undone (call))
    code = call->fault->code;
  if (code == NULL)
    code = change_target (call, tn_ews_tree_find (change, "Updates"), &target, how);
  if (code != NULL)
    tn_ews_call_fail (call, code);
  else
    answer_written (call, target.folder, target.view != NULL ? target.view : target.item);
}

void
tn_ews_update_item (TnEwsCall *call)
{
  g_autofree char *how
      = tn_ews_tree_dup_value (call->request, "SendMeetingInvitationsOrCancellations");
  xmlNode *change = tn_ews_tree_first (tn_ews_tree_find (call->request, "ItemChanges"));
  for (; change != NULL; change = tn_ews_tree_next (change))
    if (how == NULL)
      tn_ews_call_fail (call, "ErrorSendMeetingInvitationsOrCancellationsRequired");
    else
      update_one (call, change, how);
}

static void
remove_target (TnEwsCall *call, TnEwsTarget *target, const char *how)
{
  const TnEwsItem *seen = target->view != NULL ? target->view : target->item;
  send_mail (call, how, "cancellation", seen->fields);
  TnEwsFolder *bin = tn_ews_organisation_find_distinguished (
      call->organisation, target->folder->address, "deleteditems");
  if (target->view != NULL)
    {
      g_hash_table_add (target->item->deleted, GINT_TO_POINTER (target->index));
      tn_ews_item_touch (target->item, call->organisation);
    }
  else if (tn_ews_tree_has_value (call->request, "DeleteType", "MoveToDeletedItems"))
    tn_ews_folder_move (target->folder, call->organisation, target->item, bin);
  else
    tn_ews_folder_remove (target->folder, call->organisation, target->item);
  call->n_written++;
}

static void
delete_one (TnEwsCall *call, const xmlNode *id, const char *how)
{
  const char *code = NULL;
  g_auto (TnEwsTarget) target = { 0 };
  if (!tn_ews_call_find_item (call, id, &target, &code))
    {
      tn_ews_call_fail (call, code);
      return;
    }
  if (target.folder->is_read_only || is_undone (call))
    {
      tn_ews_call_fail (call, is_undone (call) ? call->fault->code : "ErrorAccessDenied");
      return;
    }
  remove_target (call, &target, how);
  if (tn_ews_call_is_hit (call))
    tn_ews_call_fail (call, call->fault->code);
  else
    tn_ews_call_succeed (call);
}

/* The ChangeKey does not matter here: Exchange deletes whatever stands there. */
void
tn_ews_delete_item (TnEwsCall *call)
{
  g_autofree char *how = tn_ews_tree_dup_value (call->request, "SendMeetingCancellations");
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "ItemIds"));
  for (; id != NULL; id = tn_ews_tree_next (id))
    if (how == NULL)
      tn_ews_call_fail (call, "ErrorSendMeetingCancellationsRequired");
    else
      delete_one (call, id, how);
}
