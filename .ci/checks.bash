# Sourced by .ci/run and .ci/fast: phases with their times, checks with their results, the sums at the end.

checks_passed=0
checks_failed=0
phase_name=''
phase_began=0

end_phase() {
  [ -z "$phase_name" ] || printf -- '--- %s took %d s\n' "$phase_name" $((SECONDS - phase_began))
}

phase() {
  end_phase
  phase_name=$1
  phase_began=$SECONDS
  printf -- '--- %s\n' "$phase_name"
}

# check WHAT COMMAND...: runs the command and counts whether it succeeded.
check() {
  local what=$1
  shift
  if "$@"; then
    checks_passed=$((checks_passed + 1))
    echo "ok: $what"
  else
    checks_failed=$((checks_failed + 1))
    echo "NOT OK: $what"
  fi
}

# Reports of an earlier run would be counted as if they were of this one.
forget_reports() {
  find . -path '*/target/surefire-reports/*' -name '*.xml' -delete
}

# What our streams are compared with; PythonSubunitTests says so when it is left out.
python_subunit() {
  local python=/usr/bin/python3
  "$python" -c 'import subunit.v2' 2>/dev/null && return 0
  if [ "$(id -u)" -eq 0 ] && type apt-get >/dev/null 2>&1; then
    DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends python3-subunit >/dev/null 2>&1
  fi
  "$python" -c 'import subunit.v2' 2>/dev/null || echo "left out: python-subunit is not installed (Debian: python3-subunit)"
}

# A module that surefire skips would look like success. (TestSourcesTests sees to it that tests are in *Tests.java.)
every_test_class_has_a_report() {
  local source name missing=0 seen=0
  while read -r source; do
    seen=$((seen + 1))
    name=${source##*/src/test/java/}
    name=${name%.java}
    if [ ! -f "${source%%/src/test/java/*}/target/surefire-reports/TEST-${name//\//.}.xml" ]; then
      echo "no report of $source"
      missing=1
    fi
  done < <(find . -path '*/src/test/java/*' -name '*Tests.java' -not -path '*/target/*')
  echo "$seen test classes"
  [ "$seen" -gt 0 ] && [ "$missing" -eq 0 ]
}

no_test_library_shipped() {
  local shipped
  shipped=$(ls cli/target/headgate/lib) || return 1
  ! grep -E 'junit|assertj|archunit|jspecify|errorprone|opentest4j' <<<"$shipped"
}

# The home of a JDK that is too old to compile us and new enough to run Maven; fails if this machine has none.
older_jdk() {
  local release version
  for release in /usr/lib/jvm/*/release; do
    version=$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$release" 2>/dev/null)
    if [ -n "$version" ] && [ "$version" -ge 17 ] && [ "$version" -lt 25 ]; then
      dirname "$release"
      return 0
    fi
  done
  return 1
}

# From a clean copy, since only a jar that is made anew shows whether an older JDK can make it.
packages_with_maven_on() {
  local copy status
  copy=$(mktemp -d) || return 1
  git clone --quiet . "$copy/clone" &&
    (cd "$copy/clone" && JAVA_HOME=$1 mvn --batch-mode --no-transfer-progress --quiet \
      -pl model,picocli -am -Dmaven.test.skip=true package)
  status=$?
  rm -rf "$copy"
  return "$status"
}

first_use() {
  rm -rf target/headgate
  ./headgate --version | grep -E '^headgate [0-9]'
}

starts_from_cache() {
  compgen -G 'target/headgate/dist-*/*.aot' >/dev/null || { cat target/headgate/dist-*/*.aot.tried/log; return 1; }
  local began=${EPOCHREALTIME/./} out
  out=$(./headgate --help 2>&1) || return 1
  echo "headgate --help took $(((${EPOCHREALTIME/./} - began) / 1000)) ms"
  # What a JVM says about its cache would stand on standard output or standard error.
  ! grep -iE 'warning|\[aot|\[cds' <<<"$out"
}

# Sums of an attribute over the <testsuite> elements of every surefire report.
sum_of() {
  find . -path '*/target/surefire-reports/TEST-*.xml' -exec grep -hE -m 1 '<testsuite ' {} + |
    sed -E "s/.* $1=\"([0-9]+)\".*/\1/" | awk '{ sum += $1 } END { print sum + 0 }'
}

summary() {
  end_phase
  local tests failures errors skipped passed failed
  tests=$(sum_of tests)
  failures=$(sum_of failures)
  errors=$(sum_of errors)
  skipped=$(sum_of skipped)
  check "tests were run" test "$tests" -gt 0
  passed=$((tests - failures - errors - skipped + checks_passed))
  failed=$((failures + errors + checks_failed))
  echo "in $SECONDS s: $tests tests ($skipped skipped), $((checks_passed + checks_failed)) checks"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
