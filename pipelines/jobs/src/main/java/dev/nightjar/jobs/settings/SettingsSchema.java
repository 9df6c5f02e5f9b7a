package dev.nightjar.jobs.settings;

import dev.nightjar.bench.suites.Suites;
import dev.nightjar.jobs.settings.SettingKey.Kind;
import java.util.List;

/** Every key of {@code nightjar.yaml}, in the order in which people read it. */
final class SettingsSchema {

  private static final SettingKey METRIC =
      new SettingKey(
          "metrics",
          Kind.MAPPINGS,
          null,
          false,
          "Values to read from the command's output, instead of timing it.",
          List.of(),
          List.of(
              SettingKey.of("name", Kind.TEXT, null, "The metric's name.").asRequired(),
              SettingKey.of(
                      "pattern",
                      Kind.TEXT,
                      null,
                      "A regular expression whose first group is the number.")
                  .asRequired(),
              SettingKey.of("unit", Kind.TEXT, "1", "Its unit (UCUM: s, By, By/s, 1)."),
              SettingKey.choice("direction", "lower", "Which way is better.", "lower", "higher")),
          null);

  private static final List<SettingKey> BENCHMARK =
      List.of(
          SettingKey.of("name", Kind.TEXT, null, "The benchmark's name, unique in the file.")
              .asRequired(),
          SettingKey.of("command", Kind.TEXT, null, "Any command; it runs in a shell.")
              .asRequired(),
          SettingKey.of("setup", Kind.TEXT, null, "A command to run once before, untimed."),
          SettingKey.of(
              "results",
              Kind.TEXT,
              null,
              "The result file that the command writes, a path or a glob; its format is found out."
                  + " Without it the command is timed."),
          METRIC,
          SettingKey.of("environment", Kind.TEXT_MAP, null, "Variables to set for the command."),
          SettingKey.of("folder", Kind.PATH, ".", "Where it runs, relative to the repository."),
          SettingKey.of("timeout", Kind.DURATION, "10m", "After this the repetition has failed."),
          SettingKey.of(
              "warmups",
              Kind.COUNT,
              null,
              "Repetitions before those that count; 1, or 0 where the command writes results."),
          SettingKey.of(
              "repetitions",
              Kind.COUNT,
              null,
              "Repetitions that count; 10, or 1 where the command writes results."),
          SettingKey.choice(
              "on_failure",
              "fail",
              "What a failing repetition means: the verdict 'failed', leaving the benchmark out, or only the repetition.",
              "fail",
              "skip",
              "ignore"));

  static final SettingKey ROOT =
      SettingKey.mapping(
          "nightjar.yaml",
          "What Nightjar does in this repository.",
          SettingKey.of("repository", Kind.PATH, ".", "The repository, relative to this file."),
          SettingKey.of(
                  "database",
                  Kind.STORE_URL,
                  "embedded",
                  "Where results are kept: 'embedded', or postgresql://user:password@host:port/name.")
              .overriddenBy("NIGHTJAR_DATABASE_URL"),
          SettingKey.of(
                  "redis",
                  Kind.STORE_URL,
                  "embedded",
                  "Where live streams go: 'embedded', or redis://user:password@host:port.")
              .overriddenBy("NIGHTJAR_REDIS_URL"),
          new SettingKey(
              "benchmarks",
              Kind.MAPPINGS,
              null,
              false,
              "The repository's own benchmarks.",
              List.of(),
              BENCHMARK,
              null),
          new SettingKey(
              "suites",
              Kind.CHOICES,
              "[memory]",
              false,
              "Built-in suites that measure the host itself.",
              Suites.NAMES,
              List.of(),
              null),
          SettingKey.mapping(
              "telemetry",
              "What is read from the host while the pipeline runs.",
              SettingKey.of("interval", Kind.DURATION, "100ms", "Time between two readings.")),
          SettingKey.mapping(
              "gate",
              "When a change counts.",
              SettingKey.of(
                  "confidence",
                  Kind.PROBABILITY,
                  "0.99",
                  "How sure a verdict must be; one minus the share of runs with a false alarm."),
              SettingKey.of(
                  "smallest_effect",
                  Kind.SHARE,
                  "2%",
                  "Changes smaller than this are nobody's business."),
              SettingKey.choice(
                  "baseline",
                  "auto",
                  "What a run is compared with: the merge-base with the default branch on a pull"
                      + " request, else the branch's own history (auto), or always one of them.",
                  "auto",
                  "merge-base",
                  "history"),
              SettingKey.choice(
                  "on_inconclusive",
                  "pass",
                  "What 'inconclusive' means for the gate.",
                  "pass",
                  "fail"),
              SettingKey.choice(
                  "on_missing", "fail", "What 'missing' means for the gate.", "fail", "pass")),
          SettingKey.mapping(
              "research",
              "Questions to answer from the history and documents.",
              SettingKey.of("questions", Kind.TEXTS, "[]", "The questions."),
              SettingKey.of(
                  "corpora", Kind.TEXTS, "[git]", "Where to look: 'git', and files or folders.")),
          SettingKey.of(
              "publish", Kind.PATH, "site/", "The folder of the report, relative to this file."),
          SettingKey.mapping(
              "schedule",
              "When the pipeline runs by itself.",
              SettingKey.of("cron", Kind.TEXT, "0 2 * * *", "Five cron fields."),
              SettingKey.of("timezone", Kind.TEXT, "UTC", "The zone of those fields."),
              SettingKey.choice(
                  "on_misfire",
                  "run-once",
                  "What to do about times that passed while the host was off.",
                  "run-once",
                  "skip")));

  private SettingsSchema() {}
}
