/* errno as TURNUS_ERROR. What may pass by itself (a full disk, no descriptors left: hazard 91) is
 * TEMPORARY; what only a person can mend is DENIED or FAILED. */
#include "fault.h"

#include <errno.h>

static TurnusError
code_of (int errsv)
{
  switch (errsv)
    {
    case ENOENT:
      return TURNUS_ERROR_GONE;
    case EEXIST:
      return TURNUS_ERROR_CONFLICT;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
      return TURNUS_ERROR_DENIED;
    case ENAMETOOLONG:
    case EFBIG:
      return TURNUS_ERROR_LIMIT;
    case EAGAIN:
    case EBUSY:
    case EDQUOT:
    case EINTR:
    case EIO:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOSPC:
    case ESTALE:
    case ETIMEDOUT:
      return TURNUS_ERROR_TEMPORARY;
    default:
      return TURNUS_ERROR_FAILED;
    }
}

/* Sets "<format>: <what errno means>"; always FALSE, so that it can be returned. */
gboolean
file_fault_set (GError **error, int errsv, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  const char *reason
      = errsv == ELOOP ? "a symbolic link, which is not followed" : g_strerror (errsv);
  g_set_error (error, TURNUS_ERROR, code_of (errsv), "%s: %s", text, reason);
  return FALSE;
}
