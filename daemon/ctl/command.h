/* daemon/ctl/command.h — one command of turnusctl */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

/* An option of one command. Every command also takes those of tn_call_list_common(). */
typedef struct _TnOption
{
  const char *name;  /* without the dashes; %NULL ends a list */
  const char *value; /* what stands behind it: `DATE`; %NULL when nothing does */
  const char *help;  /* one line: small letter, no full stop */
  char letter;       /* `o` for -o; 0 for none */
  gboolean is_list;  /* may be given more than once */
} TnOption;

/* A file cmd-NAME.c holds one of these, `tn_cmd_NAME`, and turnusctl.c lists them all. */
struct _TnCommand
{
  const char *name;
  const char *arguments; /* behind the name: `SERIES`, `OCCURRENCE DATE`, "" */
  const char *summary;   /* one line of `turnusctl --help` */
  const char *help;      /* paragraphs of `turnusctl NAME --help`, with an example */
  gboolean needs_daemon;
  guint n_min_words;         /* how many words may stand behind the name; wrong use otherwise */
  guint n_max_words;         /* %G_MAXUINT: any number */
  const TnOption *options;   /* (nullable) its own, ended by a name %NULL */
  int (*run) (TnCall *call); /* returns a #TnExit; has said on stderr what went wrong */
};

/* Without a daemon. */
extern const TnCommand tn_cmd_check;
extern const TnCommand tn_cmd_explain;
extern const TnCommand tn_cmd_holidays;
extern const TnCommand tn_cmd_hosts;
extern const TnCommand tn_cmd_list;

/* By the daemon. */

G_END_DECLS
