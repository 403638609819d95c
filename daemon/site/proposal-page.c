/* A proposal is shown to those who may answer it, and to no others: it may hold what a person
 * wrote. What is proposed about a guest is written into the original, which takes as long as its
 * calendar does; anything else is decided at once. */
#include "site/proposal-page.h"

#include <string.h>

#include "base/error.h"
#include "control/petition.h"
#include "model/catalogue.h"
#include "rules/fairness.h"
#include "site/foresight.h"
#include "site/form.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/outcome-page.h"
#include "site/wording.h"
#include "sync/amend.h"
#include "sync/consent.h"
#include "sync/decide.h"

typedef struct
{
  TnReader *reader; /* (owned) */
  char *id;         /* (owned) of the proposal */
  char *uid;        /* (owned) of its event */
  char *path;       /* (owned) */
  char *hash;       /* (owned) (nullable) of the form */
  gboolean accepts;
} Answer;

static void
answer_free (Answer *answer)
{
  tn_reader_free (answer->reader);
  g_free (answer->id);
  g_free (answer->uid);
  g_free (answer->path);
  g_free (answer->hash);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
add_fact (GString *html, const char *name, const char *text)
{
  tn_html_add (html, "<dt>%s</dt><dd><bdi>%s</bdi></dd>\n", name, text);
}

static void
add_facts (GString *html, const TnReader *reader, const TnProposal *proposal)
{
  TnLanguage language = reader->language;
  const TnOccurrence *occurrence = tn_plan_find_uid (reader->plan, proposal->uid, NULL);
  gboolean is_swap = proposal->kind == TN_PROPOSAL_DECISION;
  g_autofree char *wish = is_swap ? tn_consent_dup_wish (reader->plan, proposal)
                                  : tn_wording_dup_value (language, proposal->value);
  g_autofree char *stands = is_swap ? tn_consent_dup_standing (reader->plan, proposal)
                                    : tn_wording_dup_value (language, proposal->instead_of);
  g_autofree char *on = tn_word_format_day (language, proposal->on);
  tn_html_add (html, "<dl class=\"card\">\n");
  if (occurrence != NULL)
    add_fact (html, tn_say (language, N_ ("Event")), occurrence->title);
  add_fact (html, tn_say (language, N_ ("Wished")), wish);
  add_fact (html, tn_say (language, N_ ("Instead of")), stands);
  add_fact (html, tn_say (language, N_ ("By")),
            proposal->council != NULL ? tn_reader_get_council_name (reader, proposal->council)
                                      : tn_say (language, N_ ("somebody in a shared calendar")));
  add_fact (html, tn_say (language, N_ ("On")), on);
  tn_html_add (html, "</dl>\n");
}

static void
add_button (GString *html, const TnReader *reader, const char *path, const char *answer,
            const char *text)
{
  tn_form_begin (html, reader, path);
  tn_form_hide (html, "answer", answer);
  tn_html_add (html, "<button type=\"submit\">%s</button>\n</form>\n", text);
}

static TnWebPage *
show_proposal (const Answer *answer, const TnProposal *proposal)
{
  const TnReader *reader = answer->reader;
  g_autoptr (GString) body = g_string_new (NULL);
  add_facts (body, reader, proposal);
  add_button (body, reader, answer->path, "accept",
              tn_say (reader->language, N_ ("Show what accepting would change")));
  add_button (body, reader, answer->path, "reject",
              tn_say (reader->language, N_ ("Show what rejecting would mean")));
  tn_html_paragraph (body, tn_say (reader->language, N_ ("Nothing is decided by this yet.")));
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("A proposal waits for you")),
                        body);
}

