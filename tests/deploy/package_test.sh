#!/usr/bin/env bash
# Makes the Debian package and looks at it as its user would: what it depends on, whether its units
# are sound, and whether the program runs from where it is unpacked.
# usage: package_test.sh BUILD_DIR
set -euo pipefail

build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "package: $*" >&2
    exit 1
}

for tool in cpack dpkg-deb dpkg-shlibdeps; do
    if ! command -v "$tool" >/dev/null; then
        echo "SKIPPED: $tool is not here"
        exit 77
    fi
done

cpack --config "$build/CPackConfig.cmake" -B "$work/out" >"$work/cpack.log" 2>&1 ||
    { cat "$work/cpack.log" >&2; fail "cpack failed"; }
package=$(find "$work/out" -maxdepth 1 -name '*.deb')
[[ -f $package ]] || fail "no package was made"

depends=$(dpkg-deb --field "$package" Depends)
for library in libc6 libcurl4 libsodium23 libxgboost0 tzdata; do
    [[ $depends == *$library* ]] || fail "does not depend on $library: $depends"
done
[[ $(dpkg-deb --ctrl-tarfile "$package" | tar --extract --to-stdout ./conffiles) == /etc/tipoff/tipoff.yaml ]] ||
    fail "the configuration would be overwritten by an upgrade"

dpkg-deb --extract "$package" "$work/root"
tipoff=$work/root/usr/bin/tipoff
[[ $("$tipoff" version) == tipoff\ * ]] || fail "the program does not run where it is unpacked"
"$tipoff" --home "$work/home" status --date 2026-01-20 >/dev/null 2>&1 && fail "a home out of nothing"
for document in README.md CHANGELOG.md copyright getting-started.md; do
    [[ -f $work/root/usr/share/doc/tipoff/$document ]] || fail "no $document"
done

units=$work/root/usr/lib/systemd/system
for unit in "$units/tipoff.service" "$units/tipoff-worker@.service"; do
    [[ -f $unit ]] || fail "no $unit"
    # What a unit names has to be in the package.
    program=$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$unit")
    [[ -x $work/root$program ]] || fail "$unit starts $program, which is not in the package"
    # Judged with the program where it is unpacked; only what is said of this unit counts.
    judged=$work/$(basename "${unit/@/@1}")
    sed "s|^ExecStart=/usr|ExecStart=$work/root/usr|" "$unit" >"$judged"
    if command -v systemd-analyze >/dev/null; then
        said=$(systemd-analyze verify --man=no "$judged" 2>&1 | grep --fixed-strings "$(basename "$judged")" || true)
        [[ -z $said ]] || fail "$said"
    fi
done
echo "package: $(basename "$package"), $(stat --format=%s "$package") bytes"
