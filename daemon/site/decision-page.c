/* A table of the decisions that can be taken on a page. Each has a form, that leads to its dry run,
 * that leads to the decision; the way to the ledger is the same as a command's, control/ruling.
 * What is confirmed is what was shown: when the plan has moved since, it is shown anew. */
#include "site/decision-page.h"

#include <string.h>

#include "base/error.h"
#include "control/mention.h"
#include "control/petition.h"
#include "control/ruling.h"
#include "model/catalogue.h"
#include "site/foresight.h"
#include "site/form.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/inputs.h"
#include "site/outcome-page.h"
#include "site/wording.h"

typedef struct
{
  const char *name; /* in the path */
  const char *kind; /* of the request */
  const char *title;
  const char *hint;
  TnInputs inputs;
} Form;

static const Form FORMS[] = {
  { "confirm", "date", N_ ("Confirm the date"),
    N_ ("A confirmed date is settled: no rule moves it any more."), TN_INPUT_EVENT },
  { "move", "date", N_ ("Move to another date"), N_ ("Length and times stay as they are."),
    TN_INPUT_EVENT | TN_INPUT_DAY },
  { "swap", "swap", N_ ("Swap turns with another council"),
    N_ ("It takes both councils: the other one is asked."), TN_INPUT_TURN | TN_INPUT_OTHER },
  { "postpone", "postpone", N_ ("Put off"),
    N_ ("It is not held in this cycle. Its holder keeps the turn for the next one, or has used "
        "it."),
    TN_INPUT_EVENT | TN_INPUT_KEPT },
  { "cancel", "cancel", N_ ("Cancel"),
    N_ ("The event stays in every calendar and is marked as cancelled."),
    TN_INPUT_EVENT | TN_INPUT_YES_NO },
  { "theme", "theme", N_ ("Set the theme"), N_ ("It stands in the title or text of the event."),
    TN_INPUT_EVENT | TN_INPUT_TEXT },
  { "done", "done", N_ ("Mark a duty as done"), N_ ("It is left alone from then on."),
    TN_INPUT_EVENT | TN_INPUT_MILESTONE | TN_INPUT_YES_NO },
};

static const Form *
find_form (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (strcmp (FORMS[i].name, name) == 0)
      return &FORMS[i];
  return NULL;
}

static char *
dup_path (const Form *form)
{
  return g_strconcat ("decide/", form->name, NULL);
}

/* The ways from an event to what can be decided about it. */
void
tn_decision_page_list (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  tn_html_add (html, "<ul>\n");
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    tn_html_add (html, "<li><a href=\"%sdecide/%s?event=%s\">%s</a></li>\n", reader->folder,
                 FORMS[i].name, reference, tn_say (reader->language, FORMS[i].title));
  tn_html_add (html, "</ul>\n");
}

static const TnOccurrence *
find_event (TnReader *reader, const char *reference)
{
  const TnOccurrence *occurrence
      = reference != NULL ? tn_mention_find_event (reader->plan, reference, NULL, NULL) : NULL;
  if (occurrence != NULL)
    tn_reader_choose (reader, occurrence->collaboration->id);
  return occurrence;
}

static TnWebPage *
show_form (const TnReader *reader, const Form *form, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *when = tn_wording_dup_when (language, occurrence);
  g_autofree char *path = dup_path (form);
  tn_html_add (body, "<p class=\"lead\"><bdi>%s</bdi>, %s</p>\n", occurrence->title, when);
  tn_html_paragraph (body, tn_say (language, form->hint));
  tn_form_begin (body, reader, path);
  tn_inputs_add (body, reader, occurrence, form->inputs);
  tn_html_add (body, "<div><button type=\"submit\">%s</button></div>\n</form>\n",
               tn_say (language, N_ ("Show what would change")));
  tn_html_paragraph (body, tn_say (language, N_ ("Nothing is decided by this yet.")));
  return tn_frame_make (reader, 200, tn_say (language, form->title), body);
}

/* What was handed in, as a request, whoever it says that it is for: it is for the reader's council.
 */
static TnRequest *
make_request (const TnReader *reader, const Form *form, GError **error)
{
  GVariantBuilder fields;
  g_autofree char *source = g_strdup_printf ("page %s", reader->council);
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&fields, "{ss}", "kind", form->kind);
  g_variant_builder_add (&fields, "{ss}", "for", reader->council);
  if (strcmp (form->name, "confirm") == 0)
    g_variant_builder_add (&fields, "{ss}", "confirmed", "yes");
  tn_inputs_take (reader, form->inputs, &fields);
  g_autoptr (GVariant) request = g_variant_ref_sink (g_variant_builder_end (&fields));
  return tn_request_new (tn_reader_get_book (reader), request, source, error);
}

