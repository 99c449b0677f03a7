/*
** What the module offers to SQL, each function once. module.c includes it with HERE(x) x; declared.c
** with HERE(x) NULL, since sito.so tells of these functions without having them.
*/
static const SitoFunction functions[] = {
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
