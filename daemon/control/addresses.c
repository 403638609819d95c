/* Whoever has such an address can read; so it is shown once, when it is made, and of what is kept
 * nobody can tell it. It holds 256 bits of chance: guessing is hopeless, so a look-up by its hash
 * tells nothing by the time that it takes. */
#include "control/addresses.h"

#include <string.h>

#include "base/chance.h"
#include "base/encode.h"
#include "base/error.h"

#define TOKEN_BYTES 32
#define SHOWN_DIGITS 8 /* of its hash: the name by which it is taken back */

static const char DUTIES[] = "+milestones";

static gboolean
has_role (const TnCollaboration *collaboration, const char *role)
{
  for (guint i = 0; i < collaboration->series->len; i++)
    if (tn_series_find_role (g_ptr_array_index (collaboration->series, i), role) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
check_parts (char **parts, const TnRulebook *rulebook, GError **error)
{
  guint n = g_strv_length (parts);
  const TnCollaboration *collaboration
      = n > 0 ? tn_rulebook_find_collaboration (rulebook, parts[0]) : NULL;
  if (n == 0 || n > 3)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "expected collaboration, collaboration/council or collaboration/council/role");
  else if (collaboration == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "no charter is called '%.60s'", parts[0]);
  else if (n > 1 && tn_collaboration_find_council (collaboration, parts[1]) == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s knows no council '%.60s'", parts[0],
                 parts[1]);
  else if (n > 2 && !has_role (collaboration, parts[2]))
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "no series of %s has a role '%.60s'", parts[0],
                 parts[2]);
  else
    return TRUE;
  return FALSE;
}

/**
 * tn_addresses_check_target:
 * @target: `7by`, `7by/odense` or `7by/odense/host`; `+milestones` behind it for duties, too
 *
 * Errors: %TN_ERROR_INVALID when the charters do not know a part of it.
 */
gboolean
tn_addresses_check_target (const char *target, const TnRulebook *rulebook, GError **error)
{
  gsize length = strlen (target);
  if (g_str_has_suffix (target, DUTIES))
    length -= strlen (DUTIES);
  g_autofree char *bare = g_strndup (target, length);
  g_auto (GStrv) parts = g_strsplit (bare, "/", 4);
  if (check_parts (parts, rulebook, error))
    return TRUE;
  g_prefix_error (error, "cannot subscribe to '%.100s': ", target);
  return FALSE;
}

/**
 * tn_addresses_dup_path:
 * @target: of the address
 *
 * Returns: (transfer full): where it is on a site: `/p/TOKEN/` of the pages, `/s/TOKEN.ics` of a
 *   subscription
 */
char *
tn_addresses_dup_path (const char *target, const char *token)
{
  return strcmp (target, TN_ADDRESS_PAGES) == 0 ? g_strdup_printf ("/p/%s/", token)
                                                : g_strdup_printf ("/s/%s.ics", token);
}

/**
 * tn_addresses_find:
 * @token: as somebody asks for it
 *
 * Returns: (transfer full) (nullable): what it is for; %NULL without an error when there is none
 */
TnPeephole *
tn_addresses_find (TnStore *store, const char *token, GError **error)
{
  g_autofree char *hash = tn_encode_sha256 (token, -1);
  g_autoptr (GPtrArray) all = tn_store_load_peepholes (store, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const TnPeephole *address = g_ptr_array_index (all, i);
      if (strcmp (address->token_hash, hash) == 0)
        return tn_peephole_copy (address);
    }
  return NULL;
}

static void
add_address (JsonBuilder *sheet, const TnPeephole *address)
{
  g_autofree char *id = g_strndup (address->token_hash, SHOWN_DIGITS);
  tn_sheet_text (sheet, "id", id);
  tn_sheet_text (sheet, "target", address->target);
  tn_sheet_time (sheet, "made", address->made_us);
}

/**
 * tn_addresses_serve_list:
 * @call: (transfer full)
 *
 * Says which there are; none of them can be read from that.
 */
