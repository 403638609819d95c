/* daemon/notice/post.h — tells the mailboxes of the settings what is new */
#pragma once

#include "notice/look.h"

G_BEGIN_DECLS

typedef struct _TnPost TnPost;

TnPost *tn_post_open (TnDesk *desk);
void tn_post_close (TnPost *post);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPost, tn_post_close)

void tn_post_set_link (TnPost *post, TnPostLink link, gpointer user_data);
void tn_post_look (TnPost *post);
gboolean tn_post_put_ticket (TnPost *post, TnBatch *batch, const char *council, const char *url,
                             GError **error);
gboolean tn_post_send_test (TnPost *post, const char *address, GError **error);
const char *tn_post_get_problem (TnPost *post);
gint64 tn_post_get_next_us (TnPost *post);
gboolean tn_post_is_sending (TnPost *post);

G_END_DECLS
