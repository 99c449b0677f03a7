# sito.so exports its entry points and nothing else: SQLite loads extensions with RTLD_GLOBAL, so
# that any other symbol could meet one of the same name in another extension.
. "$(dirname "$0")/common.inc"

exported=$(nm -D --defined-only "$SITO_SO" | awk '{ print $3 }' | sort)
expected='sqlite3_sito_init
sqlite3_sitopure_init'
[ "$exported" = "$expected" ] || wrong "sito.so exports: $(echo "$exported" | tr '\n' ' ')"
exported=$(nm -D --defined-only "$BUILD/sito_remote.so" | awk '{ print $3 }' | sort)
[ "$exported" = sqlite3_sitoremote_init ] ||
  wrong "sito_remote.so exports: $(echo "$exported" | tr '\n' ' ')"
if ldd "$SITO_SO" | grep -q libcurl; then
  wrong 'sito.so needs libcurl, which belongs to sito_remote.so alone'
fi
finish
