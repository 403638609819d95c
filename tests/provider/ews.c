/* The exchange plugin passes the contract by EWS against the fake Exchange, in each of the ways in
 * which servers answer. */
#include "contract/provider.h"
#include "provider/ews-site.h"

static TnEwsQuirks *
get_quirks (gpointer site)
{
  return tn_ews_server_get_quirks (((TnEwsSite *) site)->server);
}

static gpointer
set_up_pages (void)
{
  gpointer site = tn_ews_site_new ();
  get_quirks (site)->page = 1;
  return site;
}

static gpointer
set_up_disguised (void)
{
  gpointer site = tn_ews_site_new ();
  get_quirks (site)->shuffles = TRUE;
  get_quirks (site)->adds_unknown = TRUE;
  get_quirks (site)->renames_prefixes = TRUE;
  get_quirks (site)->says_stale = TRUE;
  return site;
}

static gpointer
set_up_rewriting (void)
{
  gpointer site = tn_ews_site_new ();
  get_quirks (site)->habits.renames_zones = TRUE;
  get_quirks (site)->habits.rewrites_uids = TRUE;
  get_quirks (site)->habits.makes_html = TRUE;
  return site;
}

/* Of a mailbox of which we are a delegate, by the name of the folder. */
static TnProvider *
open_delegate (gpointer site, const char *binding)
{
  return tn_ews_site_open_with (site, binding, "mailbox", TN_EWS_ADDRESS, "calendar", "Calendar",
                                NULL);
}

static TnProvider *
open_impersonating (gpointer site, const char *binding)
{
  return tn_ews_site_open_with (site, binding, "mailbox", TN_EWS_ADDRESS, "impersonate", "yes",
                                NULL);
}

#define MAKER(set_up_, open_)                                                                      \
  {                                                                                                \
    .set_up = set_up_, .tear_down = tn_ews_site_free, .open = open_, .edit = tn_ews_site_edit,     \
    .lock = tn_ews_site_lock, .exact = FALSE                                                       \
  }

static const TnProviderMaker plain_maker = MAKER (tn_ews_site_new, tn_ews_site_open);
static const TnProviderMaker pages_maker = MAKER (set_up_pages, tn_ews_site_open);
static const TnProviderMaker disguised_maker = MAKER (set_up_disguised, tn_ews_site_open);
static const TnProviderMaker rewriting_maker = MAKER (set_up_rewriting, tn_ews_site_open);
static const TnProviderMaker delegate_maker = MAKER (tn_ews_site_new, open_delegate);
static const TnProviderMaker impersonating_maker = MAKER (tn_ews_site_new, open_impersonating);

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/ews/contract/plain", &plain_maker);
  tn_contract_add_provider_tests ("/ews/contract/pages-of-one", &pages_maker);
  tn_contract_add_provider_tests ("/ews/contract/disguised", &disguised_maker);
  tn_contract_add_provider_tests ("/ews/contract/rewriting", &rewriting_maker);
  tn_contract_add_provider_tests ("/ews/contract/delegate-by-name", &delegate_maker);
  tn_contract_add_provider_tests ("/ews/contract/impersonating", &impersonating_maker);
  return g_test_run ();
}
