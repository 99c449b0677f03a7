/*
** The network part of the program: sito_remote.so, loaded when a source asks for it. libcurl and the 30
** libraries behind it cost every start 15 ms, so that nothing of them is linked.
*/
#ifndef SITO_NETWORK_H
#define SITO_NETWORK_H

#include "common/language.h"

/* Has the warehouse load it from beside the program, or from ../lib/sqlite3 of an installation. */
void sito_network_use(SitoLanguage language);

#endif
