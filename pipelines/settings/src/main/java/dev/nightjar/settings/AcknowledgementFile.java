package dev.nightjar.settings;

import dev.nightjar.gate.decision.Acknowledgement;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Redaction;
import dev.nightjar.settings.SettingKey.Kind;
import dev.nightjar.settings.trust.SettingsText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads the file in which people accept findings for a time. */
public final class AcknowledgementFile {
  private static final SettingKey ROOT =
      SettingKey.mapping(
          "acknowledgements",
          "Findings that are known and accepted for a time.",
          SettingKey.mappings(
              "acknowledged",
              "What is accepted.",
              SettingKey.of("benchmark", Kind.TEXT, null, "Its name; * stands for any characters.")
                  .asRequired(),
              SettingKey.of("reason", Kind.TEXT, null, "Why it is accepted.").asRequired(),
              SettingKey.of("expires", Kind.TEXT, null, "The last day, as 2026-12-31.")
                  .asRequired()));

  private AcknowledgementFile() {}

  /**
   * Reads it. Nothing in it stands for a variable: its reasons are printed in reports.
   *
   * @throws Failure.Misuse for the first mistake, with its line
   */
  public static List<Acknowledgement> read(SettingsText text) {
    Section root =
        new Section(
            new Section.Source(
                text.file().toString(), Variables.none(), Redaction.NONE, new ArrayList<>()),
            ROOT,
            "",
            YamlReader.read(text));
    List<Acknowledgement> words = new ArrayList<>();
    for (Section section : root.sections("acknowledged")) {
      words.add(
          new Acknowledgement(
              section.text("benchmark"), section.text("reason"), day(section, "expires")));
    }
    return words;
  }

  private static LocalDate day(Section section, String name) {
    String text = section.text(name);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw section.misuse(
          name, "'" + name + "' must be a day such as 2026-12-31, not '" + text + "'.");
    }
  }
}
