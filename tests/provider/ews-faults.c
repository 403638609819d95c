/* What servers do to those who ask: lost states, cut answers, pages to log in at, refusals, back
 * pressure; and where the calendar is found. */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/ews-site.h"

#define OTHER "formand@example.org"
#define LOGIN_PAGE                                                                                 \
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>Log in!<>"
#define XML_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
#define DOCTYPE                                                                                    \
  XML_HEAD "Connection: close\r\n\r\n<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]>"   \
           "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body>&a;</Body>"        \
           "</Envelope>"

static void
assert_has (const char *text, const char *needle)
{
  if (strstr (text, needle) == NULL)
    g_test_message ("no \"%s\" in: %s", needle, text);
  g_assert_nonnull (strstr (text, needle));
}

static void
push (TnEwsFixture *f, const char *operation, const char *code)
{
  TnEwsFault fault = { .operation = operation, .code = code };
  tn_ews_server_push_fault (f->server, &fault);
}

static void
test_lost_state (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  g_autoptr (TurnusListing) first = tn_ews_fixture_list (f, NULL);
  tn_ews_server_lose_state (f->server);

  int code = tn_ews_fixture_fail_list (f, first->token);
  g_autoptr (TurnusListing) again = tn_ews_fixture_list (f, NULL);

  g_assert_cmpint (code, ==, TN_ERROR_GONE);
  g_assert_cmpuint (again->changed->len, ==, 1);
  g_assert_cmpstr (again->binding, ==, first->binding);
  g_assert_nonnull (tn_await_find (again, one->id));
}

/* A page in the middle of a listing fails it; half of it is not taken for all. */
static void
test_lost_page (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  g_autoptr (TurnusRef) two = tn_ews_fixture_create (f, "two");
  g_autoptr (TurnusListing) first = tn_ews_fixture_list (f, NULL);
  f->quirks->page = 1;
  TnHttpFault fault = { .status = 503 };
  tn_http_server_push_fault (f->http, 2, &fault);

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_TEMPORARY);
}

static void
test_cut_answer (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  g_autoptr (TurnusListing) first = tn_ews_fixture_list (f, NULL);
  TnHttpFault fault = { .is_unending = TRUE, .cuts = TRUE, .cut_at = 700 };
  tn_http_server_push_fault (f->http, 0, &fault);

  g_assert_cmpint (tn_ews_fixture_fail_list (f, first->token), ==, TN_ERROR_PROTOCOL);
}

static void
test_login_page (TnEwsFixture *f, gconstpointer unused)
{
  TnHttpFault fault = { .raw = LOGIN_PAGE };
  tn_http_server_push_fault (f->http, 0, &fault);

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_PROTOCOL);
}

static void
test_doctype (TnEwsFixture *f, gconstpointer unused)
{
  TnHttpFault fault = { .raw = DOCTYPE };
  tn_http_server_push_fault (f->http, 0, &fault);

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_PROTOCOL);
}

static gint64
get_patience_s (TnEwsFixture *f)
{
  gint64 now_us = tn_clock_now_us (TN_CLOCK (f->site->clock));
  return (tn_client_get_not_before_us (f->site->client) - now_us) / G_USEC_PER_SEC;
}

static void
test_busy_fault (TnEwsFixture *f, gconstpointer unused)
{
  TnEwsFault fault = { .operation = "SyncFolderItems",
                       .code = "ErrorServerBusy",
                       .is_fault = TRUE,
                       .backoff_ms = 297749 };
  tn_ews_server_push_fault (f->server, &fault);

  int code = tn_ews_fixture_fail_list (f, NULL);
  guint n_asked = tn_http_server_count (f->http);
  int next = tn_ews_fixture_fail_list (f, NULL);

  g_assert_cmpint (code, ==, TN_ERROR_TEMPORARY);
  g_assert_cmpint (get_patience_s (f), >=, 298);
  g_assert_cmpint (next, ==, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, n_asked);
}

static void
test_busy_inside (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  const char *ids[] = { one->id, NULL };
  TnEwsFault fault = { .operation = "GetItem", .code = "ErrorServerBusy", .backoff_ms = 60000 };
  tn_ews_server_push_fault (f->server, &fault);

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_null (loaded);
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpint (get_patience_s (f), >=, 60);
}

static void
test_busy_without_hint (TnEwsFixture *f, gconstpointer unused)
{
  push (f, "SyncFolderItems", "ErrorExceededConnectionCount");

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_TEMPORARY);
  g_assert_cmpint (get_patience_s (f), >, 0);
}

