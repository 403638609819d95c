/* Identity (design section 6). Every daemon derives the same UID from the same charter, so that two
 * that share a calendar find each other's events without a server of ours (promise 9). */
#include "model/identity.h"

#include <string.h>

/* 324ba252-8db9-400a-b993-a65a48479da7 */
static const guint8 NAMESPACE[16] = { 0x32, 0x4b, 0xa2, 0x52, 0x8d, 0xb9, 0x40, 0x0a,
                                      0xb9, 0x93, 0xa6, 0x5a, 0x48, 0x47, 0x9d, 0xa7 };

static const char DIGITS[] = "0123456789abcdef";

/**
 * tn_identity_to_key:
 *
 * Source: design section 6: `v1\nc=…\ns=…\ny=…[\np=…][\nm=…][\ng=…]`
 * Returns: (transfer full): the key
 */
char *
tn_identity_to_key (const TnIdentity *identity)
{
  GString *key = g_string_new (NULL);
  g_string_append_printf (key, "v1\nc=%s\ns=%s\ny=%s", identity->collaboration, identity->series,
                          identity->cycle);
  if (identity->site != NULL)
    g_string_append_printf (key, "\np=%s", identity->site);
  if (identity->milestone != NULL)
    g_string_append_printf (key, "\nm=%s", identity->milestone);
  if (identity->generation > 0)
    g_string_append_printf (key, "\ng=%u", identity->generation);
  return g_string_free (key, FALSE);
}

/**
 * tn_identity_key_to_uid:
 *
 * Source: RFC 9562 section 5.5 (UUID version 5).
 * Returns: (transfer full): `<uuid>@turnus`
 */
char *
tn_identity_key_to_uid (const char *key)
{
  guint8 hash[20];
  gsize size = sizeof hash;
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (sha1, NAMESPACE, sizeof NAMESPACE);
  g_checksum_update (sha1, (const guchar *) key, strlen (key));
  g_checksum_get_digest (sha1, hash, &size);

  hash[6] = (guint8) ((hash[6] & 0x0f) | 0x50);
  hash[8] = (guint8) ((hash[8] & 0x3f) | 0x80);
  GString *uid = g_string_sized_new (48);
  for (gsize i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        g_string_append_c (uid, '-');
      g_string_append_c (uid, DIGITS[hash[i] >> 4]);
      g_string_append_c (uid, DIGITS[hash[i] & 0x0f]);
    }
  g_string_append (uid, "@turnus");
  return g_string_free (uid, FALSE);
}

char *
tn_identity_to_uid (const TnIdentity *identity)
{
  g_autofree char *key = tn_identity_to_key (identity);
  return tn_identity_key_to_uid (key);
}

void
tn_page_key_free (TnPageKey *key)
{
  if (key == NULL)
    return;
  g_free (key->council);
  g_free (key);
}

/**
 * tn_identity_page_to_key:
 * @part: from 1
 *
 * Source: design section 6, Journal.
 * Returns: (transfer full): `ledger/odense/2027`, and with `/2` behind it the second page of a year
 */
char *
tn_identity_page_to_key (const char *council, int year, guint part)
{
  return part > 1 ? g_strdup_printf ("ledger/%s/%d/%u", council, year, part)
                  : g_strdup_printf ("ledger/%s/%d", council, year);
}

/**
 * tn_identity_page_from_key:
 *
 * Returns: (transfer full) (nullable): the page that @key names; %NULL when it is the key of an
 *   event, or not exactly what tn_identity_page_to_key() writes
 */
TnPageKey *
tn_identity_page_from_key (const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, "/", 5);
  guint n = g_strv_length (parts);
  guint64 year = 0;
  guint64 part = 1;
  if (n < 3 || n > 4 || strcmp (parts[0], "ledger") != 0 || *parts[1] == '\0'
      || !g_ascii_string_to_unsigned (parts[2], 10, 1, 9999, &year, NULL)
      || (n == 4 && !g_ascii_string_to_unsigned (parts[3], 10, 2, 9999, &part, NULL)))
    return NULL;
  g_autofree char *again = tn_identity_page_to_key (parts[1], (int) year, (guint) part);
  if (strcmp (again, key) != 0)
    return NULL;
  TnPageKey *page = g_new0 (TnPageKey, 1);
  page->council = g_strdup (parts[1]);
  page->year = (int) year;
  page->part = (guint) part;
  return page;
}

/**
 * tn_identity_key_to_reference:
 *
 * Returns: (transfer full): what people may read aloud: `7by/studietur/2027`, with `/site` and
 *   `#milestone` behind it; a page of a journal is called by its key
 */
char *
tn_identity_key_to_reference (const char *key)
{
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (key);
  if (page != NULL)
    return g_strdup (key);
  GString *reference = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (key, "\n", -1);
  for (gsize i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      if (strlen (parts[i]) < 2 || g_str_has_prefix (parts[i], "g="))
        continue;
      if (reference->len > 0)
        g_string_append_c (reference, g_str_has_prefix (parts[i], "m=") ? '#' : '/');
      g_string_append (reference, parts[i] + 2);
    }
  return g_string_free (reference, FALSE);
}

static const char GUEST[] = "v1\na=";

/**
 * tn_identity_guest_to_key:
 * @origin: the calendar that it was made in
 * @uid: its own
 *
 * Returns: (transfer full): the key by which its copies are known: `v1\na=…\nu=…`
 */
char *
tn_identity_guest_to_key (const char *origin, const char *uid)
{
  return g_strdup_printf ("%s%s\nu=%s", GUEST, origin, uid);
}

/**
 * tn_identity_find_guest_uid:
 *
 * Returns: (transfer none) (nullable): the UID of the event that an object with @key is a copy of;
 *   %NULL when @key is of an occurrence or a milestone
 */
const char *
tn_identity_find_guest_uid (const char *key)
{
  const char *uid = g_str_has_prefix (key, GUEST) ? strstr (key + strlen (GUEST), "\nu=") : NULL;
  return uid != NULL ? uid + strlen ("\nu=") : NULL;
}
