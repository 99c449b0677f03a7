/*
** What the module offers to SQL, each function once. module.c includes it with HERE(x) x; declared.c
** with HERE(x) NULL, since sito.so tells of these functions without having them.
*/
static const SitoFunction functions[] = {
    {.name = "remote",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = HERE(&sito_remote_table_module),
     .args =
         "url='https://…' or data='TEXT', format, rows, columns, page, page_param, page_first, page_size, "
         "size_param, next, cursor, total, max_pages, max_page, http_header, auth_env, auth_file, auth_header, "
         "auth_prefix, auth_param, cache, cache_bytes, max_age, offline, max_bytes, timeout, "
         "connect_timeout, attempts, quota, any_length, allow_private, ca_file, proxy, sha256, preset, "
         "and the options of csv",
     .sentence =
         "What an address answers, as a table: csv as the table csv reads it, json and ndjson "
         "with rows and columns by paths, page after page, through the cache.",
     .example =
         "CREATE VIRTUAL TABLE temp.t USING remote(data='[{\"kod\": \"0201\", \"osoby\": 12}]')"},
    {.name = "bdl",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = HERE(&sito_remote_table_module),
     .args =
         "variable, level, years, unit, aggregate, subject, lang, read, base, and what concerns the "
         "transport",
     .sentence =
         "Statistics of the Local Data Bank (BDL) of Statistics Poland: values by unit and year, "
         "missing ones NULL with their attribute, units with their TERYT code; read='data', "
         "'units', 'variables', 'subjects' or 'attributes'.",
     .example = "CREATE VIRTUAL TABLE temp.l USING bdl(variable='72305', level='5', "
                "years='2020-2024', auth_env='BDL_KEY')"},
    {.name = "ckan",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = HERE(&sito_remote_table_module),
     .args = "portal, resource, search, read, base, and what concerns the transport",
     .sentence = "A resource of a portal that runs CKAN: the rows of its datastore, or its file; "
                 "read='datastore', 'file' or 'packages'.",
     .example = "CREATE VIRTUAL TABLE temp.o USING ckan(portal='https://otwartedane.gdynia.pl', "
                "resource='6db2e083-72b8-4f92-a6ab-678fc8461865')"},
    {.name = "danegov",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = HERE(&sito_remote_table_module),
     .args = "resource, dataset, read, base, and what concerns the transport",
     .sentence = "A resource of dane.gov.pl: the rows that the portal shows of it, or its file; "
                 "read='table', 'file' or 'resources'.",
     .example = "CREATE VIRTUAL TABLE temp.d USING danegov(resource='12345', read='file')"},
    {.name = "remote_cache",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .tables = HERE(cache_tables),
     .args = "cache",
     .sentence = "The answers that the cache folder keeps: where they came from, how old and large "
                 "they are, and whether their bytes are there and being read.",
     .example = "SELECT url, age, bytes, state FROM remote_cache('pamiec')"},
    {.name = "remote_cache_clean",
     .kind = SITO_SCALAR,
     .power = SITO_DIRECT,
     .min_args = 1,
     .max_args = 2,
     .call = HERE(cache_clean),
     .args = "bytes, cache",
     .sentence =
         "Removes from the cache folder what was used longest ago, until at most so many bytes "
         "are left; gives the bytes that were freed. What is being read stays.",
     .example = "SELECT remote_cache_clean(1000000000, 'pamiec')"},
};
