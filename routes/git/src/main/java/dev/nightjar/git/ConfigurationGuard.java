package dev.nightjar.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the programs out of a repository's own configuration, by words that come after it and so
 * win: each key that names a program gets what the user's or the system's configuration says, else
 * a value that runs nothing. git has no switch that leaves a repository's configuration out.
 */
final class ConfigurationGuard {
  /** Scopes that the user or the administrator writes. */
  private static final Set<String> TRUSTED_SCOPES = Set.of("system", "global");

  /** What is set in any case: hooks need no configuration, and nothing is tidied on a bench. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "core.hooksPath", "/dev/null",
          "core.fsmonitor", "false",
          "protocol.ext.allow", "never",
          "gc.auto", "0",
          "maintenance.auto", "false");

  /** Keys whose value git runs, with what runs nothing in its place; the first that fits holds. */
  private static final Map<Pattern, String> PROGRAMS = programs();

  private static final Set<String> BUILT_IN = Set.of("http.", "https.", "git.", "ssh.", "file.");
  private static final Pattern PROTOCOL = Pattern.compile("protocol\\.(.+\\.)?allow");
  private static final Pattern CREDENTIAL_HELPER = Pattern.compile("credential\\.(.+\\.)?helper");

  private final Map<String, List<String>> trusted = new LinkedHashMap<>();
  private final List<String> own = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private int count;

  private ConfigurationGuard() {}

  private static Map<Pattern, String> programs() {
    Map<Pattern, String> programs = new LinkedHashMap<>();
    programs.put(key("core\\.sshcommand"), "ssh");
    programs.put(key("core\\.gitproxy"), "none");
    programs.put(key("core\\.(editor|alternaterefscommand)|sequence\\.editor"), ":");
    programs.put(key("core\\.pager|pager\\..+"), "cat");
    programs.put(key("filter\\..+\\.required"), "false");
    programs.put(key("core\\.askpass|filter\\..+\\.(clean|smudge|process)"), "");
    programs.put(key("diff\\.external|diff\\..+\\.(command|textconv)|merge\\..+\\.driver"), "");
    programs.put(key("remote\\..+\\.uploadpack"), "git-upload-pack");
    programs.put(key("remote\\..+\\.receivepack"), "git-receive-pack");
    programs.put(key("remote\\..+\\.vcs"), "");
    programs.put(key("gpg\\.(.+\\.)?program|hook\\..+\\.command"), "false");
    return programs;
  }

  /** Sections and names are printed in lower case, what stands between them as it was written. */
  private static Pattern key(String expression) {
    return Pattern.compile(expression, Pattern.DOTALL);
  }

  /**
   * The variables that tell git.
   *
   * @param listing what {@code git config --list --show-scope -z} prints
   */
  static Map<String, String> against(String listing) {
    ConfigurationGuard guard = new ConfigurationGuard();
    guard.read(listing);
    ALWAYS.forEach(guard::say);
    guard.own.forEach(guard::disarm);
    guard.environment.put("GIT_CONFIG_COUNT", String.valueOf(guard.count));
    return guard.environment;
  }

  private void read(String listing) {
    String[] parts = listing.split("\0");
    for (int at = 0; at + 1 < parts.length; at += 2) {
      String[] entry = parts[at + 1].split("\n", 2);
      if (TRUSTED_SCOPES.contains(parts[at])) {
        trusted
            .computeIfAbsent(entry[0], key -> new ArrayList<>())
            .add(entry.length == 2 ? entry[1] : "true");
      } else if (!own.contains(entry[0])) {
        own.add(entry[0]);
      }
    }
  }

  private void disarm(String key) {
    Matcher protocol = PROTOCOL.matcher(key);
    if (CREDENTIAL_HELPER.matcher(key).matches()) {
      say(key, ""); // takes back all before it, the trusted ones too
      trusted.getOrDefault(key, List.of()).forEach(helper -> say(key, helper));
    } else if (protocol.matches()) {
      disarmProtocol(key, protocol.group(1));
    } else {
      PROGRAMS.entrySet().stream()
          .filter(program -> program.getKey().matcher(key).matches())
          .findFirst()
          .ifPresent(program -> say(key, lastTrusted(key, program.getValue())));
    }
  }

  private String lastTrusted(String key, String otherwise) {
    List<String> values = trusted.get(key);
    return values == null ? otherwise : values.getLast();
  }

  /** What git allows by itself stays so, and no transport that is a program of its own. */
  private void disarmProtocol(String key, @Nullable String protocol) {
    if (protocol == null) {
      say(key, "never");
      BUILT_IN.forEach(builtIn -> say("protocol." + builtIn + "allow", "always"));
    } else {
      say(key, BUILT_IN.contains(protocol) ? "always" : "never");
    }
  }

  private void say(String key, String value) {
    environment.put("GIT_CONFIG_KEY_" + count, key);
    environment.put("GIT_CONFIG_VALUE_" + count, value);
    count++;
  }
}