static void
test_one_item_fails (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  g_autoptr (TurnusRef) two = tn_ews_fixture_create (f, "two");
  const char *ids[] = { one->id, two->id, NULL };
  TnEwsFault fault = { .operation = "GetItem", .code = "ErrorItemCorrupt", .item = 1 };
  tn_ews_server_push_fault (f->server, &fault);

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_no_error (error);
  const TurnusLoaded *first = g_ptr_array_index (loaded, 0);
  const TurnusLoaded *second = g_ptr_array_index (loaded, 1);
  g_assert_no_error (first->error);
  g_assert_error (second->error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_batches (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  TnEwsFolder *calendar = tn_ews_server_get_calendar (f->server);
  for (guint i = 0; i < 25; i++)
    g_ptr_array_add (ids,
                     g_strdup (tn_ews_server_put (
                         f->server, calendar,
                         "<Start>2027-09-14T10:00:00Z</Start><End>2027-09-14T11:00:00Z</End>")));
  g_ptr_array_add (ids, NULL);

  g_autoptr (GPtrArray) loaded
      = tn_await_load (f->provider, (const char *const *) ids->pdata, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 25);
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "GetItem"), ==, 3);
}

static void
save_later (TnEwsFixture *f, const char *uid, GCancellable *cancellable, GAsyncResult **slot)
{
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  tn_provider_save_async (f->provider, uid, NULL, bytes, cancellable, tn_await_store, slot);
}

/* Returns: the code of its error; -1 for none */
static int
end_save (TnEwsFixture *f, GAsyncResult **slot)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = tn_await (slot);
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (f->provider, result, &error);
  return error != NULL ? error->code : -1;
}

static void
test_creations_go_together (TnEwsFixture *f, gconstpointer unused)
{
  GAsyncResult *slots[8] = { NULL };
  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);
  tn_http_server_forget (f->http);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);
      save_later (f, uid, NULL, &slots[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_cmpint (end_save (f, &slots[i]), ==, -1);

  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 8);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 2);
}

/* One is there already, one goes twice, one is given up, one is refused: the others are made. */
static void
test_each_has_its_own_outcome (TnEwsFixture *f, gconstpointer unused)
{
  GAsyncResult *slots[6] = { NULL };
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (TurnusRef) there = tn_ews_fixture_create (f, "there");
  TnEwsFault fault = { .operation = "CreateItem", .code = "ErrorQuotaExceeded", .item = 1 };
  tn_ews_server_push_fault (f->server, &fault);
  save_later (f, "there", NULL, &slots[0]);
  save_later (f, "one", NULL, &slots[1]);
  save_later (f, "one", NULL, &slots[2]);
  save_later (f, "given-up", stop, &slots[3]);
  save_later (f, "refused", NULL, &slots[4]);
  save_later (f, "two", NULL, &slots[5]);
  g_cancellable_cancel (stop);

  g_assert_cmpint (end_save (f, &slots[0]), ==, TN_ERROR_CONFLICT);
  g_assert_cmpint (end_save (f, &slots[1]), ==, -1);
  g_assert_cmpint (end_save (f, &slots[2]), ==, TN_ERROR_CONFLICT);
  g_assert_cmpint (end_save (f, &slots[3]), ==, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (end_save (f, &slots[4]), ==, TN_ERROR_LIMIT);
  g_assert_cmpint (end_save (f, &slots[5]), ==, -1);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 3);
}

/* The server hangs; all that waited for it are given up. */
static void
test_all_given_up (TnEwsFixture *f, gconstpointer unused)
{
  GAsyncResult *slots[2] = { NULL };
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  TnHttpFault fault = { .hangs = TRUE };
  tn_http_server_push_fault (f->http, 0, &fault);
  save_later (f, "one", stop, &slots[0]);
  save_later (f, "two", stop, &slots[1]);
  while (tn_http_server_count (f->http) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (stop);

  g_assert_cmpint (end_save (f, &slots[0]), ==, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (end_save (f, &slots[1]), ==, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 0);
}

/* 1,100 items are three pages, whatever the server would give at once. */
static void
test_pages_of_512 (TnEwsFixture *f, gconstpointer unused)
{
  TnEwsFolder *calendar = tn_ews_server_get_calendar (f->server);
  for (guint i = 0; i < 1100; i++)
    tn_ews_server_put (f->server, calendar,
                       "<Start>2027-09-14T10:00:00Z</Start><End>2027-09-14T11:00:00Z</End>");

  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);
  g_autoptr (TurnusListing) rest = tn_ews_fixture_list (f, listing->token);

  g_assert_cmpuint (listing->changed->len, ==, 1100);
  g_assert_cmpuint (rest->changed->len, ==, 0);
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "SyncFolderItems"), ==, 4);
}

