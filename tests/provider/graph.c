/* The exchange plugin passes the contract against the fake Graph, in each of the ways in which a
 * mailbox is listed. */
#include "contract/provider.h"
#include "provider/graph-site.h"

static TnGraphQuirks *
get_quirks (gpointer site)
{
  return tn_graph_server_get_quirks (((TnGraphSite *) site)->server);
}

static gpointer
set_up_no_delta (void)
{
  gpointer site = tn_graph_site_new ();
  get_quirks (site)->delta_status = 400;
  return site;
}

static gpointer
set_up_pages (void)
{
  gpointer site = tn_graph_site_new ();
  get_quirks (site)->page = 1;
  get_quirks (site)->replays = TRUE;
  return site;
}

static gpointer
set_up_no_delta_pages (void)
{
  gpointer site = tn_graph_site_new ();
  get_quirks (site)->delta_status = 404;
  get_quirks (site)->page = 1;
  return site;
}

static gpointer
set_up_remembering (void)
{
  gpointer site = tn_graph_site_new ();
  get_quirks (site)->remembers_removed = TRUE;
  get_quirks (site)->ignores_zone = TRUE;
  return site;
}

#define MAKER(set_up_)                                                                             \
  {                                                                                                \
    .set_up = set_up_, .tear_down = tn_graph_site_free, .open = tn_graph_site_open,                \
    .edit = tn_graph_site_edit, .lock = tn_graph_site_lock, .exact = FALSE                         \
  }

static const TnProviderMaker delta_maker = MAKER (tn_graph_site_new);
static const TnProviderMaker no_delta_maker = MAKER (set_up_no_delta);
static const TnProviderMaker pages_maker = MAKER (set_up_pages);
static const TnProviderMaker no_delta_pages_maker = MAKER (set_up_no_delta_pages);
static const TnProviderMaker remembering_maker = MAKER (set_up_remembering);

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/graph/contract/delta", &delta_maker);
  tn_contract_add_provider_tests ("/graph/contract/no-delta", &no_delta_maker);
  tn_contract_add_provider_tests ("/graph/contract/pages-of-one", &pages_maker);
  tn_contract_add_provider_tests ("/graph/contract/no-delta-pages-of-one", &no_delta_pages_maker);
  tn_contract_add_provider_tests ("/graph/contract/remembers-removed", &remembering_maker);
  return g_test_run ();
}
