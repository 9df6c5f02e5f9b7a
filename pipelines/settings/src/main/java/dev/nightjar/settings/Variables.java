package dev.nightjar.settings;

import dev.nightjar.model.Redaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variables that <code>${NAME}</code> and <code>${NAME:default}</code> in a file stand for.
 *
 * <p>A server's address takes only Nightjar's own and those that {@code NIGHTJAR_VARIABLES} names:
 * whoever writes the file would otherwise be sent any secret of the environment as a user's name.
 */
final class Variables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(TOKEN|SECRET|PASS|KEY|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE|DSN).*",
          Pattern.CASE_INSENSITIVE);
  private static final String OWN = "NIGHTJAR_";
  private static final String DECLARED = "NIGHTJAR_VARIABLES";

  private final Map<String, String> environment;
  private final Set<String> declared;
  private final boolean isLiteral;

  Variables(Map<String, String> environment) {
    this(environment, false);
  }

  private Variables(Map<String, String> environment, boolean isLiteral) {
    this.environment = environment;
    this.isLiteral = isLiteral;
    declared =
        Arrays.stream(environment.getOrDefault(DECLARED, "").split("[\\s,]+"))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** For files in which nothing stands for a variable. */
  static Variables none() {
    return new Variables(Map.of(), true);
  }

  /** Says why a variable cannot be put in its place. */
  interface Complaint {
    RuntimeException about(String problem);
  }

  /** The value of a variable, or null. */
  @Nullable String get(String name) {
    return environment.get(name);
  }

  /** The text with the variables' values. */
  String expand(String text, Complaint complaint) {
    return expand(text, false, complaint);
  }

  /** The same for a server's address. */
  String expandAddress(String text, Complaint complaint) {
    return expand(text, true, complaint);
  }

  private String expand(String text, boolean isAddress, Complaint complaint) {
    if (isLiteral) {
      return text;
    }
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> {
          String name = match.group(1);
          String value = environment.get(name);
          String fallback = match.group(2);
          if (value == null && fallback == null) {
            throw complaint.about(
                "the variable " + name + " is not set: set it, or write ${" + name + ":default}.");
          }
          if (isAddress && value != null && !isForAddresses(name)) {
            throw complaint.about(
                "the variable "
                    + name
                    + " is not put into a server's address, since the file could send any secret"
                    + " so: name it in NIGHTJAR_VARIABLES, or use one that begins with NIGHTJAR_.");
          }
          return Matcher.quoteReplacement(
              value != null && !value.isEmpty() ? value : fallback == null ? "" : fallback);
        });
  }

  private boolean isForAddresses(String name) {
    return name.startsWith(OWN) || declared.contains(name);
  }

  /** Hides the values of all variables that a file names, and its own words for secret ones. */
  Redaction redaction(SettingNode file) {
    Map<String, String> values = new TreeMap<>();
    collect("", file, values);
    return Redaction.of(values);
  }

  private void collect(String key, SettingNode node, Map<String, String> values) {
    switch (node) {
      case SettingNode.Mapping mapping ->
          mapping.entries().forEach((name, entry) -> collect(name, entry.value(), values));
      case SettingNode.Sequence sequence ->
          sequence.entries().forEach(entry -> collect("", entry, values));
      case SettingNode.Scalar scalar -> {
        VARIABLE.matcher(scalar.text()).results().forEach(match -> keep(match.group(1), values));
        if (isSecret(key) && !VARIABLE.matcher(scalar.text()).find()) {
          values.putIfAbsent(key, scalar.text());
        }
      }
      case SettingNode.Empty _ -> {}
    }
  }

  private void keep(String name, Map<String, String> values) {
    String value = environment.get(name);
    if (value != null) {
      values.put(name, value);
    }
  }

  /** Hides only those whose names say that they are secret, where the others' are what is asked. */
  Redaction secrets(String text) {
    Map<String, String> values = new TreeMap<>();
    List<String> names =
        VARIABLE.matcher(text).results().map(match -> match.group(1)).distinct().toList();
    names.stream().filter(Variables::isSecret).forEach(name -> keep(name, values));
    return Redaction.of(values);
  }

  /** Written as variables are: keys of the file itself are in lower case. */
  private static boolean isSecret(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT)) && SECRET_NAME.matcher(name).matches();
  }
}
