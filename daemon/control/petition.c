/* Proposals and conflicts as they are shown: with the event's title and with who may answer, which
 * the plan of today knows and the record does not. */
#include "control/petition.h"

#include "model/identity.h"
#include "rules/authority.h"
#include "sync/amend.h"
#include "sync/consent.h"

/* What a guest is, its own calendar says, and its people decide. */
static char **
list_owners (TnBook *book, const TnProposal *proposal)
{
  const TnCalendar *calendar = tn_amend_find_calendar (book, proposal, NULL);
  const char *const owners[] = { calendar == NULL            ? NULL
                                 : calendar->council != NULL ? calendar->council
                                                             : tn_book_get_settings (book)->council,
                                 NULL };
  return g_strdupv ((char **) owners);
}

/**
 * tn_petition_list_deciders:
 * @plan: that of @book, or an earlier one
 *
 * Returns: (transfer full): ids of the councils that may answer it
 */
char **
tn_petition_list_deciders (TnBook *book, const TnPlan *plan, const TnProposal *proposal)
{
  if (tn_amend_is_for (proposal))
    return list_owners (book, proposal);
  if (proposal->kind == TN_PROPOSAL_DECISION)
    return tn_consent_list_deciders (plan, proposal);
  static const TnRight rights[TN_N_FIELDS]
      = { [TN_FIELD_WHEN] = TN_RIGHT_WHEN,  [TN_FIELD_WHERE] = TN_RIGHT_WHERE,
          [TN_FIELD_TITLE] = TN_RIGHT_WHAT, [TN_FIELD_STATUS] = TN_RIGHT_STATUS,
          [TN_FIELD_TEXT] = TN_RIGHT_WHAT,  [TN_FIELD_NOTE] = TN_RIGHT_WHAT };
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (plan, proposal->uid, &milestone);
  return occurrence != NULL
             ? tn_authority_list_deciders (occurrence, milestone, rights[proposal->field])
             : g_new0 (char *, 1);
}

static char *
dup_title (TnBook *book, const TnPlan *plan, const TnProposal *proposal)
{
  if (tn_amend_is_for (proposal))
    {
      g_autoptr (TnGuest) guest = tn_amend_find_guest (book, proposal, NULL);
      return guest != NULL ? g_strdup (guest->title) : NULL;
    }
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (plan, proposal->uid, &milestone);
  if (occurrence == NULL)
    return NULL;
  return g_strdup (milestone != NULL ? milestone->title : occurrence->title);
}

static const char *
find_field (const TnProposal *proposal)
{
  return proposal->kind == TN_PROPOSAL_DECISION ? tn_decision_kind_to_string (TN_DECISION_SWAP)
                                                : tn_field_to_string (proposal->field);
}

static char *
dup_value (const TnPlan *plan, const TnProposal *proposal)
{
  return proposal->kind == TN_PROPOSAL_DECISION ? tn_consent_dup_wish (plan, proposal)
                                                : g_strdup (proposal->value);
}

static char *
dup_instead_of (const TnPlan *plan, const TnProposal *proposal)
{
  if (proposal->kind == TN_PROPOSAL_DECISION)
    return tn_consent_dup_standing (plan, proposal);
  return g_strdup (proposal->instead_of != NULL ? proposal->instead_of : "");
}

static const char *
find_word (const TnProposal *proposal)
{
  return proposal->kind == TN_PROPOSAL_CONFLICT ? "conflict" : "proposal";
}

static void
add_deciders (JsonBuilder *sheet, TnBook *book, const TnPlan *plan, const TnProposal *proposal)
{
  g_auto (GStrv) deciders = tn_petition_list_deciders (book, plan, proposal);
  tn_sheet_list (sheet, "deciders");
  for (guint i = 0; deciders[i] != NULL; i++)
    json_builder_add_string_value (sheet, deciders[i]);
  json_builder_end_array (sheet);
}

/**
 * tn_petition_get_calendar:
 *
 * Returns: (transfer none) (nullable): where it was made; %NULL for a command
 */
