/* daemon/charter/template.h — one shape of a charter, used several times */
#pragma once

#include "charter/problems.h"
#include "charter/source.h"

G_BEGIN_DECLS

GPtrArray *tn_template_expand (const TnSourceFile *source, TnProblems *problems);

G_END_DECLS
