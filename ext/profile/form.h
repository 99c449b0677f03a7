/*
** Forms of a text that Table Schema names: addresses, identifiers, base64, durations (form.c).
*/
#ifndef SITO_PROFILE_FORM_H
#define SITO_PROFILE_FORM_H

#include "base/sito.h"

bool sito_form_is_email(SitoText value);
bool sito_form_is_uri(SitoText value);
bool sito_form_is_uuid(SitoText value);
bool sito_form_is_base64(SitoText value);
bool sito_form_is_duration(SitoText value);

#endif
