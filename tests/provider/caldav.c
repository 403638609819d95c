/* The caldav plugin passes the contract against the fake server, in each of the ways in which
 * servers list and answer. */
#include "contract/provider.h"
#include "provider/dav-site.h"

static TnDavQuirks *
get_quirks (gpointer site)
{
  return tn_dav_server_get_quirks (((TnDavSite *) site)->server);
}

static gpointer
set_up_ctag (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->has_no_sync = TRUE;
  return site;
}

static gpointer
set_up_etags (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->has_no_sync = TRUE;
  get_quirks (site)->has_no_ctag = TRUE;
  get_quirks (site)->hides_privileges = TRUE;
  return site;
}

static gpointer
set_up_pages (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->page = 1;
  return site;
}

static gpointer
set_up_no_put_etag (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->has_no_put_etag = TRUE;
  return site;
}

static gpointer
set_up_spelling (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->spells_otherwise = TRUE;
  return site;
}

static gpointer
set_up_hosts (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->names_hosts = TRUE;
  return site;
}

static gpointer
set_up_stubborn (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->fails_multiget = TRUE;
  get_quirks (site)->initial_status = 415;
  get_quirks (site)->has_gzip_etags = TRUE;
  return site;
}

static gpointer
set_up_rewriting (void)
{
  gpointer site = tn_dav_site_new ();
  get_quirks (site)->rewrites = TRUE;
  get_quirks (site)->omits_missing = TRUE;
  return site;
}

#define MAKER(set_up_, exact_)                                                                     \
  {                                                                                                \
    .set_up = set_up_, .tear_down = tn_dav_site_free, .open = tn_dav_site_open,                    \
    .edit = tn_dav_site_edit, .lock = tn_dav_site_lock, .exact = exact_                            \
  }

static const TnProviderMaker sync_maker = MAKER (tn_dav_site_new, TRUE);
static const TnProviderMaker ctag_maker = MAKER (set_up_ctag, TRUE);
static const TnProviderMaker etags_maker = MAKER (set_up_etags, TRUE);
static const TnProviderMaker pages_maker = MAKER (set_up_pages, TRUE);
static const TnProviderMaker no_put_etag_maker = MAKER (set_up_no_put_etag, TRUE);
static const TnProviderMaker spelling_maker = MAKER (set_up_spelling, TRUE);
static const TnProviderMaker hosts_maker = MAKER (set_up_hosts, TRUE);
static const TnProviderMaker stubborn_maker = MAKER (set_up_stubborn, TRUE);
static const TnProviderMaker rewriting_maker = MAKER (set_up_rewriting, FALSE);

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/caldav/contract/sync-tokens", &sync_maker);
  tn_contract_add_provider_tests ("/caldav/contract/ctag", &ctag_maker);
  tn_contract_add_provider_tests ("/caldav/contract/etags-only", &etags_maker);
  tn_contract_add_provider_tests ("/caldav/contract/pages-of-one", &pages_maker);
  tn_contract_add_provider_tests ("/caldav/contract/no-etag-after-put", &no_put_etag_maker);
  tn_contract_add_provider_tests ("/caldav/contract/other-spelling", &spelling_maker);
  tn_contract_add_provider_tests ("/caldav/contract/hrefs-with-hosts", &hosts_maker);
  tn_contract_add_provider_tests ("/caldav/contract/stubborn", &stubborn_maker);
  tn_contract_add_provider_tests ("/caldav/contract/rewriting", &rewriting_maker);
  return g_test_run ();
}
