/* plugins/caldav/xml.h — a server's XML, element by element and without a tree */
#pragma once

#include "turnus-plugin.h"

#include <libxml/xmlreader.h>

typedef xmlTextReader CaldavXml;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaldavXml, xmlFreeTextReader)

CaldavXml *caldav_xml_open (GBytes *body, GError **error);
int caldav_xml_next (CaldavXml *xml, GError **error);
gboolean caldav_xml_is (CaldavXml *xml, const char *namespace_uri, const char *name);
