/* tests/sim/trace.h — what happened in a history, and the first promise that it broke */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *lines;  /* (owned) (nullable) a line for each thing that happened; NULL: not kept */
  guint32 hash;    /* of all lines, kept or not: equal traces, equal hash */
  char *violation; /* (owned) (nullable) the first one */
} SimTrace;

SimTrace *sim_trace_new (gboolean keeps_lines);
void sim_trace_free (SimTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimTrace, sim_trace_free)

void sim_trace_note (SimTrace *trace, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_trace_break (SimTrace *trace, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
