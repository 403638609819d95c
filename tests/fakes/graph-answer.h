/* tests/fakes/graph-answer.h — one question to the fake Graph and its answer, in a batch or alone
 */
#pragma once

#include "fakes/graph-event.h"

G_BEGIN_DECLS

typedef struct
{
  char *method;        /* (owned) */
  char *path;          /* (owned) behind the version, unescaped, without query */
  GHashTable *query;   /* (owned) (element-type utf8 utf8) unescaped */
  GHashTable *headers; /* (owned) (element-type utf8 utf8) names in lower case */
  JsonNode *body;      /* (owned) (nullable) */
} TnGraphQuestion;

typedef struct
{
  guint status;
  guint retry_after_s; /* 0: none */
  JsonNode *body;      /* (owned) (nullable) */
} TnGraphAnswer;

TnGraphQuestion *tn_graph_question_new (const char *method, const char *target, JsonNode *body);
void tn_graph_question_free (TnGraphQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGraphQuestion, tn_graph_question_free)
const char *tn_graph_question_get (const TnGraphQuestion *question, const char *name);
const char *tn_graph_question_get_header (const TnGraphQuestion *question, const char *name);

void tn_graph_answer_set (TnGraphAnswer *answer, guint status, JsonObject *body);
void tn_graph_answer_refuse (TnGraphAnswer *answer, guint status, const char *code);
void tn_graph_answer_clear (TnGraphAnswer *answer);

/* Runs the parts of a batch as Graph does, by `serve`. */
typedef void (*TnGraphServe) (const TnGraphQuestion *question, TnGraphAnswer *answer,
                              gpointer user_data);
void tn_graph_batch_run (JsonObject *batch, TnGraphServe serve, gpointer user_data, guint part,
                         guint part_status, TnGraphAnswer *answer);

G_END_DECLS
