/* The undoing of a pass, told to people step by step. */
#include "control/undoing.h"

#include "control/outline.h"
#include "sync/undo.h"

static void
add_step (JsonBuilder *sheet, const TnUndoStep *step)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "reference", step->reference);
  tn_sheet_text (sheet, "what", step->what);
  tn_sheet_text (sheet, "field", step->field);
  tn_sheet_text (sheet, "before", step->before);
  tn_sheet_text (sheet, "after", step->after);
  tn_outline_add_decision (sheet, "decision", step->counter);
  tn_outline_add_effects (sheet, "effects", step->effects != NULL ? step->effects : none);
  tn_sheet_text (sheet, "why_not", step->why_not);
  json_builder_end_object (sheet);
}

static void
answer (TnErrand *call, const TnUndo *undo, gboolean dry_run)
{
  g_autoptr (JsonBuilder) sheet = json_builder_new ();
  json_builder_begin_object (sheet);
  tn_sheet_flag (sheet, "dry_run", dry_run);
  tn_sheet_text (sheet, "pass", undo->pass);
  tn_sheet_text (sheet, "calendar", undo->calendar);
  tn_sheet_time (sheet, "at", undo->at_us);
  tn_sheet_list (sheet, "steps");
  for (guint i = 0; i < undo->steps->len; i++)
    add_step (sheet, g_ptr_array_index (undo->steps, i));
  json_builder_end_array (sheet);
  json_builder_end_object (sheet);
  tn_errand_answer (call, sheet);
}

/**
 * tn_undoing_serve:
 * @call: (transfer full)
 *
 * Says what would take a pass back, or does it; the calendars follow at once.
 */
void
tn_undoing_serve (TnErrand *call, GVariant *arguments)
{
  g_autoptr (TnErrand) owned = call;
  const char *pass = NULL;
  const char *council = NULL;
  gboolean dry_run = FALSE;
  g_autoptr (GError) error = NULL;
  TnBook *book = tn_errand_get_book (call);
  g_variant_get (arguments, "(&s&sb)", &pass, &council, &dry_run);
  if (*council == '\0')
    council = tn_book_get_settings (book)->council;
  g_autoptr (TnUndo) undo
      = tn_undo_new (book, *pass != '\0' ? pass : NULL, council, call->user, &error);
  if (undo == NULL || (!dry_run && !tn_undo_take (undo, book, &error)))
    {
      tn_errand_refuse (call, error);
      return;
    }
  answer (call, undo, dry_run);
  if (!dry_run)
    tn_desk_wake (call->desk);
}
