/* tests/store/place.h — a state folder for one test */
#pragma once

#include <glib.h>

typedef char Place;

Place *place_new (void);
void place_remove (Place *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_remove)

char *place_read (const Place *place, const char *name);
void place_write (const Place *place, const char *name, const char *text);
gboolean place_has (const Place *place, const char *name);
