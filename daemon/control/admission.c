/* A login takes a person some minutes, at another screen. Two calls are about it: the first is
 * answered with where to type what, the second when it is over. The token is kept by the grant,
 * before that. */
#include "control/admission.h"

struct _TnAdmission
{
  TnErrand *first;    /* (owned) (nullable) until it is told where to go */
  GPtrArray *waiting; /* (owned) (element-type TnErrand) */
  GError *problem;    /* (owned) (nullable) */
  gboolean has_ended;
};

static void
admission_clear (TnAdmission *admission)
{
  tn_errand_free (admission->first);
  g_ptr_array_unref (admission->waiting);
  g_clear_error (&admission->problem);
}

void
tn_admission_unref (TnAdmission *admission)
{
  g_rc_box_release_full (admission, (GDestroyNotify) admission_clear);
}

static void
on_shown (const char *url, const char *user_code, gint64 lifetime_s, gpointer user_data)
{
  TnAdmission *admission = user_data;
  g_autoptr (TnErrand) call = g_steal_pointer (&admission->first);
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "url", url);
  tn_sheet_text (sheet, "code", user_code);
  tn_sheet_number (sheet, "lifetime_s", lifetime_s);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

static void
tell_end (const TnAdmission *admission, TnErrand *call)
{
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "logged_in", TRUE);
  json_builder_end_object (sheet);
  if (admission->problem != NULL)
    tn_errand_refuse (call, admission->problem);
  else
    tn_errand_answer (call, sheet);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnAdmission *admission = user_data;
  tn_oauth2_login_finish (TN_GRANT (source), result, &admission->problem);
  admission->has_ended = TRUE;
  if (admission->first != NULL)
    tell_end (admission, admission->first);
  g_clear_pointer (&admission->first, tn_errand_free);
  for (guint i = 0; i < admission->waiting->len; i++)
    tell_end (admission, g_ptr_array_index (admission->waiting, i));
  g_ptr_array_set_size (admission->waiting, 0);
  tn_admission_unref (admission);
}

/**
 * tn_admission_start:
 * @first: (transfer full): answered as soon as it is known where a person has to go
 */
TnAdmission *
tn_admission_start (TnGrant *grant, TnErrand *first)
{
  TnAdmission *admission = g_rc_box_new0 (TnAdmission);
  admission->first = first;
  admission->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_errand_free);
  tn_oauth2_login_async (grant, on_shown, admission, first->stop, on_ended,
                         g_rc_box_acquire (admission));
  return admission;
}

gboolean
tn_admission_has_ended (const TnAdmission *admission)
{
  return admission->has_ended;
}

/**
 * tn_admission_await:
 * @call: (transfer full): answered when it is over, at once if it is
 */
void
tn_admission_await (TnAdmission *admission, TnErrand *call)
{
  g_ptr_array_add (admission->waiting, call);
  if (!admission->has_ended)
    return;
  tell_end (admission, call);
  g_ptr_array_remove (admission->waiting, call);
}
