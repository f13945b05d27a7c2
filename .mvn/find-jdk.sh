# Sourced by mvnw and pawl: where is JDK 25? The order is JAVA_HOME, PATH, then the usual install folders, because what a
# person set by hand says more than what happens to lie on the disk.
# PAWL_JDK_ROOT goes before the absolute install folders, so that a test can lay out a machine of its own.

# A JDK tells its version in the file `release`: reading it is a hundred times faster than starting Java.
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[".+-]' "$1/release" 2>/dev/null
}

# Prints the home of the first JDK 25; fails when there is none.
find_jdk25() {
  local javac home root=${PAWL_JDK_ROOT-}
  javac=$(command -v javac || true)
  for home in "${JAVA_HOME-}" "${javac:+$(dirname "$(dirname "$(readlink -f "$javac")")")}" \
    "$root"/usr/lib/jvm/* "$root"/usr/java/* "$root"/opt/* "$root"/opt/*/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$root"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

# Sets JAVA_HOME to JDK 25, or ends with one sentence that names the script ($1) and what to install.
require_jdk25() {
  if ! JAVA_HOME=$(find_jdk25); then
    echo "$1: Pawl needs JDK 25, which was not found in JAVA_HOME, on PATH or in the usual install folders:" \
      "install it (for example Eclipse Temurin 25) or set JAVA_HOME to it." >&2
    exit 2
  fi
  export JAVA_HOME
}
