#include "sim/trace.h"

SimTrace *
sim_trace_new (gboolean keeps_lines)
{
  SimTrace *trace = g_new0 (SimTrace, 1);
  trace->lines = keeps_lines ? g_string_new (NULL) : NULL;
  return trace;
}

void
sim_trace_free (SimTrace *trace)
{
  if (trace == NULL)
    return;
  if (trace->lines != NULL)
    g_string_free (trace->lines, TRUE);
  g_free (trace->violation);
  g_free (trace);
}

void
sim_trace_note (SimTrace *trace, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  trace->hash = trace->hash * 31 + g_str_hash (line);
  if (trace->lines != NULL)
    g_string_append_printf (trace->lines, "%s\n", line);
}

/* Only the first one counts: what follows it may be its consequence. */
void
sim_trace_break (SimTrace *trace, const char *format, ...)
{
  if (trace->violation != NULL)
    return;
  va_list args;
  va_start (args, format);
  trace->violation = g_strdup_vprintf (format, args);
  va_end (args);
}
