/* daemon/wheel/column.h — boxes above each other, each as near as can be to where it wants to be */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double wanted; /* where its top would be best */
  double height; /* with the distance to the next one */
  double top;    /* the answer */
} TnColumnBox;

gboolean tn_column_place (TnColumnBox *boxes, guint n_boxes, double top, double bottom);

G_END_DECLS
