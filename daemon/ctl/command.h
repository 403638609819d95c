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

/* What somebody wants to do who looks for a command. */
typedef enum
{
  TN_TOPIC_PLAN,      /* see who hosts what, and when */
  TN_TOPIC_BEGIN,     /* set up a council */
  TN_TOPIC_CALENDARS, /* keep the calendars in step */
  TN_TOPIC_ANSWER,    /* answer what people changed */
  TN_TOPIC_DECIDE,    /* take a decision */
  TN_TOPIC_KEEP,      /* keep copies */
  TN_N_TOPICS
} TnTopic;

/* A file cmd-NAME.c holds one of these, `tn_cmd_NAME`, and commands.c lists them all. */
struct _TnCommand
{
  const char *name;
  TnTopic topic;
  const char *see_also;  /* (nullable) other commands, by blanks; %NULL: those of its topic */
  const char *arguments; /* behind the name: `SERIES`, `OCCURRENCE DATE`, "" */
  const char *summary;   /* one line of `turnusctl --help` */
  const char *help;      /* paragraphs of `turnusctl NAME --help`, with an example */
  gboolean needs_daemon;
  gboolean for_each_council; /* without --council, of all that the settings include */
  guint n_min_words;         /* how many words may stand behind the name; wrong use otherwise */
  guint n_max_words;         /* %G_MAXUINT: any number */
  const TnOption *options;   /* (nullable) its own, ended by a name %NULL */
  int (*run) (TnCall *call); /* returns a #TnExit; has said on stderr what went wrong */
};

/* Without a daemon. */
extern const TnCommand tn_cmd_check;
extern const TnCommand tn_cmd_explain;
extern const TnCommand tn_cmd_export;
extern const TnCommand tn_cmd_holidays;
extern const TnCommand tn_cmd_hosts;
extern const TnCommand tn_cmd_init;
extern const TnCommand tn_cmd_list;
extern const TnCommand tn_cmd_programme;
extern const TnCommand tn_cmd_wheel;

/* By the daemon. */
extern const TnCommand tn_cmd_apply;
extern const TnCommand tn_cmd_approve;
extern const TnCommand tn_cmd_backup;
extern const TnCommand tn_cmd_calendars;
extern const TnCommand tn_cmd_cancel;
extern const TnCommand tn_cmd_claim;
extern const TnCommand tn_cmd_confirm;
extern const TnCommand tn_cmd_conflicts;
extern const TnCommand tn_cmd_doctor;
extern const TnCommand tn_cmd_done;
extern const TnCommand tn_cmd_feed;
extern const TnCommand tn_cmd_history;
extern const TnCommand tn_cmd_insert;
extern const TnCommand tn_cmd_join;
extern const TnCommand tn_cmd_leave;
extern const TnCommand tn_cmd_ledger;
extern const TnCommand tn_cmd_move;
extern const TnCommand tn_cmd_notices;
extern const TnCommand tn_cmd_plan;
extern const TnCommand tn_cmd_postpone;
extern const TnCommand tn_cmd_proposals;
extern const TnCommand tn_cmd_restore;
extern const TnCommand tn_cmd_set;
extern const TnCommand tn_cmd_skip;
extern const TnCommand tn_cmd_status;
extern const TnCommand tn_cmd_swap;
extern const TnCommand tn_cmd_sync;
extern const TnCommand tn_cmd_theme;
extern const TnCommand tn_cmd_undo;

G_END_DECLS
