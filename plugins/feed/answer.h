/* plugins/feed/answer.h — the answer to a judged request */
#pragma once

#include "door.h"

G_BEGIN_DECLS

void feed_answer_send (FeedDoor *door, FeedCaller *caller, SoupServerMessage *message);
gboolean feed_answer_is_due (const FeedCaller *caller);

G_END_DECLS
