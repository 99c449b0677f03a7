# Fuzzing: every tests/fuzz/NAME.c is a libFuzzer target. Whatever compiles the rest, these are built
# by clang, with all of sito compiled anew for the fuzzer. Each runs for 20 seconds as a test, from
# the inputs kept in tests/fuzz/corpus/NAME; longer by hand: build/dev/fuzz_NAME FOLDER.
find_tests(files fuzz/*.c)
if(NOT files)
  return()
endif()

find_program(CLANG NAMES clang clang-14)
set(flags -fsanitize=address,undefined -fno-sanitize-recover=undefined)
if(CLANG)
  file(WRITE ${CMAKE_BINARY_DIR}/fuzz/probe.c
       "int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return d && n > 9; }\n")
  execute_process(COMMAND ${CLANG} -fsanitize=fuzzer ${flags} ${CMAKE_BINARY_DIR}/fuzz/probe.c
                          -o ${CMAKE_BINARY_DIR}/fuzz/probe
                  RESULT_VARIABLE absent OUTPUT_QUIET ERROR_QUIET)
endif()
if(NOT CLANG OR absent)
  sito_test(fuzz none sh -c "echo 'skipped: clang or its libFuzzer (libclang-rt-14-dev) is absent'; exit 77")
  return()
endif()

set(compile ${CLANG} -std=c11 -g -O1 -DSQLITE_CORE -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64
            -I${CMAKE_SOURCE_DIR}/ext -I${CMAKE_SOURCE_DIR}/checks ${flags})
set(libraries -lsqlite3 -licuuc -licui18n -lcrypto -lz ${CSV_LIBRARY} -lm)

get_property(sources GLOBAL PROPERTY SITO_SOURCES)
set(objects)
foreach(source IN LISTS sources)
  cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE name)
  string(REPLACE / _ name ${name})
  set(object ${CMAKE_BINARY_DIR}/fuzz/${name}.o)
  add_custom_command(OUTPUT ${object}
    COMMAND ${compile} -fsanitize=fuzzer-no-link -MD -MF ${object}.d -c ${source} -o ${object}
    DEPENDS ${source} DEPFILE ${object}.d VERBATIM)
  list(APPEND objects ${object})
endforeach()
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/fuzz/libsito.a
  COMMAND ${CMAKE_COMMAND} -E rm -f ${CMAKE_BINARY_DIR}/fuzz/libsito.a
  COMMAND ${CMAKE_AR} qc ${CMAKE_BINARY_DIR}/fuzz/libsito.a ${objects}
  DEPENDS ${objects} VERBATIM)

foreach(file IN LISTS files)
  cmake_path(GET file STEM name)
  set(program ${CMAKE_BINARY_DIR}/fuzz_${name})
  add_custom_command(OUTPUT ${program}
    COMMAND ${compile} -fsanitize=fuzzer -MD -MF ${program}.d ${CMAKE_CURRENT_SOURCE_DIR}/${file}
            ${CMAKE_BINARY_DIR}/fuzz/libsito.a ${libraries} -o ${program}
    DEPENDS ${file} ${CMAKE_BINARY_DIR}/fuzz/libsito.a DEPFILE ${program}.d VERBATIM)
  add_custom_target(build_fuzz_${name} ALL DEPENDS ${program})
  sito_test(fuzz ${name} sh ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/smoke ${program}
            ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
endforeach()
