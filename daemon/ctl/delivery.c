/* Where an answer goes. A file is written whole or not at all, so that a full disk does not leave
 * half a charter for the other councils. */
#include "ctl/delivery.h"

#include "base/error.h"

#include <string.h>

/**
 * tn_delivery_hand_over:
 * @text: the whole answer
 *
 * Writes to the file that `--output` names, else where answers go; `-` is that too.
 *
 * Errors: %TN_ERROR_FAILED when the file cannot be written; it is as it was then.
 */
gboolean
tn_delivery_hand_over (const TnCall *call, const char *text, GError **error)
{
  const char *path = tn_call_get_option (call, "output");
  if (path == NULL || strcmp (path, "-") == 0)
    {
      fputs (text, call->out);
      return TRUE;
    }
  g_autoptr (GError) cause = NULL;
  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                &cause))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot write %s: %s", path, cause->message);
  return FALSE;
}
