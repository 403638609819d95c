/* A wheel is a picture; who cannot see it, or wants to copy a date, finds the same in the tables
 * below it, and who hosts in the years to come. Printed, the picture is A3 and the tables are A4.
 */
#include "wheel/html.h"

#include "wheel/hosts.h"
#include "wheel/markup.h"
#include "wheel/page.h"
#include "wheel/programme-writers.h"
#include "wheel/svg.h"

/**
 * tn_html_append_wheel:
 * @base: (nullable): what the addresses of events begin with
 *
 * The picture as part of a page; its title is in it.
 */
void
tn_html_append_wheel (GString *markup, const TnLayout *layout, const char *base)
{
  tn_markup_open (markup, "figure", "class", "wheel", NULL);
  g_string_append_c (markup, '\n');
  tn_svg_append (markup, layout, base);
  tn_markup_close (markup, "figure");
  g_string_append_c (markup, '\n');
}

/**
 * tn_html_from_layouts:
 * @layouts: (element-type TnLayout): at least one
 * @plan: that they are of, with the ten years from theirs on
 *
 * Returns: (transfer full): one file that needs no other
 */
char *
tn_html_from_layouts (const GPtrArray *layouts, const TnPlan *plan)
{
  const TnLayout *first = g_ptr_array_index (layouts, 0);
  g_autoptr (GString) content = g_string_new (NULL);
  for (guint i = 0; i < layouts->len; i++)
    {
      const TnLayout *layout = g_ptr_array_index (layouts, i);
      tn_html_append_wheel (content, layout, NULL);
      tn_programme_append_html (content, layout->programme);
      g_autoptr (TnHosts) hosts
          = tn_hosts_new (plan, layout->collaboration, layout->year, TN_HOSTS_YEARS);
      tn_hosts_append_html (content, hosts);
    }
  TnPage page = { .language = first->collaboration->language,
                  .title = first->title,
                  .has_heading = TRUE,
                  .content = content->str };
  return tn_page_to_html (&page);
}
