/* daemon/wheel/hosts.h — who hosts when, years ahead: a row for each year, a column for each role
 */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* Texts are clean lines in the collaboration's language. */
typedef struct
{
  const TnSeries *series; /* (unowned) of the plan */
  const TnRoleRule *role; /* (unowned) likewise */
  char *name;             /* (owned) of the series */
  char *role_name;        /* (owned) `Vært` */
} TnHostsColumn;

typedef struct
{
  int year;
  char **cells; /* (owned) as many as there are columns; "" where nothing is held */
} TnHostsRow;

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the plan */
  char *name;                           /* (owned) of the collaboration */
  char *heading;                        /* (owned) */
  GPtrArray *columns;                   /* (owned) (element-type TnHostsColumn) */
  GPtrArray *rows;                      /* (owned) (element-type TnHostsRow) by year */
} TnHosts;

#define TN_HOSTS_YEARS 10

TnHosts *tn_hosts_new (const TnPlan *plan, const TnCollaboration *collaboration, int first_year,
                       int n_years);
void tn_hosts_free (TnHosts *hosts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHosts, tn_hosts_free)

void tn_hosts_append_text (GString *page, const TnHosts *hosts);
void tn_hosts_append_html (GString *html, const TnHosts *hosts);

G_END_DECLS
