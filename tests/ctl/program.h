/* tests/ctl/program.h — runs the real turnusctl, as a user would */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What came of one run. */
typedef struct
{
  int code;
  char *out;        /* (owned) */
  char *err;        /* (owned) */
  JsonNode *answer; /* (owned) (nullable) `out` as JSON; %NULL when it is none */
} Run;

Run *program_run (const char *first, ...) G_GNUC_NULL_TERMINATED;
Run *program_run_as (const char *zone, const char *locale, const char *const *arguments);
void run_free (Run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

guint run_count (const Run *run);
JsonObject *run_find (const Run *run, const char *member, const char *value);

char *program_dup_source (const char *path);
char *program_dup_changed (const char *text, const char *from, const char *to);
char *program_write (const char *folder, const char *name, const char *text);

G_END_DECLS
