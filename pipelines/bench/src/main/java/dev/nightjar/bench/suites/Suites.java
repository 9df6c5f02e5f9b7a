package dev.nightjar.bench.suites;

import dev.nightjar.model.Failure;
import java.util.List;
import java.util.ServiceLoader;

/** The built-in suites. */
public final class Suites {
  private static final List<Suite> ALL =
      ServiceLoader.load(Suite.class, Suites.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** Every name that may stand under {@code suites} in {@code nightjar.yaml}. */
  public static final List<String> NAMES = ALL.stream().map(Suite::name).toList();

  private Suites() {}

  /**
   * The suite of a name.
   *
   * @throws Failure.Misuse if there is none, naming those that there are
   */
  public static Suite named(String name) {
    return ALL.stream()
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Failure.Misuse(
                "There is no suite '"
                    + name.replaceAll("\\p{Cntrl}", "?")
                    + "'. The suites are: "
                    + String.join(", ", NAMES)
                    + "."));
  }
}
