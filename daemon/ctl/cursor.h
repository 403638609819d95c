/* daemon/ctl/cursor.h — what may stand at the end of an unfinished command line */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

typedef enum
{
  TN_CURSOR_COMMAND, /* the name of a command */
  TN_CURSOR_OPTION,  /* an option of @command; of any when there is none yet */
  TN_CURSOR_WORD     /* one of @wanted */
} TnCursorPlace;

typedef struct
{
  TnCursorPlace place;
  const TnCommand *command; /* (unowned) (nullable) */
  GPtrArray *words;         /* (owned) (element-type utf8) behind the command, before the cursor */
  GPtrArray *sources; /* (owned) (element-type utf8) `--charter`, FILE … as they were given, the
                         options that say what is asked about */
  GPtrArray *wanted;  /* (owned) (element-type utf8) `CYCLE` for any cycle, `kept` for that word */
  char *current;      /* (owned) what of it is typed */
} TnCursor;

TnCursor *tn_cursor_new (const char *const *line);
void tn_cursor_free (TnCursor *cursor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCursor, tn_cursor_free)

G_END_DECLS
