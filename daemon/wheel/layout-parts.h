/* daemon/wheel/layout-parts.h — the parts of a layout, each in a file of its own
 *
 * They are called in this order, and each reads what those before it found. */
#pragma once

#include "wheel/layout.h"

G_BEGIN_DECLS

TnInscription *tn_inscription_new (const char *text, double x, double y, double size,
                                   TnAlign align);
void tn_inscription_free (TnInscription *inscription);
void tn_inscription_get_corners (const TnInscription *inscription, double ret_corners[4][2]);

double tn_dial_get_angle (const TnLayout *layout, TnDate date);

void tn_lanes_fill (TnLayout *layout);
void tn_lanes_free_lane (gpointer lane);
void tn_lanes_free_arc (gpointer arc);
void tn_lanes_free_dot (gpointer dot);

void tn_dial_fill (TnLayout *layout, TnDate today, const GArray *holidays);
void tn_dial_free_shade (gpointer shade);

double tn_legend_fill (TnLayout *layout);

void tn_labels_fill (TnLayout *layout, double bottom);
void tn_labels_free_label (gpointer label);

G_END_DECLS
