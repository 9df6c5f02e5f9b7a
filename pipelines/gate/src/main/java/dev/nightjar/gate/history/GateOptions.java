package dev.nightjar.gate.history;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a person or a CI server asks of the gate beyond the settings.
 *
 * @param baseline {@code auto}, {@code merge-base} or {@code history}, in place of the setting
 * @param base the branch or revision that a pull request goes into, in place of what the CI server
 *     says
 * @param acknowledgements the file that accepts findings, in place of the setting
 * @param runs a folder of runs that is carried from machine to machine
 * @param environment variables by which CI servers tell of pull requests
 */
public record GateOptions(
    Optional<String> baseline,
    Optional<String> base,
    Optional<Path> acknowledgements,
    Optional<Path> runs,
    Map<String, String> environment) {

  /** Only what the settings and the environment say. */
  public static GateOptions of(Map<String, String> environment) {
    return new GateOptions(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), environment);
  }
}