static void
add_deciders (GString *html, const TnReader *reader, const TnRuling *ruling)
{
  if (ruling->proposal == NULL || ruling->proposal->state != TN_PROPOSAL_OPEN)
    return;
  g_auto (GStrv) ids
      = tn_petition_list_deciders (tn_reader_get_book (reader), reader->plan, ruling->proposal);
  g_autofree char *names = reader->collaboration != NULL
                               ? tn_wording_dup_councils (reader->collaboration, ids)
                               : g_strjoinv (", ", ids);
  g_autofree char *text = g_strdup_printf (
      tn_say (reader->language,
              N_ ("Your council cannot decide this alone. It is proposed to: %s.")),
      names);
  tn_html_add (html, "<p class=\"note\"><bdi>%s</bdi></p>\n", text);
}

/* @moved: what was confirmed is not what is seen now */
static TnWebPage *
show_dry_run (const TnReader *reader, const Form *form, const TnRuling *ruling, gboolean moved)
{
  TnLanguage language = reader->language;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *path = dup_path (form);
  g_autofree char *seen = tn_foresight_dup_digest (ruling->effects);
  if (moved)
    tn_html_add (
        body, "<p class=\"reason\">%s</p>\n",
        tn_say (language, N_ ("The plan has changed since you looked. Nothing was decided. "
                              "This is what would change now.")));
  else
    tn_html_paragraph (body, tn_say (language, N_ ("Nothing is decided yet. This would change:")));
  add_deciders (body, reader, ruling);
  tn_foresight_add_effects (body, reader, tn_say (language, N_ ("Before and after")),
                            ruling->effects);
  tn_foresight_add_shares (body, reader, ruling->shares);
  tn_form_begin (body, reader, path);
  tn_inputs_carry (body, reader, form->inputs);
  tn_form_hide (body, "step", "confirm");
  tn_form_hide (body, "seen", seen);
  tn_html_add (body, "<button type=\"submit\">%s</button>\n</form>\n",
               ruling->proposal != NULL ? tn_say (language, N_ ("Propose it"))
                                        : tn_say (language, N_ ("Decide it")));
  tn_html_add (body, "<p><a href=\"%sdecide\">%s</a></p>\n", reader->folder,
               tn_say (language, N_ ("Leave it as it is")));
  return tn_frame_make (reader, moved ? 409 : 200, tn_say (language, form->title), body);
}

static char *
dup_outcome (const TnRuling *ruling)
{
  g_autofree char *effects = tn_foresight_to_text (ruling->effects);
  if (ruling->proposal != NULL && ruling->proposal->state == TN_PROPOSAL_OPEN)
    return g_strdup_printf ("proposed %.16s\n%s", ruling->proposal->id, effects);
  return g_strdup_printf ("decided %s\n%s", ruling->decision->id, effects);
}

/* The form is used up before anything is done with it: killed between, nothing happens twice. */
static TnWebPage *
take (const TnReader *reader, const Form *form, const char *hash, GError **error)
{
  g_autofree char *path = dup_path (form);
  g_autoptr (TnRequest) request = make_request (reader, form, error);
  if (request == NULL || !tn_form_use_up (reader, hash, path, "", error))
    return NULL;
  g_autoptr (TnRuling) ruling = tn_ruling_new (tn_reader_get_book (reader), request, FALSE, error);
  if (ruling == NULL)
    return NULL;
  g_autofree char *outcome = dup_outcome (ruling);
  return tn_outcome_page_keep (reader, hash, path, outcome);
}

static TnWebPage *
hand_in (const TnReader *reader, const Form *form, const char *hash, GError **error)
{
  gboolean confirms = g_strcmp0 (tn_reader_get_field (reader, "step"), "confirm") == 0;
  g_autoptr (TnRequest) request = make_request (reader, form, error);
  g_autoptr (TnRuling) foreseen
      = request != NULL ? tn_ruling_new (tn_reader_get_book (reader), request, TRUE, error) : NULL;
  if (foreseen == NULL)
    return NULL;
  g_autofree char *digest = tn_foresight_dup_digest (foreseen->effects);
  gboolean is_seen = g_strcmp0 (tn_reader_get_field (reader, "seen"), digest) == 0;
  return confirms && is_seen ? take (reader, form, hash, error)
                             : show_dry_run (reader, form, foreseen, confirms);
}

/**
 * tn_decision_page_show:
 *
 * Returns: (transfer full): the form that the rest of the path names, its dry run, or the way to
 * what came of it
 */
TnWebPage *
tn_decision_page_show (TnReader *reader)
{
  const Form *form = find_form (reader->rest);
  const char *reference = tn_reader_is_post (reader) ? tn_reader_get_field (reader, "event")
                                                     : tn_reader_get_query (reader, "event");
  const TnOccurrence *occurrence = find_event (reader, reference);
  if (form == NULL || occurrence == NULL)
    return tn_frame_make_missing (reader);
  if (!tn_reader_is_post (reader))
    return show_form (reader, form, occurrence);
  g_autofree char *path = dup_path (form);
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;
  TnFormState state = tn_form_check (reader, path, &hash);
  if (state != TN_FORM_GOOD)
    return tn_form_make_refusal (reader, state, hash);
  TnWebPage *page = hand_in (reader, form, hash, &error);
  return page != NULL ? page : tn_frame_make_error (reader, error);
}
