/* daemon/provider/loader.h — plugins: found, checked, refused or opened */
#pragma once

#include "base/clock.h"
#include "http/client.h"
#include "provider/provider.h"
#include "provider/publication.h"
#include "provider/witness.h"

G_BEGIN_DECLS

typedef struct _TnLoader TnLoader;

TnLoader *tn_loader_new (const char *folder, TnClock *clock);
void tn_loader_free (TnLoader *loader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLoader, tn_loader_free)

void tn_loader_set_witness (TnLoader *loader, TnWitness *witness);
const TurnusPlugin *tn_loader_load (TnLoader *loader, const char *name, GError **error);
TnProvider *tn_loader_open (TnLoader *loader, const char *plugin, const char *calendar,
                            GHashTable *options, const char *base_dir, const char *binding,
                            TnClient *client, GError **error);
TnPublication *tn_loader_publish (TnLoader *loader, const char *plugin, const TnPublishing *what,
                                  const TnAudience *audience, GError **error);

G_END_DECLS