/* Returns: (transfer full) (nullable) (element-type TnEffect): of a guest nothing in the plan */
static GPtrArray *
foresee (const Answer *answer, const TnProposal *proposal, GPtrArray **ret_shares, GError **error)
{
  GPtrArray *effects = NULL;
  if (tn_amend_is_for (proposal))
    return g_ptr_array_new ();
  g_autoptr (TnDecision) decision
      = tn_decide_foresee_answer (tn_reader_get_book (answer->reader), answer->id, answer->accepts,
                                  answer->reader->council, &effects, error);
  if (decision != NULL && answer->accepts)
    *ret_shares = tn_fairness_list_shares (answer->reader->plan, decision);
  return decision != NULL ? effects : NULL;
}

static TnWebPage *
show_dry_run (const Answer *answer, const TnProposal *proposal, GPtrArray *effects,
              GPtrArray *shares, gboolean moved)
{
  const TnReader *reader = answer->reader;
  TnLanguage language = reader->language;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *seen = tn_foresight_dup_digest (effects);
  if (moved)
    tn_html_add (
        body, "<p class=\"reason\">%s</p>\n",
        tn_say (language, N_ ("The plan has changed since you looked. Nothing was decided. "
                              "This is what would change now.")));
  add_facts (body, reader, proposal);
  if (answer->accepts)
    {
      tn_foresight_add_effects (body, reader, tn_say (language, N_ ("Before and after")), effects);
      tn_foresight_add_shares (body, reader, shares);
    }
  else
    tn_html_paragraph (body,
                       tn_say (language, N_ ("Nothing changes in the plan. The one who wished "
                                             "it is told that it was rejected.")));
  tn_form_begin (body, reader, answer->path);
  tn_form_hide (body, "answer", answer->accepts ? "accept" : "reject");
  tn_form_hide (body, "step", "confirm");
  tn_form_hide (body, "seen", seen);
  tn_html_add (body, "<button type=\"submit\">%s</button>\n</form>\n",
               answer->accepts ? tn_say (language, N_ ("Accept it"))
                               : tn_say (language, N_ ("Reject it")));
  tn_html_add (body, "<p><a href=\"%sdecide\">%s</a></p>\n", reader->folder,
               tn_say (language, N_ ("Leave it open")));
  return tn_frame_make (reader, moved ? 409 : 200, tn_say (language, N_ ("Answer a proposal")),
                        body);
}

/* @effects: (nullable): that followed */
static TnWebPage *
finish (const Answer *answer, GPtrArray *effects)
{
  g_autofree char *told = effects != NULL ? tn_foresight_to_text (effects) : g_strdup ("");
  g_autofree char *outcome
      = g_strdup_printf ("%s %s\n%s", answer->accepts ? "accepted" : "rejected", answer->id, told);
  tn_form_note (answer->reader, answer->uid, answer->accepts ? "accepted" : "rejected", answer->id);
  return tn_outcome_page_keep (answer->reader, answer->hash, answer->path, outcome);
}

static void
on_amended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) error = NULL;
  TnWebPage *page = tn_amend_accept_finish (TN_BOOK (source), result, &error)
                        ? finish (answer, NULL)
                        : tn_frame_make_error (answer->reader, error);
  tn_reader_answer (answer->reader, page);
}