static void
test_words_of_the_server (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  push (f, "UpdateItem", "ErrorQuotaExceeded");

  g_autoptr (TurnusRef) two
      = tn_ews_fixture_rewrite (f, one->id, "SUMMARY:Studietur", "SUMMARY:Tur", &error);

  g_assert_null (two);
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
  assert_has (error->message, "ErrorQuotaExceeded");
  g_assert_null (strstr (error->message, "work out"));
}

static void
test_stale_key (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  push (f, "UpdateItem", "ErrorChangeKeyRequiredForWriteOperations");

  g_autoptr (TurnusRef) two
      = tn_ews_fixture_rewrite (f, one->id, "SUMMARY:Studietur", "SUMMARY:Tur", &error);

  g_assert_null (two);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
}

/* Loaded a moment ago, and changed by somebody since: what they wrote stays. */
static void
test_changed_after_loading (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  g_autofree char *ours = tn_contract_make_event ("one", "Ours");
  g_autofree char *text = tn_ews_fixture_load (f, one->id);
  tn_ews_server_change (f->server, one->id, "<Subject>Theirs</Subject>");

  g_autoptr (TurnusRef) two = tn_await_save (f->provider, one->id, one->revision, ours, &error);

  g_autofree char *subject = tn_ews_server_dup_text (f->server, one->id, "Subject");
  g_assert_null (two);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_cmpstr (subject, ==, "Theirs");
}

static void
test_wrong_login (TnEwsFixture *f, gconstpointer unused)
{
  f->quirks->user = "turnus";
  f->quirks->password = "other";

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_AUTH);
}

static void
reopen (TnEwsFixture *f, const char *name, const char *value, const char *other,
        const char *other_value)
{
  g_clear_object (&f->provider);
  f->provider = tn_ews_site_open_with (f->site, NULL, name, value, other, other_value, NULL);
}

static TnEwsFolder *
add_folder (TnEwsFixture *f, const char *address, const char *name)
{
  TnEwsOrganisation *all = tn_ews_server_get_organisation (f->server);
  if (!tn_ews_organisation_has_mailbox (all, address))
    tn_ews_organisation_add_mailbox (all, address);
  return tn_ews_organisation_add_folder (all, address, name, "IPF.Appointment");
}

static void
test_delegate (TnEwsFixture *f, gconstpointer unused)
{
  const TnEwsFolder *folder = add_folder (f, OTHER, "Ældreråd");
  reopen (f, "mailbox", OTHER, "calendar", "Ældreråd");
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");

  const TnHttpSeen *seen = tn_http_server_get_seen (f->http, 0);

  g_assert_cmpuint (folder->items->len, ==, 1);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 0);
  g_assert_cmpstr (tn_http_seen_get_header (seen, "x-anchormailbox"), ==, OTHER);
}

static void
test_folder_by_id (TnEwsFixture *f, gconstpointer unused)
{
  const TnEwsFolder *folder = add_folder (f, OTHER, "Ældreråd");
  reopen (f, "mailbox", OTHER, "calendar", folder->id);

  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");

  g_assert_cmpuint (folder->items->len, ==, 1);
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "FindFolder"), ==, 0);
}

static void
test_two_of_a_name (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  add_folder (f, TN_EWS_ADDRESS, "Ældreråd");
  add_folder (f, TN_EWS_ADDRESS, "Ældreråd");
  reopen (f, "calendar", "Ældreråd", "mailbox", TN_EWS_ADDRESS);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &error);

  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (error->message, "2 calendars");
}

static void
test_hidden_folder (TnEwsFixture *f, gconstpointer unused)
{
  tn_ews_server_get_calendar (f->server)->is_hidden = TRUE;

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_INVALID);
}

static void
test_unknown_mailbox (TnEwsFixture *f, gconstpointer unused)
{
  reopen (f, "mailbox", "nobody@example.org", "timezone", "Europe/Oslo");

  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_INVALID);
}

static void
test_impersonation (TnEwsFixture *f, gconstpointer unused)
{
  tn_ews_organisation_add_mailbox (tn_ews_server_get_organisation (f->server), OTHER);
  reopen (f, "mailbox", OTHER, "impersonate", "yes");
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "one");
  guint n_own = tn_ews_server_count (f->server);
  f->quirks->denies_impersonation = TRUE;

  g_assert_cmpuint (n_own, ==, 0);
  g_assert_cmpint (tn_ews_fixture_fail_list (f, NULL), ==, TN_ERROR_AUTH);
}

