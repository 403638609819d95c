/* plugins/exchange/ews-item.h — calendar items as EWS writes them */
#pragma once

#include "item.h"
#include "soap.h"

ExItem *ews_item_read (const xmlNode *node, GError **error);
void ews_item_ask (SoapLetter *letter);
void ews_item_write_new (SoapLetter *letter, const ExItem *item);
void ews_item_write_updates (SoapLetter *letter, const ExItem *item);
void ews_item_write_own_path (SoapLetter *letter, const char *name);
