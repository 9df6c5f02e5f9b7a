package dev.nightjar.bench.quantity;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runtimes that compile a program while it runs: what they execute depends on when they get round
 * to it, so that counts move from run to run though the program did not change.
 */
public final class CompilingRuntime {
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:^|[\\s/;&|('\"=])(java|mvn|mvnw|gradle|gradlew|sbt|kotlin|scala|clojure|node|nodejs"
              + "|npm|npx|yarn|deno|bun|pypy3?|luajit|dotnet|julia|php|hhvm|jruby|truffleruby"
              + "|erl|elixir)(?=$|[\\s;&|)'\"])");

  private CompilingRuntime() {}

  /** The first that is named in command lines; empty where none is known to be. */
  public static Optional<String> in(Collection<String> commands) {
    return commands.stream()
        .map(NAMES::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }
}
