# Shell scripts are POSIX sh, and shellcheck has nothing to say.
. "$(dirname "$0")/common.inc"

command -v shellcheck >/dev/null || skip 'there is no shellcheck'
shellcheck dev .ci/run || wrong 'see above'
# SC1091, SC2154: what common.inc brings is not followed. SC2046: lists of files are to be split.
# shellcheck disable=SC2046
shellcheck -s sh -e SC1091,SC2154,SC2046,SC2086 $(files '*.sh' '*.inc') || wrong 'see above'
finish
