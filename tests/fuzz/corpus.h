/* tests/fuzz/corpus.h — bytes that a parser has seen, replayed and mutated */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* LLVMFuzzerTestOneInput() of a parser. */
typedef int (*CorpusEntry) (const guint8 *data, size_t size);

/* Changes @to, maybe by a piece of @from. */
typedef void (*CorpusMutation) (GString *to, GBytes *from, GRand *random);

GPtrArray *corpus_load (const char *first, ...) G_GNUC_NULL_TERMINATED;
void corpus_replay (GPtrArray *corpus, guint least, CorpusEntry entry);
void corpus_mutate (GPtrArray *corpus, guint rounds, gint most, CorpusMutation mutate,
                    CorpusEntry entry);

G_END_DECLS
