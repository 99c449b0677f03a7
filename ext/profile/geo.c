/*
** Points and geometries (geo.h).
**
** R1  A point is a longitude from -180 to 180, then a latitude from -90 to 90; one blank may follow the
**     comma.
** R2  GeoJSON (RFC 7946): the members that the type asks for; coordinates are nested as deep as the type has
**     it and each position has two numbers or more. What is empty is a geometry. Collections stand at most
**     MOST_DEPTH deep.
** R3  TopoJSON: a Topology with objects and arcs.
*/
#include <string.h>

#include "geo.h"
#include "json_read.h"
#include "number.h"

enum { MOST_DEPTH = 16 };

static bool is_degree(SitoText text, double most) {
    static const SitoNumberForm form = {.decimal = {".", 1}, .exponents = true};
    SitoNumber number;
    if (!sito_number_read(text, &form, &number) || number.is_special) {
        return false;
    }
    double value = sito_number_real(&number);
    return value >= -most && value <= most;
}

bool sito_geo_is_pair(SitoText value) {
    const char *comma = value.size > 0 ? memchr(value.data, ',', value.size) : NULL;
    if (comma == NULL) {
        return false;
    }
    size_t left = (size_t)(comma - value.data), right = left + 1;
    right += right < value.size && value.data[right] == ' ';
    return is_degree((SitoText){value.data, left}, 180) &&
           is_degree((SitoText){value.data + right, value.size - right}, 90);
}

static bool is_number(SitoText value) {
    return value.size > 0 &&
           (value.data[0] == '-' || (value.data[0] >= '0' && value.data[0] <= '9'));
}

bool sito_geo_is_array(SitoText value) {
    SitoJsonReader reader = {.text = value};
    SitoText key, item;
    int count = 0;
    if (!sito_json_is(value, '[')) {
        return false;
    }
    while (sito_json_next(&reader, &key, &item)) {
        if (count == 2 || !is_number(item) || !is_degree(item, count == 0 ? 180 : 90)) {
            return false;
        }
        count++;
    }
    return count == 2;
}

bool sito_geo_is_object(SitoText value) {
    SitoJsonReader reader = {.text = value};
    SitoText key, item;
    int longitudes = 0, latitudes = 0;
    if (!sito_json_is(value, '{')) {
        return false;
    }
    while (sito_json_next(&reader, &key, &item)) {
        bool longitude = sito_text_equal(key, SITO_LITERAL("lon"));
        bool latitude = sito_text_equal(key, SITO_LITERAL("lat"));
        if (longitude == latitude || !is_number(item) || !is_degree(item, longitude ? 180 : 90)) {
            return false;
        }
        longitudes += longitude, latitudes += latitude;
    }
    return longitudes == 1 && latitudes == 1;
}

/* ---- GeoJSON ---- */

typedef struct Members {
    SitoText type, coordinates, geometries, geometry, features, properties, objects, arcs;
} Members;

static Members read_members(SitoText object) {
    Members m = {0};
    const struct {
        const char *name;
        SitoText *to;
    } known[] = {{"type", &m.type},
                 {"coordinates", &m.coordinates},
                 {"geometries", &m.geometries},
                 {"geometry", &m.geometry},
                 {"features", &m.features},
                 {"properties", &m.properties},
                 {"objects", &m.objects},
                 {"arcs", &m.arcs}};
    SitoJsonReader reader = {.text = object};
    SitoText key, value;
    while (sito_json_next(&reader, &key, &value)) {
        for (size_t i = 0; i < SITO_COUNT(known); i++) {
            if (sito_text_equal(key, (SitoText){known[i].name, strlen(known[i].name)})) {
                *known[i].to = value;
            }
        }
    }
    return m;
}

static bool begins(SitoText value, char c) {
    return value.size > 0 && value.data[0] == c;
}

static bool is_null(SitoText value) {
    return sito_text_equal(value, SITO_LITERAL("null"));
}

/* Arrays `levels` deep, the innermost of two numbers or more. */
static bool is_nested(SitoText value, int levels) {
    SitoJsonReader reader = {.text = value};
    SitoText key, item;
    size_t count = 0;
    if (!begins(value, '[')) {
        return false;
    }
    for (; sito_json_next(&reader, &key, &item); count++) {
        if (levels == 1 ? !is_number(item) : !is_nested(item, levels - 1)) {
            return false;
        }
    }
    return levels > 1 || count != 1;
}

static int levels_of(SitoText type) {
    static const struct {
        const char *name;
        int levels;
    } types[] = {{"\"Point\"", 1},           {"\"MultiPoint\"", 2}, {"\"LineString\"", 2},
                 {"\"MultiLineString\"", 3}, {"\"Polygon\"", 3},    {"\"MultiPolygon\"", 4}};
    for (size_t i = 0; i < SITO_COUNT(types); i++) {
        if (sito_text_equal(type, (SitoText){types[i].name, strlen(types[i].name)})) {
            return types[i].levels;
        }
    }
    return 0;
}

typedef enum Part { PART_ANY, PART_GEOMETRY, PART_FEATURE } Part;

static bool is_geo(SitoText value, Part part, int depth);

static bool are_geo(SitoText array, Part part, int depth) {
    SitoJsonReader reader = {.text = array};
    SitoText key, item;
    if (!begins(array, '[')) {
        return false;
    }
    while (sito_json_next(&reader, &key, &item)) {
        if (!is_geo(item, part, depth + 1)) {
            return false;
        }
    }
    return true;
}

/* R2 */
static bool is_geo(SitoText value, Part part, int depth) {
    if (!begins(value, '{') || depth > MOST_DEPTH) {
        return false;
    }
    Members m = read_members(value);
    int levels = levels_of(m.type);
    if (levels > 0) {
        return part != PART_FEATURE && is_nested(m.coordinates, levels);
    }
    if (sito_text_equal(m.type, SITO_LITERAL("\"GeometryCollection\""))) {
        return part != PART_FEATURE && are_geo(m.geometries, PART_GEOMETRY, depth);
    }
    if (sito_text_equal(m.type, SITO_LITERAL("\"Feature\""))) {
        return part != PART_GEOMETRY && (begins(m.properties, '{') || is_null(m.properties)) &&
               (is_null(m.geometry) || is_geo(m.geometry, PART_GEOMETRY, depth + 1));
    }
    return part == PART_ANY && sito_text_equal(m.type, SITO_LITERAL("\"FeatureCollection\"")) &&
           are_geo(m.features, PART_FEATURE, depth);
}

static SitoText without_blanks(SitoText text) {
    while (text.size > 0 && text.data[0] != '{') {
        text.data++, text.size--;
    }
    return text;
}

bool sito_geo_is_geojson(SitoText value) {
    return sito_json_is(value, '{') && is_geo(without_blanks(value), PART_ANY, 0);
}

bool sito_geo_is_topojson(SitoText value) {
    if (!sito_json_is(value, '{')) {
        return false;
    }
    Members m = read_members(value);
    return sito_text_equal(m.type, SITO_LITERAL("\"Topology\"")) && begins(m.objects, '{') &&
           begins(m.arcs, '[');
}
