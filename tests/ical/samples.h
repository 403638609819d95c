/* tests/ical/samples.h — calendars to test with */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

#define SAMPLE_NOW_US (G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC) /* 20260921T141320Z */

GPtrArray *sample_dup_names (void);
GBytes *sample_load (const char *name);
GBytes *sample_event (const char *lines);
TnZone *sample_home (void);
TnEvent *sample_random_event (GRand *random);
char *sample_dup_rest (GBytes *bytes, const char *without_block);
void sample_assert_field (const TnEvent *event, TnField field, const char *expected);
GRand *sample_rand (void);

G_END_DECLS
