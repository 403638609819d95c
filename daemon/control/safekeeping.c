/* The caller opens the files, as itself; the daemon, which may be allowed to write nowhere but in
 * its own folder, fills them. */
#include "control/safekeeping.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#include "base/error.h"
#include "store/backup.h"

/* Returns: (transfer full): a descriptor of the call's; -1 when it did not bring it */
static int
take_descriptor (const TnErrand *call, int handle, GError **error)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (call->invocation);
  GUnixFDList *list = g_dbus_message_get_unix_fd_list (message);
  if (list != NULL && handle >= 0 && handle < g_unix_fd_list_get_length (list))
    return g_unix_fd_list_get (list, handle, error);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "the call did not bring the files along");
  return -1;
}

static gboolean
back_up (const TnErrand *call, int database, int ledger, GError **error)
{
  TnBook *book = tn_errand_get_book (call);
  return tn_backup_write (tn_book_get_store (book), tn_book_get_settings (book)->state, database,
                          ledger, error);
}

/**
 * tn_safekeeping_serve:
 * @call: (transfer full)
 */
void
tn_safekeeping_serve (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  g_autoptr (GError) error = NULL;
  int handles[2] = { -1, -1 };
  g_variant_get (arguments, "(hh)", &handles[0], &handles[1]);
  int database = take_descriptor (call, handles[0], &error);
  int ledger = database >= 0 ? take_descriptor (call, handles[1], &error) : -1;
  gboolean done = ledger >= 0 && back_up (call, database, ledger, &error);
  if (database >= 0)
    close (database);
  if (ledger >= 0)
    close (ledger);
  if (!done)
    {
      tn_errand_refuse (call, error);
      return;
    }
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "done", TRUE);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}
