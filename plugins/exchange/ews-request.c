/* Elements in the order of the schema, which Exchange insists on. Nothing that is written mails
 * anybody: SendToNone, always (promise 4; hazard 62). */
#include "ews-request.h"

#include "ews-item.h"
#include "soap.h"

#define CHANGES_MOST "512"   /* of one answer; more is refused (exchange.md 2) */
#define SAME_UIDS_MOST "200" /* of a batch; who has more copies is refused */

static SoapLetter *
begin (const EwsAccount *account, const char *operation)
{
  return soap_letter_new (operation, ews_account_get_impersonated (account));
}

/* One that the server knows by itself, of the mailbox. Whom we act as need not be named. */
static void
write_distinguished (SoapLetter *letter, const EwsAccount *account, const char *name)
{
  soap_letter_open (letter, "t:DistinguishedFolderId");
  soap_letter_attribute (letter, "Id", name);
  if (account->mailbox != NULL && !account->impersonates)
    {
      soap_letter_open (letter, "t:Mailbox");
      soap_letter_add (letter, "t:EmailAddress", account->mailbox);
      soap_letter_close (letter);
    }
  soap_letter_close (letter);
}

static void
write_folder (SoapLetter *letter, const EwsAccount *account, const char *folder)
{
  if (folder == NULL)
    {
      write_distinguished (letter, account, "calendar");
      return;
    }
  soap_letter_open (letter, "t:FolderId");
  soap_letter_attribute (letter, "Id", folder);
  soap_letter_close (letter);
}

static void
write_folder_shape (SoapLetter *letter)
{
  static const char *const uris[]
      = { "folder:DisplayName", "folder:FolderClass", "folder:EffectiveRights" };
  soap_letter_open (letter, "m:FolderShape");
  soap_letter_add (letter, "t:BaseShape", "IdOnly");
  soap_letter_open (letter, "t:AdditionalProperties");
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      soap_letter_open (letter, "t:FieldURI");
      soap_letter_attribute (letter, "FieldURI", uris[i]);
      soap_letter_close (letter);
    }
  soap_letter_close (letter);
  soap_letter_close (letter);
}

/**
 * ews_request_get_folder:
 * @folder: (nullable): its id; %NULL: the mailbox's own calendar
 *
 * Returns: (transfer full)
 */
GBytes *
ews_request_get_folder (const EwsAccount *account, const char *folder)
{
  SoapLetter *letter = begin (account, "GetFolder");
  write_folder_shape (letter);
  soap_letter_open (letter, "m:FolderIds");
  write_folder (letter, account, folder);
  return soap_letter_end (letter);
}

/* All calendars of the mailbox. */
GBytes *
ews_request_find_folders (const EwsAccount *account)
{
  SoapLetter *letter = begin (account, "FindFolder");
  soap_letter_attribute (letter, "Traversal", "Deep");
  write_folder_shape (letter);
  soap_letter_open (letter, "m:Restriction");
  soap_letter_open (letter, "t:Contains");
  soap_letter_attribute (letter, "ContainmentMode", "Prefixed");
  soap_letter_attribute (letter, "ContainmentComparison", "IgnoreCase");
  soap_letter_open (letter, "t:FieldURI");
  soap_letter_attribute (letter, "FieldURI", "folder:FolderClass");
  soap_letter_close (letter);
  soap_letter_open (letter, "t:Constant");
  soap_letter_attribute (letter, "Value", "IPF.Appointment");
  soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_open (letter, "m:ParentFolderIds");
  write_distinguished (letter, account, "msgfolderroot");
  return soap_letter_end (letter);
}

static void
write_bare_shape (SoapLetter *letter)
{
  soap_letter_open (letter, "m:ItemShape");
  soap_letter_add (letter, "t:BaseShape", "IdOnly");
  soap_letter_close (letter);
}

/**
 * ews_request_sync:
 * @state: (nullable): %NULL asks for everything
 *
 * What changed, by id alone (exchange.md 2, SyncFolderItems).
 */
GBytes *
ews_request_sync (const EwsAccount *account, const char *state)
{
  SoapLetter *letter = begin (account, "SyncFolderItems");
  write_bare_shape (letter);
  soap_letter_open (letter, "m:SyncFolderId");
  write_folder (letter, account, account->folder);
  soap_letter_close (letter);
  if (state != NULL)
    soap_letter_add (letter, "m:SyncState", state);
  soap_letter_add (letter, "m:MaxChangesReturned", CHANGES_MOST);
  return soap_letter_end (letter);
}

static void
write_item_id (SoapLetter *letter, const char *id, const char *revision)
{
  soap_letter_open (letter, "t:ItemId");
  soap_letter_attribute (letter, "Id", id);
  if (revision != NULL)
    soap_letter_attribute (letter, "ChangeKey", revision);
  soap_letter_close (letter);
}

