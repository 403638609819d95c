/* The one way from a request to the ledger, whoever asks: a command through the socket and a form
 * on a page are judged alike (design section 7). */
#include "control/ruling.h"

#include "rules/fairness.h"

/**
 * tn_ruling_new:
 * @request: of @book
 * @dry_run: only say what would follow
 *
 * Takes the decision; one that its council may not take alone, but another may agree to, is
 * proposed.
 *
 * Errors: %TN_ERROR_DENIED when the council may not decide it, %TN_ERROR_INVALID when it makes no
 * sense.
 * Returns: (transfer full) (nullable)
 */
TnRuling *
tn_ruling_new (TnBook *book, const TnRequest *request, gboolean dry_run, GError **error)
{
  const TnDecisionDraft *draft = tn_request_get_draft (request);
  g_autoptr (TnPlan) before = tn_plan_ref (tn_book_get_plan (book));
  g_autoptr (TnRuling) ruling = g_new0 (TnRuling, 1);
  ruling->decision
      = tn_decide_needs_consent (book, draft)
            ? tn_decide_propose (book, draft, dry_run, &ruling->effects, &ruling->proposal, error)
            : tn_decide (book, draft, dry_run, &ruling->effects, error);
  if (ruling->decision == NULL)
    return NULL;
  if (dry_run)
    ruling->shares = tn_fairness_list_shares (before, ruling->decision);
  return g_steal_pointer (&ruling);
}

void
tn_ruling_free (TnRuling *ruling)
{
  if (ruling == NULL)
    return;
  g_clear_pointer (&ruling->decision, tn_decision_unref);
  g_clear_pointer (&ruling->effects, g_ptr_array_unref);
  g_clear_pointer (&ruling->shares, g_ptr_array_unref);
  tn_proposal_free (ruling->proposal);
  g_free (ruling);
}
