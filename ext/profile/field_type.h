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
    TYPE_DURATION,
    TYPE_GEOPOINT,
    TYPE_GEOJSON,
    TYPE_OBJECT,
    TYPE_ARRAY,
    TYPE_LIST,
    TYPE_OTHER /* its format is not one that is checked: every text fits */
} SitoTypeName;

/* Of strings, of points and of geometries. */
typedef enum SitoFormat {
    FORMAT_DEFAULT,
    FORMAT_EMAIL,
    FORMAT_URI,
    FORMAT_UUID,
    FORMAT_BINARY,
    FORMAT_ARRAY,
    FORMAT_OBJECT,
    FORMAT_TOPOJSON
} SitoFormat;

typedef struct SitoTexts {
    SitoText *items;
    size_t count;
} SitoTexts;

typedef struct SitoFieldType {
    SitoTypeName name;
    SitoText pattern; /* of dates and times; empty: the default; "any" */
    SitoFormat format;
    SitoNumberForm number;
    bool dressed;            /* bareNumber is false: other characters may stand around a number */
    SitoText delimiter;      /* of lists; empty: a comma */
    SitoTypeName item;       /* of lists; ANY: strings */
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

/* False: Table Schema has no such type. */
bool sito_type_find(SitoText name, SitoTypeName *type);

/* The format of a type that is no moment; "default" and an empty name are FORMAT_DEFAULT. False: the type has
** formats, but none of that name. */
bool sito_type_format(SitoTypeName type, SitoText name, SitoFormat *format);
SitoOrder sito_type_order(SitoTypeName type);
void sito_type_judge(const SitoFieldType *type, SitoText value, SitoJudgement *judgement);

/* What minLength and maxLength count in a value that fits: items of lists, arrays and objects, else
** characters. */
int64_t sito_type_length(const SitoFieldType *type, SitoText value);

#endif