const char *
tn_petition_get_calendar (const TnProposal *proposal)
{
  return proposal->calendar != NULL && *proposal->calendar != '\0' ? proposal->calendar : NULL;
}

/**
 * tn_petition_add:
 * @plan: by which it is told; that of @book, or an earlier one
 *
 * Writes one proposal as an object.
 */
void
tn_petition_add (JsonBuilder *sheet, TnBook *book, const TnPlan *plan, const TnProposal *proposal)
{
  g_autofree char *value = dup_value (plan, proposal);
  g_autofree char *instead_of = dup_instead_of (plan, proposal);
  g_autofree char *reference = tn_identity_key_to_reference (proposal->key);
  g_autofree char *title = dup_title (book, plan, proposal);
  json_builder_begin_object (sheet);
  tn_sheet_text (sheet, "id", proposal->id);
  tn_sheet_text (sheet, "kind", find_word (proposal));
  tn_sheet_text (sheet, "state", tn_proposal_state_to_string (proposal->state));
  tn_sheet_text (sheet, "reference", reference);
  tn_sheet_text (sheet, "title", title);
  tn_sheet_text (sheet, "field", find_field (proposal));
  tn_sheet_text (sheet, "value", value);
  tn_sheet_text (sheet, "instead_of", instead_of);
  tn_sheet_text (sheet, "calendar", tn_petition_get_calendar (proposal));
  tn_sheet_text (sheet, "council", proposal->council);
  tn_sheet_date (sheet, "on", proposal->on);
  add_deciders (sheet, book, plan, proposal);
  tn_sheet_text (sheet, "answered_by", proposal->answered_by);
  tn_sheet_text (sheet, "origin", proposal->origin);
  tn_sheet_text (sheet, "answer_origin", proposal->answer_origin);
  json_builder_end_object (sheet);
}

/**
 * tn_petition_add_all:
 * @answered_too: also those that are settled
 *
 * Writes the elements of an array that the caller begins and ends.
 */
void
tn_petition_add_all (JsonBuilder *sheet, TnBook *book, gboolean answered_too)
{
  GPtrArray *proposals = tn_book_get_proposals (book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (answered_too || proposal->state == TN_PROPOSAL_OPEN)
        tn_petition_add (sheet, book, tn_book_get_plan (book), proposal);
    }
}

/**
 * tn_petition_dup_sentence:
 *
 * Returns: (transfer full): what somebody wants: `proposal 1f2e3d4c of aarhus: 7by/studietur/2027
 *   when 2027-05-20 instead of 2027-05-12`; of one made at another daemon also in whose journal it
 * was read
 */
char *
tn_petition_dup_sentence (TnBook *book, const TnProposal *proposal)
{
  const TnPlan *plan = tn_book_get_plan (book);
  g_autofree char *reference = tn_identity_key_to_reference (proposal->key);
  g_autofree char *value = dup_value (plan, proposal);
  g_autofree char *instead_of = dup_instead_of (plan, proposal);
  return g_strdup_printf (
      "%s %.8s of %s%s%s: %s %s \"%s\" instead of \"%s\"", find_word (proposal), proposal->id,
      proposal->council != NULL ? proposal->council : "somebody in a shared calendar",
      proposal->origin != NULL ? ", from the journal of " : "",
      proposal->origin != NULL ? proposal->origin : "", reference, find_field (proposal), value,
      instead_of);
}

/**
 * tn_petition_dup_advice:
 *
 * Returns: (transfer full): who may answer it, and how
 */
char *
tn_petition_dup_advice (TnBook *book, const TnProposal *proposal)
{
  g_auto (GStrv) deciders = tn_petition_list_deciders (book, tn_book_get_plan (book), proposal);
  g_autofree char *names = g_strjoinv (", ", deciders);
  return g_strdup_printf ("waits for %s: turnusctl proposals accept %.8s, or reject %.8s",
                          *names != '\0' ? names : "one who may decide it", proposal->id,
                          proposal->id);
}
