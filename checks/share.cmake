# cmake -DSITO=program -DOUTPUT=folder -P share.cmake: what goes into share/ beside the program: pages of
# the manual in both languages, completion for bash, zsh and fish.
function(run_sito output)
  execute_process(COMMAND ${SITO} ${ARGN} -o ${OUTPUT}/${output} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man/man1 ${OUTPUT}/man/pl/man1 ${OUTPUT}/bash-completion/completions
     ${OUTPUT}/zsh/site-functions ${OUTPUT}/fish/vendor_completions.d)
run_sito(bash-completion/completions/sito completion bash --lang pl)
run_sito(zsh/site-functions/_sito completion zsh --lang pl)
run_sito(fish/vendor_completions.d/sito.fish completion fish --lang pl)

# The page of the program lists the commands that have pages of their own.
run_sito(man/man1/sito.1 manual --lang en)
run_sito(man/pl/man1/sito.1 manual --lang pl)
file(STRINGS ${OUTPUT}/man/man1/sito.1 commands REGEX "^\\.BR sito.*-")
foreach(line IN LISTS commands)
  string(REGEX REPLACE "^\\.BR sito.-([a-z]+) .*" "\\1" command "${line}")
  run_sito(man/man1/sito-${command}.1 manual ${command} --lang en)
  run_sito(man/pl/man1/sito-${command}.1 manual ${command} --lang pl)
endforeach()