static void
test_discover (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  TnEwsFolder *folder = add_folder (f, OTHER, "Ældreråd");
  folder->is_read_only = TRUE;
  reopen (f, "mailbox", OTHER, "timezone", "Europe/Oslo");
  GAsyncResult *slot = NULL;
  tn_provider_discover_async (f->provider, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_autoptr (GPtrArray) places = tn_provider_discover_finish (f->provider, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (places->len, ==, 2);
  const TurnusPlace *place = g_ptr_array_index (places, 1);

  reopen (f, "url", place->url, "timezone", "Europe/Oslo");
  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);

  g_assert_cmpstr (place->name, ==, "Ældreråd");
  g_assert_true (place->read_only);
  g_assert_cmpstr (listing->binding, ==, folder->id);
}

static void
test_online (void)
{
  static const char *const url = "https://outlook.office365.com/EWS/Exchange.asmx";
  g_autoptr (GError) refused = tn_ews_refuse_to_open (url, NULL, NULL);
  g_autoptr (GError) allowed = tn_ews_refuse_to_open (url, "retired", "yes");

  g_assert_error (refused, TN_ERROR, TN_ERROR_INVALID);
  assert_has (refused->message, "April 2027");
  assert_has (refused->message, "graph");
  g_assert_no_error (allowed);
}

static void
test_settings (void)
{
  g_autoptr (GError) no_host = tn_ews_refuse_to_open ("https://", NULL, NULL);
  g_autoptr (GError) nobody
      = tn_ews_refuse_to_open ("https://mail.example.org", "impersonate", "yes");

  g_assert_error (no_host, TN_ERROR, TN_ERROR_INVALID);
  g_assert_error (nobody, TN_ERROR, TN_ERROR_INVALID);
  assert_has (nobody->message, "mailbox");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_EWS_ADD ("/ews/lost-sync-state-begins-anew-without-doubling", test_lost_state);
  TN_EWS_ADD ("/ews/lost-page-fails-the-listing-hazard-8", test_lost_page);
  TN_EWS_ADD ("/ews/cut-answer-is-no-short-listing-hazard-3", test_cut_answer);
  TN_EWS_ADD ("/ews/page-to-log-in-at-is-no-listing-hazard-1", test_login_page);
  TN_EWS_ADD ("/ews/document-type-is-refused-hazard-104", test_doctype);
  TN_EWS_ADD ("/ews/busy-fault-waits-as-told-hazard-79", test_busy_fault);
  TN_EWS_ADD ("/ews/busy-inside-of-a-200-waits-as-told-hazard-79", test_busy_inside);
  TN_EWS_ADD ("/ews/busy-without-a-hint-waits-too-hazard-79", test_busy_without_hint);
  TN_EWS_ADD ("/ews/damaged-item-takes-no-other-along", test_one_item_fails);
  TN_EWS_ADD ("/ews/twenty-five-loads-are-three-requests", test_batches);
  TN_EWS_ADD ("/ews/creations-under-way-go-together", test_creations_go_together);
  TN_EWS_ADD ("/ews/creations-that-go-together-have-each-its-outcome",
              test_each_has_its_own_outcome);
  TN_EWS_ADD ("/ews/creations-that-hang-are-given-up-together-hazard-99", test_all_given_up);
  TN_EWS_ADD ("/ews/eleven-hundred-items-are-three-pages-hazard-8", test_pages_of_512);
  TN_EWS_ADD ("/ews/words-of-the-server-are-not-quoted-hazard-108", test_words_of_the_server);
  TN_EWS_ADD ("/ews/lacking-change-key-is-a-conflict-hazard-37", test_stale_key);
  TN_EWS_ADD ("/ews/change-after-loading-is-not-overwritten-hazard-20", test_changed_after_loading);
  TN_EWS_ADD ("/ews/wrong-login-asks-for-another", test_wrong_login);
  TN_EWS_ADD ("/ews/delegate-writes-into-the-others-folder", test_delegate);
  TN_EWS_ADD ("/ews/folder-by-id-lists-no-others", test_folder_by_id);
  TN_EWS_ADD ("/ews/two-folders-of-a-name-are-refused", test_two_of_a_name);
  TN_EWS_ADD ("/ews/folder-without-rights-is-said-so", test_hidden_folder);
  TN_EWS_ADD ("/ews/unknown-mailbox-is-said-so", test_unknown_mailbox);
  TN_EWS_ADD ("/ews/impersonation-acts-as-the-mailbox-or-says-why-not", test_impersonation);
  TN_EWS_ADD ("/ews/discovered-address-opens-that-calendar", test_discover);
  g_test_add_func ("/ews/exchange-online-is-refused-with-the-reason", test_online);
  g_test_add_func ("/ews/settings-that-name-nothing-are-refused", test_settings);
  return g_test_run ();
}