/* Returns: (transfer none) (nullable): the calendar in which the guest was made */
static TnProvider *
find_provider (const Answer *answer, const TnProposal *proposal, GError **error)
{
  const TnCalendar *calendar
      = tn_amend_find_calendar (tn_reader_get_book (answer->reader), proposal, error);
  TnProvider *provider
      = calendar != NULL ? tn_desk_get_provider (answer->reader->desk, calendar->id) : NULL;
  if (calendar != NULL && provider == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s cannot be opened", calendar->id);
  return provider;
}

/* Returns: (transfer full) (nullable): %NULL without an error when it is answered later, and owns
 *   @owned then */
static TnWebPage *
take_guest (Answer **owned, const TnProposal *proposal, GError **error)
{
  Answer *answer = *owned;
  TnBook *book = tn_reader_get_book (answer->reader);
  if (!answer->accepts)
    return tn_amend_reject (book, proposal, answer->reader->council, error) ? finish (answer, NULL)
                                                                            : NULL;
  TnProvider *provider = find_provider (answer, proposal, error);
  if (provider != NULL)
    tn_amend_accept_async (book, provider, proposal, answer->reader->council, answer->reader->stop,
                           on_amended, g_steal_pointer (owned));
  return NULL;
}

static TnWebPage *
take (Answer **owned, const TnProposal *proposal, GPtrArray *effects, GError **error)
{
  Answer *answer = *owned;
  if (!tn_form_use_up (answer->reader, answer->hash, answer->path, "", error))
    return NULL;
  if (tn_amend_is_for (proposal))
    return take_guest (owned, proposal, error);
  g_autoptr (GError) problem = NULL;
  g_autoptr (TnDecision) decision
      = tn_decide_answer (tn_reader_get_book (answer->reader), answer->id, answer->accepts,
                          answer->reader->council, &problem);
  if (problem == NULL)
    return finish (answer, effects);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static TnWebPage *
hand_in (Answer **owned, const TnProposal *proposal, GError **error)
{
  Answer *answer = *owned;
  TnFormState state = tn_form_check (answer->reader, answer->path, &answer->hash);
  if (state != TN_FORM_GOOD)
    return tn_form_make_refusal (answer->reader, state, answer->hash);
  answer->accepts = g_strcmp0 (tn_reader_get_field (answer->reader, "answer"), "accept") == 0;
  g_autoptr (GPtrArray) shares = NULL;
  g_autoptr (GPtrArray) effects = foresee (answer, proposal, &shares, error);
  if (effects == NULL)
    return NULL;
  g_autofree char *digest = tn_foresight_dup_digest (effects);
  gboolean confirms = g_strcmp0 (tn_reader_get_field (answer->reader, "step"), "confirm") == 0;
  gboolean is_seen = g_strcmp0 (tn_reader_get_field (answer->reader, "seen"), digest) == 0;
  return confirms && is_seen ? take (owned, proposal, effects, error)
                             : show_dry_run (answer, proposal, effects, shares, confirms);
}

static gboolean
may_answer (const Answer *answer, const TnProposal *proposal)
{
  g_auto (GStrv) ids = tn_petition_list_deciders (tn_reader_get_book (answer->reader),
                                                  answer->reader->plan, proposal);
  return g_strv_contains ((const char *const *) ids, answer->reader->council);
}

/* It is settled, or was never there, or is for others: who may not answer it is not told which. */
static TnWebPage *
show_nothing (Answer *answer)
{
  if (tn_reader_is_post (answer->reader)
      && tn_form_check (answer->reader, answer->path, &answer->hash) == TN_FORM_USED)
    return tn_outcome_page_lead (answer->reader, answer->hash);
  return tn_frame_make_notice (
      answer->reader, 404, tn_say (answer->reader->language, N_ ("Nothing waits here")),
      tn_say (answer->reader->language,
              N_ ("This proposal was answered or taken back already, or it is for another council "
                  "than the one you speak for.")));
}

/**
 * tn_proposal_page_begin:
 * @reader: (transfer full): speaks for a council; the rest of the path is the proposal's id
 */
void
tn_proposal_page_begin (TnReader *reader)
{
  g_autoptr (Answer) answer = g_new0 (Answer, 1);
  g_autoptr (GError) error = NULL;
  answer->reader = reader;
  answer->path = g_strconcat ("proposal/", reader->rest, NULL);
  const TnProposal *proposal
      = tn_decide_find_open (tn_reader_get_book (reader), reader->rest, NULL);
  TnWebPage *page = NULL;
  if (proposal == NULL || !may_answer (answer, proposal))
    page = show_nothing (answer);
  else
    {
      answer->id = g_strdup (proposal->id);
      answer->uid = g_strdup (proposal->uid);
      page = tn_reader_is_post (reader) ? hand_in (&answer, proposal, &error)
                                        : show_proposal (answer, proposal);
    }
  if (page == NULL && error != NULL)
    page = tn_frame_make_error (reader, error);
  if (page != NULL)
    tn_reader_answer (reader, page);
}