void
tn_addresses_serve_list (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  TnStore *store = tn_book_get_store (tn_errand_get_book (call));
  g_autoptr (GPtrArray) all = tn_store_load_peepholes (store, &error);
  if (all == NULL)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_array (sheet);
  for (guint i = 0; i < all->len; i++)
    {
      json_builder_begin_object (sheet);
      add_address (sheet, g_ptr_array_index (all, i));
      json_builder_end_object (sheet);
    }
  json_builder_end_array (sheet);
  tn_errand_answer (call, sheet);
}

/* Returns: (transfer full): letters and digits by chance */
static char *
make_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  tn_chance_fill (bytes, sizeof bytes);
  return tn_encode_base64url_bytes (bytes, sizeof bytes);
}

static gboolean
commit (TnBook *book, const TnPeephole *put, const char *drop, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  if (put != NULL)
    tn_batch_put_peephole (batch, put);
  if (drop != NULL)
    tn_batch_drop_peephole (batch, drop);
  if (!tn_store_commit (tn_book_get_store (book), batch, error))
    return FALSE;
  tn_book_call_again (book); /* pages that were answered under it are asked for anew */
  return TRUE;
}

/* The addresses that it has on the sites of the settings. */
static void
add_urls (JsonBuilder *sheet, const TnSettings *settings, const char *target, const char *token)
{
  g_autofree char *path = tn_addresses_dup_path (target, token);
  tn_sheet_list (sheet, "urls");
  for (guint i = 0; i < settings->publishers->len; i++)
    {
      g_autofree char *url
          = tn_publisher_dup_address (g_ptr_array_index (settings->publishers, i), path);
      json_builder_add_string_value (sheet, url);
    }
  json_builder_end_array (sheet);
}

/**
 * tn_addresses_serve_make:
 * @call: (transfer full)
 *
 * Makes an address and says it, this once.
 */
void
tn_addresses_serve_make (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  const char *target = NULL;
  TnBook *book = tn_errand_get_book (call);
  g_variant_get (arguments, "(&s)", &target);
  gboolean is_known = strcmp (target, TN_ADDRESS_PAGES) == 0
                      || tn_addresses_check_target (target, tn_book_get_rulebook (book), &error);
  g_autofree char *token = is_known ? make_token () : NULL;
  g_autofree char *hash = token != NULL ? tn_encode_sha256 (token, -1) : NULL;
  g_autoptr (TnPeephole) address
      = hash != NULL ? tn_peephole_new (hash, target, tn_clock_now_us (tn_book_get_clock (book)))
                     : NULL;
  if (address == NULL || !commit (book, address, NULL, &error))
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  add_address (sheet, address);
  add_urls (sheet, tn_book_get_settings (book), target, token);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

/* @id: a beginning of its hash that no other has */
static const TnPeephole *
find_by_id (GPtrArray *all, const char *id, GError **error)
{
  const TnPeephole *found = NULL;
  guint n_found = 0;
  for (guint i = 0; i < all->len; i++)
    if (*id != '\0'
        && g_str_has_prefix (((const TnPeephole *) g_ptr_array_index (all, i))->token_hash, id))
      {
        found = g_ptr_array_index (all, i);
        n_found++;
      }
  if (n_found == 1)
    return found;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               n_found == 0 ? "there is no address '%.60s', turnusctl feed lists them"
                            : "more than one address begins with '%.60s', say more of it",
               id);
  return NULL;
}

/**
 * tn_addresses_serve_revoke:
 * @call: (transfer full)
 *
 * From now on nobody reads under it.
 */
void
tn_addresses_serve_revoke (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  const char *id = NULL;
  TnBook *book = tn_errand_get_book (call);
  g_variant_get (arguments, "(&s)", &id);
  g_autoptr (GPtrArray) all = tn_store_load_peepholes (tn_book_get_store (book), &error);
  const TnPeephole *address = all != NULL ? find_by_id (all, id, &error) : NULL;
  if (address == NULL || !commit (book, NULL, address->token_hash, &error))
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  add_address (sheet, address);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}
