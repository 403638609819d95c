/* daemon/http/dialogue.h — what is said to a mail server that has let us in, for one letter */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TnDialogue TnDialogue;

TnDialogue *tn_dialogue_new (const char *from, const char *to, GBytes *message);
void tn_dialogue_free (TnDialogue *dialogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDialogue, tn_dialogue_free)

const char *tn_dialogue_get_output (const TnDialogue *dialogue, gsize *ret_length);
void tn_dialogue_note_sent (TnDialogue *dialogue, gsize length);
gboolean tn_dialogue_take (TnDialogue *dialogue, const char *bytes, gsize length, GError **error);
gboolean tn_dialogue_is_over (const TnDialogue *dialogue);
gboolean tn_dialogue_is_unsure (const TnDialogue *dialogue);

G_END_DECLS
