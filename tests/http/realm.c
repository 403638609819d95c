/* What the machine knows of Kerberos is kept out by the environment, from before the first call.
 * The realm's server is MIT's, as whoever runs the test, on a port that was free a moment ago; it
 * says when it listens. */
#include "http/realm.h"

#include <glib/gstdio.h>

struct _TnRealm
{
  char *folder;
  guint16 port;
  GSubprocess *server; /* (nullable) until it is started */
};

static void
write_file (const TnRealm *realm, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (realm->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_socket_listener_close (listener);
  return port;
}

static void
write_settings (const TnRealm *realm)
{
  g_autofree char *client = g_strdup_printf (
      "[libdefaults]\n default_realm = TURNUS.TEST\n dns_lookup_kdc = false\n"
      " dns_lookup_realm = false\n dns_canonicalize_hostname = false\n rdns = false\n"
      "[realms]\n TURNUS.TEST = {\n  kdc = 127.0.0.1:%u\n }\n[logging]\n kdc = FILE:%s/kdc.log\n",
      realm->port, realm->folder);
  g_autofree char *server = g_strdup_printf (
      "[kdcdefaults]\n kdc_listen = 127.0.0.1:%u\n kdc_tcp_listen = 127.0.0.1:%u\n"
      "[realms]\n TURNUS.TEST = {\n  database_name = %s/principal\n  key_stash_file = %s/stash\n"
      "  max_life = 1h\n }\n",
      realm->port, realm->port, realm->folder, realm->folder);
  write_file (realm, "krb5.conf", client);
  write_file (realm, "kdc.conf", server);
}

static void
set_environment (const TnRealm *realm, const char *name, const char *prefix, const char *file)
{
  g_autofree char *value = g_strconcat (prefix, realm->folder, "/", file, NULL);
  g_setenv (name, value, TRUE);
}

/* To be called before anything that may start a thread. */
TnRealm *
tn_realm_new (void)
{
  TnRealm *realm = g_new0 (TnRealm, 1);
  realm->folder = g_dir_make_tmp ("turnus-realm-XXXXXX", NULL);
  realm->port = find_port ();
  write_settings (realm);
  set_environment (realm, "KRB5_CONFIG", "", "krb5.conf");
  set_environment (realm, "KRB5_KDC_PROFILE", "", "kdc.conf");
  set_environment (realm, "KRB5CCNAME", "FILE:", "nobody");
  set_environment (realm, "KRB5_KTNAME", "FILE:", "no-keytab");
  set_environment (realm, "KRB5_CLIENT_KTNAME", "FILE:", "no-keytab");
  return realm;
}

static gboolean
run (const char *const *words)
{
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

static gboolean
administer (const char *query)
{
  const char *const words[] = { "/usr/sbin/kadmin.local", "-r", "TURNUS.TEST", "-q", query, NULL };
  return run (words);
}

static gboolean
await_server (TnRealm *realm)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stderr_pipe (realm->server));
  g_autofree char *text = g_data_input_stream_read_upto (lines, ".", 1, NULL, NULL, NULL);
  return g_strcmp0 (text, "krb5kdc: starting") == 0;
}

/* Returns: %FALSE when this machine has no server for a realm */
gboolean
tn_realm_start (TnRealm *realm)
{
  const char *const create[]
      = { "/usr/sbin/kdb5_util", "-r", "TURNUS.TEST", "-P", "master", "create", "-s", "-W", NULL };
  /* It dies with us, however we do. */
  const char *const serve[]
      = { "setpriv", "--pdeathsig", "KILL", "/usr/sbin/krb5kdc", "-n", "-r", "TURNUS.TEST", NULL };
  if (!g_file_test ("/usr/sbin/krb5kdc", G_FILE_TEST_IS_EXECUTABLE) || !run (create)
      || !administer ("addprinc -randkey HTTP/127.0.0.1"))
    return FALSE;
  realm->server = g_subprocess_newv (
      serve, G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
  return realm->server != NULL && await_server (realm);
}

/* Makes the principal with a new key. Returns: (transfer full): path */
char *
tn_realm_make_keytab (TnRealm *realm, const char *principal)
{
  g_autofree char *name = g_strdup (principal);
  g_strdelimit (name, "/", '_');
  char *path = g_build_filename (realm->folder, name, NULL);
  g_autofree char *add = g_strdup_printf ("addprinc -randkey %s", principal);
  g_autofree char *take = g_strdup_printf ("ktadd -k %s %s", path, principal);
  g_assert_true (administer (add));
  g_assert_true (administer (take));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  return path;
}

/* As kinit does for a person. Returns: (transfer full): its name */
char *
tn_realm_make_cache (TnRealm *realm, const char *principal)
{
  g_autofree char *keytab = tn_realm_make_keytab (realm, principal);
  char *cache = g_strconcat ("FILE:", keytab, ".cache", NULL);
  const char *const words[] = { "kinit", "-k", "-t", keytab, "-c", cache, principal, NULL };
  g_assert_true (run (words));
  return cache;
}

void
tn_realm_free (TnRealm *realm)
{
  g_autoptr (GDir) dir = g_dir_open (realm->folder, 0, NULL);
  const char *name = NULL;
  if (realm->server != NULL)
    g_subprocess_force_exit (realm->server);
  g_clear_object (&realm->server);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (realm->folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (realm->folder);
  g_free (realm->folder);
  g_free (realm);
}
