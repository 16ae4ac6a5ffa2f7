# What the two launchers share; sourced, never run.
#
#   launch MODULE MAIN_CLASS JVM_FLAGS TRAINING [ARGUMENT]…
#
# finds a JDK 25, builds the jars when they are missing or older than their sources, and becomes
# the program. The arguments reach the JVM untouched, after the main class: a program that needs
# their bytes finds them in /proc/self/cmdline. TRAINING are the arguments of the run that fills the
# AOT cache, made in the root of the repository. STOREPROOF_JAVA_OPTS may add JVM flags.
# Exit status 2 when the program cannot be started.

launch() {
  module=$1 main=$2 flags=$3 training=$4
  shift 4
  self=$(readlink -f -- "$0")
  root=${self%/*/*}
  state=$root/target/launcher
  find_jdk
  if is_stale reference-fs || { [ "$module" = conformance ] && is_stale conformance; }; then
    build
  fi
  cache=$state/$module.aot
  is_cached || make_cache
  set -- -cp "$(class_path "$module")" "$main" "$@"
  # A cache that does not fit, of another JDK for one, is left unused without a word.
  [ ! -s "$cache" ] || set -- -Xlog:aot=off -Xlog:cds=off "-XX:AOTCache=$cache" "$@"
  # The kit finds bin/castore by it.
  export STOREPROOF_HOME="$root"
  # shellcheck disable=SC2086 # flags are words
  exec "$jdk/bin/java" $flags $common_flags ${STOREPROOF_JAVA_OPTS-} "$@"
}

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 2
}

common_flags='--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData'

jar_of() {
  echo "$root/$1/target/storeproof-$1-0.1.0-SNAPSHOT.jar"
}

class_path() {
  echo "$(jar_of "$1"):$root/$1/target/lib/*"
}

# Sets jdk to the first JDK 25 of $JAVA_HOME, /usr/lib/jvm and $PATH.
find_jdk() {
  seen=
  for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    [ ! -L "${jdk%/}" ] || [ "$jdk" = "${JAVA_HOME-}" ] || continue
    is_jdk_25 "$jdk" && return
  done
  jdk=$(command -v java) && jdk=$(readlink -f -- "$jdk") && jdk=${jdk%/bin/java} && is_jdk_25 "$jdk" && return
  fail "found no JDK 25. Looked at JAVA_HOME, /usr/lib/jvm and PATH and saw: ${seen:-no JDK}.
Install a JDK 25 below /usr/lib/jvm, or set JAVA_HOME to one."
}

# Whether the directory $1 is a JDK 25; if it is another one, it is added to the list of the seen.
is_jdk_25() {
  [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    [ "$key" = JAVA_VERSION ] || continue
    case $value in
      25 | 25.* | 25-*) [ -x "$1/bin/java" ] && return 0 ;;
    esac
    seen="$seen${seen:+, }$1 ($value)"
  done <"$1/release"
  return 1
}

# Whether module $1 was not built yet, or before a source that it is made from changed.
is_stale() {
  built=$root/$1/target/built
  [ -f "$built" ] || return 0
  # An image has the jars alone.
  [ -f "$root/pom.xml" ] || return 1
  case $1 in
    conformance) set -- "$1" fixtures ci/targets ;;
  esac
  newer=$(cd "$root" && find pom.xml model proto "$@" -name target ! -path '*/src/*' -prune -o -path '*/src/test' -prune \
    -o -newer "$built" \( -path '*/src/*' -o -path 'ci/targets*' -o -name pom.xml \) -print -quit)
  [ -n "$newer" ]
}

# Builds the jars of both programs, once even if several launchers ask for it at the same time.
build() {
  command -v mvn >/dev/null || fail "the jars must be built and there is no mvn: run ci/install"
  mkdir -p "$state" || fail "cannot write to $state"
  exec 9>"$state/lock"
  flock -n 9 || { echo "waiting for another build of Storeproof" >&2; flock 9; }
  if is_stale reference-fs || is_stale conformance; then
    build_locked
  fi
  exec 9>&-
}

build_locked() {
  log=$state/build.log
  : >"$state/started"
  (cd "$root" && exec mvn -B -ntp -Dquality=off -Dmaven.test.skip=true \
    -pl reference-fs,conformance -am package) >"$log" 2>&1 </dev/null 9>&- &
  mvn=$!
  trap 'kill "$mvn" 2>/dev/null; exit 2' INT TERM HUP
  seconds=0
  [ -t 2 ] || echo "building Storeproof, once: the log is $log" >&2
  while kill -0 "$mvn" 2>/dev/null; do
    [ ! -t 2 ] || printf '\rbuilding Storeproof, once: %d s' "$seconds" >&2
    sleep 1
    seconds=$((seconds + 1))
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
  wait "$mvn" || {
    tail -n 40 "$log" >&2
    fail "the build failed; all of its log is $log"
  }
  trap - INT TERM HUP
  # A source that changed during the build is newer than its start.
  touch -r "$state/started" "$root/reference-fs/target/built" "$root/conformance/target/built"
}

# Whether there is an AOT cache that is not older than the jars.
is_cached() {
  [ -f "$cache" ] || return 1
  newer=$(find "$(jar_of "$module")" "$root/$module/target/lib" -newer "$cache" -print -quit)
  [ -z "$newer" ]
}

# Writes the AOT cache of the module, unless another launcher is at it.
make_cache() {
  mkdir -p "$state" 2>/dev/null || return 0
  exec 9>"$state/$module.lock"
  if flock -n 9; then
    # An empty file stands for a cache that could not be made: it is not tried at each start.
    # shellcheck disable=SC2086
    (cd "$root" && exec "$jdk/bin/java" $flags -XX:AOTCacheOutput="$cache.new" $common_flags \
      -cp "$(class_path "$module")" "$main" $training) >/dev/null 2>&1 </dev/null 9>&- || true
    [ -s "$cache.new" ] || : >"$cache.new"
    mv "$cache.new" "$cache"
  fi
  exec 9>&-
}
