#!/bin/sh
# Prints the home of a JDK that can build and run Akushu (25 or newer), or says what to install and fails.
# The first that fits wins: JAVA_HOME, then javac on the PATH, then the folders where installers put JDKs.
wanted=25

# The feature version (25 for 25.0.3) of the JDK in folder $1; nothing if no JDK is there.
feature_of() {
    [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
    fi
}

accept() {
    feature=$(feature_of "$1")
    if [ -n "$feature" ] && [ "$feature" -ge "$wanted" ]; then
        printf '%s\n' "$1"
        exit 0
    fi
}

at_java_home="not set"
if [ -n "${JAVA_HOME-}" ]; then
    accept "$JAVA_HOME"
    at_java_home="$JAVA_HOME, version ${feature:-unknown}"
fi

on_path="no javac"
if javac=$(command -v javac); then
    javac=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    home=${javac%/bin/javac}
    accept "$home"
    on_path="$home, version ${feature:-unknown}"
fi

for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    accept "$home"
done

cat >&2 <<END
Akushu needs JDK $wanted or newer, and found none. It looked at
    JAVA_HOME   ($at_java_home)
    PATH        ($on_path)
    /usr/lib/jvm, /usr/lib64/jvm, /usr/java, /opt, /opt/java,
    ~/.sdkman/candidates/java, ~/.jdks, ~/.local/share/mise/installs/java, ~/.asdf/installs/java,
    /Library/Java/JavaVirtualMachines and Homebrew's openjdk.
Install one, for example
    sdk install java 25-tem                  with SDKMAN
    brew install --cask temurin@25           with Homebrew
    apt-get install openjdk-25-jdk           on a Debian or Ubuntu that has it
or from https://adoptium.net. If it lies elsewhere, set JAVA_HOME to it.
END
exit 1
