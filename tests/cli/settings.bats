# What others than a rule say about its parameters and its severity: profiles, the office's policy, the
# descriptor (checks/runner/settings.h).

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  bats_require_minimum_version 1.5.0
  cd "$BATS_TEST_TMPDIR" || return
  mkdir -p zbior reguly/consistency
  printf 'lp;rok\n1;2024\n2;2024\n3;2023\n' >zbior/a.csv
  describe ''
  # Three records: the rule finds them where they are more than `most`.
  cat >reguly/consistency/few.sql <<'END'
-- id: few
-- title.en: T
-- title.pl: T
-- severity: warning
-- severity.allowed: note warning error
-- param: most integer 5   the most | najwięcej
-- param: word text tak   a word | słowo
-- stricter: most lower
-- basis: B
-- message.en: {count} above {most}, {word}
-- message.pl: {count} ponad {most}, {word}
-- why.en: W
-- why.pl: W
-- fix.en: F
-- fix.pl: F
-- since: 0.1
SELECT NULL AS field, NULL AS line, rows AS count, :most AS most, :word AS word FROM resource WHERE rows > :most
END
}

# describe QUALITY
describe() {
  cat >zbior/datapackage.json <<END
{"name": "lata", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
   {"name": "rok", "type": "year", "disclosure": {"role": "public", "reason": "no-person", "basis": "b"}}]},
  "disclosure": {"persons": "none"}, "quality": [$1]}]}
END
}

check() {
  run --separate-stderr "$SITO" check --lang en --rules reguly --format json "$@" zbior
}

# answers STATUS TEXT: the last check ended so and its report or its message holds the text
answers() {
  [ "$status" -eq "$1" ]
  [[ $output$stderr == *"$2"* ]]
}

@test "a rule has its own parameters and severity where nobody set them" {
  check
  [ "$status" -eq 0 ]
  [[ $output != *'"code":"few"'* ]]
}

@test "the policy sets parameters and severity, and the report says so" {
  echo '{"rules": {"few": {"most": 2, "word": "nie"}}}' >policy.json
  check --policy policy.json
  answers 0 '3 above 2, nie'
  [[ $output == *'"severity":"warning"'* ]]
  [[ $output == *"The office set parameters of rules (in brackets the built-in value): few: most 2 (5), few: word nie (tak)"* ]]
  echo '{"rules": {"few": {"most": 2, "severity": "error"}}}' >policy.json
  check --policy policy.json
  answers 1 '3 above 2, tak'
  [[ $output == *'"severity":"error"'* ]]
}

@test "what a policy cannot set is named" {
  for case in '{"fwe": {}};there is no rule '\''fwe'\'' (did you mean few?)' \
    '{"few": {"mots": 1}};the rule few has no parameter '\''mots'\''' \
    '{"few": {"most": "x"}};must have the type integer' '{"few": {"most": 1.5}};must have the type integer' \
    '{"few": {"severity": "fatal"}};does not allow that severity; allowed changes: note warning error' \
    '{"ragged-row": {"severity": "note"}};allowed changes: none' \
    '{"few": 3};must be an object' '{"k-anonymity": {"k": 9}};the threshold '\''k'\'' is not set with a rule'; do
    echo "{\"rules\": ${case%%;*}}" >policy.json
    check --policy policy.json
    [ "$status" -eq 2 ]
    [[ $stderr == *"${case#*;}"* ]]
    run "$SITO" lint --lang en --rules reguly --policy policy.json zbior
    [ "$status" -eq 2 ]
    [[ $output == *"${case#*;}"* ]]
  done
}

@test "a data set may be stricter, and a looser value is a finding and not used" {
  describe '{"id": "q", "rule": "few", "arguments": {"most": 1}, "severity": "error"}'
  check
  answers 1 '3 above 1, tak'
  describe '{"id": "q", "rule": "few", "arguments": {"most": 9}, "severity": "note"}'
  echo '{"rules": {"few": {"most": 2}}}' >policy.json
  check --policy policy.json
  answers 1 '3 above 2, tak'
  [[ $output == *'The descriptor sets few: most to 9, the policy to 2; 2 was used'* ]]
  [[ $output == *'The descriptor sets few: severity to note, the policy to warning; warning was used'* ]]
}

@test "a data set sets no parameter that has no stricter side, and no rule that there is not" {
  describe '{"id": "q", "rule": "few", "arguments": {"word": "x"}}'
  check
  answers 2 "the parameter 'word' is not set in a descriptor"
  describe '{"id": "q", "rule": "feww"}'
  check
  answers 2 "resources[0].quality[0]: there is no rule 'feww' (did you mean few?)"
  describe '{"id": "q", "rule": "few", "metric": "rowCount", "mustBe": 3}'
  check
  answers 2 "one of the keys metric, query"
}

@test "a profile is named by the option, else by the policy; an unknown one is refused" {
  echo '{"rules": {"few": {"most": 2}}, "profile": "strict"}' >policy.json
  check --policy policy.json
  answers 1 '"profile": "strict"'
  [[ $output == *'"fail_on": "warning"'* ]]
  check --policy policy.json --profile default
  answers 0 '"profile": "default"'
  check --policy policy.json --fail-on error
  answers 0 '"profile": "strict"'
  check --profile strct
  answers 2 "there is no profile 'strct' (did you mean strict?); profiles: dane.gov.pl, default, strict" ||
    answers 2 "there is no profile 'strct' (did you mean strict?); profiles: default, strict"
}

@test "a rule of a profile runs in that profile alone, and the digest tells the profiles apart" {
  sed 's/^-- id: few/-- id: few-strict/; s/^-- since/-- profile: strict\n-- since/; s/integer 5/integer 1/' \
    reguly/consistency/few.sql >reguly/consistency/few-strict.sql
  check
  [ "$status" -eq 0 ]
  [[ $output != *few-strict* ]]
  plain=$(grep '"digest"' <<<"$output")
  check --profile strict
  answers 1 '"code":"few-strict"'
  [ "$plain" != "$(grep '"digest"' <<<"$output")" ]
}

@test "a policy looser than the built-in thresholds is kept and shown" {
  echo '{"k": 3, "t": 0.5, "l": 3}' >policy.json
  run "$SITO" check --lang pl --policy policy.json zbior
  [ "$status" -eq 0 ]
  [[ $(tr -s ' \n' ' ' <<<"$output") == *"Polityka urzędu jest łagodniejsza niż progi wbudowane (w nawiasie): k 3 (5), t 0.5 (0.3)."* ]]
}
