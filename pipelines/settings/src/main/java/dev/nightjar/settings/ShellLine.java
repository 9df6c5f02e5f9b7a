package dev.nightjar.settings;

import dev.nightjar.model.Redaction;

/**
 * A command of the settings.
 *
 * @param text what the shell is given
 * @param redaction hides in a text what nobody should read of it
 */
public record ShellLine(String text, Redaction redaction) {
  /** As people may read it. */
  @Override
  public String toString() {
    return redaction.applyTo(text);
  }
}