GBytes *
ews_request_get_items (const EwsAccount *account, const char *const *ids, guint n_ids)
{
  SoapLetter *letter = begin (account, "GetItem");
  ews_item_ask (letter);
  soap_letter_open (letter, "m:ItemIds");
  for (guint i = 0; i < n_ids; i++)
    write_item_id (letter, ids[i], NULL);
  return soap_letter_end (letter);
}

/* Only whether it is there, and its ChangeKey. */
GBytes *
ews_request_get_id (const EwsAccount *account, const char *id)
{
  SoapLetter *letter = begin (account, "GetItem");
  write_bare_shape (letter);
  soap_letter_open (letter, "m:ItemIds");
  write_item_id (letter, id, NULL);
  return soap_letter_end (letter);
}

static void
write_uid_condition (SoapLetter *letter, const char *uid)
{
  soap_letter_open (letter, "t:IsEqualTo");
  ews_item_write_own_path (letter, EX_OWN_UID);
  soap_letter_open (letter, "t:FieldURIOrConstant");
  soap_letter_open (letter, "t:Constant");
  soap_letter_attribute (letter, "Value", uid);
  soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_close (letter);
}

/* Which items have our property for one of the UIDs? Exchange may compare without regard to case:
 * the answer names what they have. */
GBytes *
ews_request_find_uids (const EwsAccount *account, const char *const *uids, guint n_uids)
{
  SoapLetter *letter = begin (account, "FindItem");
  soap_letter_attribute (letter, "Traversal", "Shallow");
  soap_letter_open (letter, "m:ItemShape");
  soap_letter_add (letter, "t:BaseShape", "IdOnly");
  soap_letter_open (letter, "t:AdditionalProperties");
  ews_item_write_own_path (letter, EX_OWN_UID);
  soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_open (letter, "m:IndexedPageItemView");
  soap_letter_attribute (letter, "MaxEntriesReturned", SAME_UIDS_MOST);
  soap_letter_attribute (letter, "Offset", "0");
  soap_letter_attribute (letter, "BasePoint", "Beginning");
  soap_letter_close (letter);
  soap_letter_open (letter, "m:Restriction");
  if (n_uids > 1)
    soap_letter_open (letter, "t:Or");
  for (guint i = 0; i < n_uids; i++)
    write_uid_condition (letter, uids[i]);
  if (n_uids > 1)
    soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_open (letter, "m:ParentFolderIds");
  write_folder (letter, account, account->folder);
  return soap_letter_end (letter);
}

/* `items`: (element-type ExItem): answered in their order */
GBytes *
ews_request_create (const EwsAccount *account, GPtrArray *items)
{
  SoapLetter *letter = begin (account, "CreateItem");
  soap_letter_attribute (letter, "SendMeetingInvitations", "SendToNone");
  soap_letter_open (letter, "m:SavedItemFolderId");
  write_folder (letter, account, account->folder);
  soap_letter_close (letter);
  soap_letter_open (letter, "m:Items");
  for (guint i = 0; i < items->len; i++)
    ews_item_write_new (letter, g_ptr_array_index (items, i));
  return soap_letter_end (letter);
}

/**
 * ews_request_update:
 * @item: with the id and the ChangeKey that it must still have (hazard 37)
 */
GBytes *
ews_request_update (const EwsAccount *account, const ExItem *item)
{
  SoapLetter *letter = begin (account, "UpdateItem");
  soap_letter_attribute (letter, "ConflictResolution", "NeverOverwrite");
  soap_letter_attribute (letter, "MessageDisposition", "SaveOnly");
  soap_letter_attribute (letter, "SendMeetingInvitationsOrCancellations", "SendToNone");
  soap_letter_open (letter, "m:ItemChanges");
  soap_letter_open (letter, "t:ItemChange");
  write_item_id (letter, item->id, item->revision);
  ews_item_write_updates (letter, item);
  return soap_letter_end (letter);
}

/**
 * ews_request_remove:
 *
 * Into the mailbox's deleted items, where people find it: Exchange knows no condition for a
 * deletion, so what was changed between our look and it must not be lost.
 */
GBytes *
ews_request_remove (const EwsAccount *account, const char *id, const char *revision)
{
  SoapLetter *letter = begin (account, "DeleteItem");
  soap_letter_attribute (letter, "DeleteType", "MoveToDeletedItems");
  soap_letter_attribute (letter, "SendMeetingCancellations", "SendToNone");
  soap_letter_open (letter, "m:ItemIds");
  write_item_id (letter, id, revision);
  return soap_letter_end (letter);
}
