# Shared by the scripts beside it: source it first. Moves to the root of the checkout.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# show_help ARGUMENTS...: prints usage() and ends the script when the first argument asks for it.
show_help() {
    if [[ ${1:-} == --help || ${1:-} == -h ]]; then
        usage
        exit 0
    fi
}

# run_logged LOG COMMAND...: output goes to LOG; the step under way is shown on a terminal; on
# failure the end of the log is shown.
run_logged() {
    local log=$1 line status=0
    shift
    if [[ -t 2 ]]; then
        "$@" 2>&1 | tee --append "$log" | while IFS= read -r line; do
            printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$line" >&2
        done || status=$?
        printf '\r\033[K' >&2
    else
        "$@" >>"$log" 2>&1 || status=$?
    fi
    [[ $status -eq 0 ]] && return
    echo "failed: $*" >&2
    tail --lines=40 "$log" >&2
    echo "the whole log: $PWD/$log" >&2
    return "$status"
}

# build PRESET [TARGETS...]: configures and builds, quietly.
build() {
    local preset=$1 log=build/$1.log
    shift
    mkdir -p build
    : >"$log"
    run_logged "$log" cmake --preset "$preset"
    run_logged "$log" cmake --build --preset "$preset" --parallel "$(nproc)" --target "${@:-all}"
}

# run_tests PRESET [ARGUMENTS...]: all tests of a built preset; ends by ctest's own closing lines.
run_tests() {
    local preset=$1
    shift
    # One more than there are cores: tests of other processes and disks wait now and then.
    ctest --preset "$preset" --parallel "$(($(nproc) + 1))" "$@"
}
