/* The codes of responsecode.md that a calendar can meet, one by one. A code that is not here breaks
 * no promise: it is PROTOCOL, after which the core reads before it writes again, since an error
 * does not say that nothing was written (exchangelib#623; exchange.md 5, pitfall 12). */
#include "ews-refusal.h"

#include <string.h>

typedef struct
{
  const char *name;
  TurnusError code;
  const char *why;
} Refusal;

#define LATER "the server asks to come later"
#define MOVED_ON "it is not as it was"
#define FORBIDDEN "the server does not allow it: the login needs rights on that calendar"
#define MAILBOX "check mailbox, and the rights of the login on it"
#define TOO_BIG "the server has no room for it"
#define NOT_SO "Exchange does not take it so"

static const Refusal refusals[] = {
  { "ErrorItemNotFound", TURNUS_ERROR_GONE, "it is not there" },
  { "ErrorInvalidSyncStateData", TURNUS_ERROR_GONE, "the server forgot the last listing" },

  { "ErrorIrresolvableConflict", TURNUS_ERROR_CONFLICT, MOVED_ON },
  { "ErrorStaleObject", TURNUS_ERROR_CONFLICT, MOVED_ON },
  { "ErrorInvalidChangeKey", TURNUS_ERROR_CONFLICT, MOVED_ON },
  { "ErrorChangeKeyRequired", TURNUS_ERROR_CONFLICT, MOVED_ON },
  { "ErrorChangeKeyRequiredForWriteOperations", TURNUS_ERROR_CONFLICT, MOVED_ON },

  { "ErrorAccessDenied", TURNUS_ERROR_DENIED, FORBIDDEN },
  { "ErrorCreateItemAccessDenied", TURNUS_ERROR_DENIED, FORBIDDEN },
  { "ErrorCannotDeleteObject", TURNUS_ERROR_DENIED, FORBIDDEN },

  { "ErrorImpersonateUserDenied", TURNUS_ERROR_AUTH,
    "the login may not act as that mailbox: it needs the role ApplicationImpersonation, or leave "
    "impersonate out and give it rights on the folder" },
  { "ErrorImpersonationDenied", TURNUS_ERROR_AUTH,
    "the login may not act as that mailbox: it needs the role ApplicationImpersonation" },
  { "ErrorImpersonationFailed", TURNUS_ERROR_AUTH, MAILBOX },
  { "ErrorTokenSerializationDenied", TURNUS_ERROR_AUTH, MAILBOX },
  { "ErrorAccountDisabled", TURNUS_ERROR_AUTH, MAILBOX },
  { "ErrorPasswordExpired", TURNUS_ERROR_AUTH, "the password has expired" },
  { "ErrorPasswordChangeRequired", TURNUS_ERROR_AUTH, "the password must be changed" },
  { "ErrorInvalidSmtpAddress", TURNUS_ERROR_INVALID, MAILBOX },
  { "ErrorNonExistentMailbox", TURNUS_ERROR_INVALID, "there is no such mailbox: " MAILBOX },
  { "ErrorNonPrimarySmtpAddress", TURNUS_ERROR_INVALID,
    "mailbox wants its primary address, this is another one of it" },
  { "ErrorFolderNotFound", TURNUS_ERROR_INVALID,
    "there is no such calendar, or the login does not see it: check calendar and its rights" },
  { "ErrorInvalidFolderId", TURNUS_ERROR_INVALID, "calendar names no folder" },
  { "ErrorInvalidServerVersion", TURNUS_ERROR_INVALID,
    "the server is older than Exchange 2013 SP1" },

  { "ErrorServerBusy", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorExceededConnectionCount", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorTooManyObjectsOpened", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorTimeoutExpired", TURNUS_ERROR_TEMPORARY, "the server took too long" },
  { "ErrorBatchProcessingStopped", TURNUS_ERROR_TEMPORARY, "the server stopped on its way" },
  { "ErrorInternalServerError", TURNUS_ERROR_TEMPORARY, "the server has a trouble of its own" },
  { "ErrorInternalServerTransientError", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorInsufficientResources", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorConnectionFailed", TURNUS_ERROR_TEMPORARY, "the server did not reach the mailbox" },
  { "ErrorMailboxStoreUnavailable", TURNUS_ERROR_TEMPORARY, "the mailbox is not to be had now" },
  { "ErrorMailboxMoveInProgress", TURNUS_ERROR_TEMPORARY, "the mailbox is being moved" },
  { "ErrorMailboxFailover", TURNUS_ERROR_TEMPORARY, "the mailbox is being moved" },
  { "ErrorADUnavailable", TURNUS_ERROR_TEMPORARY, LATER },
  { "ErrorRequestAborted", TURNUS_ERROR_TEMPORARY, "the server gave up" },

  { "ErrorQuotaExceeded", TURNUS_ERROR_LIMIT, TOO_BIG },
  { "ErrorMessageSizeExceeded", TURNUS_ERROR_LIMIT, TOO_BIG },
  { "ErrorDataSizeLimitExceeded", TURNUS_ERROR_LIMIT, TOO_BIG },
  { "ErrorExceededFindCountLimit", TURNUS_ERROR_LIMIT, "it is more than the server lists at once" },

  { "ErrorOccurrenceCrossingBoundary", TURNUS_ERROR_INVALID,
    "an occurrence of a series may not pass its neighbour" },
  { "ErrorCalendarEndDateIsEarlierThanStartDate", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorCalendarDurationIsTooLong", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorCalendarInvalidTimeZone", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorCalendarInvalidPropertyValue", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorCalendarInvalidRecurrence", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorInvalidPropertySet", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorInvalidPropertyDelete", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorInvalidExtendedProperty", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorInvalidExtendedPropertyValue", TURNUS_ERROR_INVALID, NOT_SO },
  { "ErrorItemCorrupt", TURNUS_ERROR_INVALID, "the server says that it is damaged" },
  { "ErrorInvalidId", TURNUS_ERROR_INVALID, "the server does not know such an id" },
  { "ErrorInvalidIdMalformed", TURNUS_ERROR_INVALID, "the server does not know such an id" },
  { "ErrorInvalidIdEmpty", TURNUS_ERROR_INVALID, "the server does not know such an id" },
};

static const Refusal *
find (const char *response_code)
{
  for (guint i = 0; response_code != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (refusals[i].name, response_code) == 0)
      return &refusals[i];
  return NULL;
}

/**
 * ews_refusal_get_code:
 * @response_code: (nullable): "ErrorItemNotFound"
 *
 * Returns: what the caller will do
 */
TurnusError
ews_refusal_get_code (const char *response_code)
{
  const Refusal *refusal = find (response_code);
  return refusal != NULL ? refusal->code : TURNUS_ERROR_PROTOCOL;
}

/* Does the server want to be left in peace? Then the host is told so (hazard 79). */
gboolean
ews_refusal_is_busy (const char *response_code)
{
  static const char *const busy[]
      = { "ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened",
          "ErrorInsufficientResources", NULL };
  return response_code != NULL && g_strv_contains (busy, response_code);
}

/* Does it concern more than the one item that was asked for? */
gboolean
ews_refusal_is_of_all (TurnusError code)
{
  return code == TURNUS_ERROR_TEMPORARY || code == TURNUS_ERROR_AUTH;
}

/**
 * ews_refusal_make_error:
 * @response_code: (nullable): %NULL: the server gave none
 * @wish: "write the event", for the message
 *
 * The server's own text is left out: it can quote what people wrote.
 *
 * Returns: (transfer full)
 */
GError *
ews_refusal_make_error (const char *response_code, const char *wish)
{
  const Refusal *refusal = find (response_code);
  const char *why = refusal != NULL ? refusal->why : "the server refuses it";
  g_autofree char *shown = response_code != NULL ? g_strescape (response_code, NULL) : NULL;
  return g_error_new (TURNUS_ERROR, (int) ews_refusal_get_code (response_code),
                      "cannot %s: %s (%.80s)", wish, why, shown != NULL ? shown : "without a code");
}
