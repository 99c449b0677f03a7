/*
** The type of a field as a Table Schema declares it, and whether a value fits it (field_type.c).
*/
#ifndef SITO_PROFILE_FIELD_TYPE_H
#define SITO_PROFILE_FIELD_TYPE_H

#include "base/sito.h"
#include "moment.h"
#include "number.h"

typedef enum SitoTypeName {
    TYPE_ANY, /* also: not declared */
    TYPE_STRING,
    TYPE_INTEGER,
    TYPE_NUMBER,
    TYPE_BOOLEAN,
    TYPE_DATE,
    TYPE_DATETIME,
    TYPE_TIME,
    TYPE_YEAR,
    TYPE_YEARMONTH,
    TYPE_OTHER /* object, array, list, geopoint, geojson, duration: every text fits */
} SitoTypeName;

typedef struct SitoTexts {
    SitoText *items;
    size_t count;
} SitoTexts;

typedef struct SitoFieldType {
    SitoTypeName name;
    SitoText pattern; /* of dates and times; empty: the default; "any" */
    SitoNumberForm number;
    SitoTexts trues, falses; /* of booleans; none: the defaults */
} SitoFieldType;

/* What a value looks like, whatever was declared. */
typedef enum SitoClass { CLASS_TEXT, CLASS_INTEGER, CLASS_NUMBER, CLASS_DATE } SitoClass;

typedef enum SitoOrder { ORDER_TEXT, ORDER_NUMBER, ORDER_MOMENT } SitoOrder;

typedef struct SitoJudgement {
    SitoClass class;
    bool fits;
    bool leading_zeros;
    union {
        SitoNumber number;
        SitoMoment moment;
    } value; /* set where it fits and the type's order is not ORDER_TEXT */
} SitoJudgement;

/* The type of that name; TYPE_OTHER for one that is not checked, ANY for none. False: no such type. */
bool sito_type_find(SitoText name, SitoTypeName *type);
SitoOrder sito_type_order(SitoTypeName type);
void sito_type_judge(const SitoFieldType *type, SitoText value, SitoJudgement *judgement);

#endif
