package dev.nightjar.settings.trust;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/**
 * What a person has written for Nightjar.
 *
 * @param file where it stands
 */
public record SettingsText(Path file, String text) {
  private static final int BYTES_MAX = 1 << 20;

  /**
   * Reads a file, wherever it leads.
   *
   * @throws Failure.Misuse when it cannot be read, or is no text
   */
  public static SettingsText of(Path file) {
    return read(file, InputFile.of(file, BYTES_MAX));
  }

  /** The same, refused where a link leads out of the folder. */
  public static SettingsText below(Path folder, Path file) {
    return read(file, InputFile.of(file, BYTES_MAX).below(folder));
  }

  private static SettingsText read(Path file, InputFile content) {
    try {
      return new SettingsText(file, content.text());
    } catch (CharacterCodingException e) {
      throw new Failure.Misuse(file + " is not UTF-8 text: save it as UTF-8.", e);
    } catch (IOException e) {
      throw new Failure.Misuse(
          file + " cannot be read (" + e.getClass().getSimpleName() + "): check that it is there.",
          e);
    }
  }
}
