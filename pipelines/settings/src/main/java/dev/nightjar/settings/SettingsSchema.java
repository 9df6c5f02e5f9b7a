package dev.nightjar.settings;

import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.bench.suites.Suites;
import dev.nightjar.kernel.bpf.BpfProgram;
import dev.nightjar.settings.SettingKey.Kind;
import java.util.List;
import java.util.Map;

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
                      "A regular expression (RE2) whose only group is the number; looked for in the"
                          + " command's standard output, or else its standard error.")
                  .asRequired(),
              SettingKey.of("unit", Kind.TEXT, "1", "Its unit (UCUM: s, By, By/s, 1)."),
              SettingKey.choice("direction", "lower", "Which way is better.", "lower", "higher")),
          null);

  private static final SettingKey MEASURE =
      new SettingKey(
          "measure",
          Kind.WORDS,
          null,
          false,
          "What is measured of the command, besides what it writes or prints: its time, and what"
              + " docs/measures.md says of the others. Its time alone without it, or nothing where"
              + " the command writes or prints values.",
          Quantity.words(),
          List.of(),
          null);

  private static final SettingKey[] BENCHMARK = {
    SettingKey.of("name", Kind.TEXT, null, "The benchmark's name, unique in the file.")
        .asRequired(),
    SettingKey.of("command", Kind.COMMAND, null, "Any command; it runs in a shell.").asRequired(),
    SettingKey.of("setup", Kind.COMMAND, null, "A command to run once before, untimed."),
    SettingKey.of(
        "results",
        Kind.TEXT,
        null,
        "The result file that the command writes, a path or a glob; its format is found out."
            + " Without it the command is timed."),
    METRIC,
    MEASURE,
    SettingKey.of("environment", Kind.TEXT_MAP, null, "Variables to set for the command."),
    SettingKey.of("folder", Kind.PATH, ".", "Where it runs, relative to the repository."),
    SettingKey.of("timeout", Kind.DURATION, "10m", "After this the repetition has failed."),
    SettingKey.of(
        "warmups",
        Kind.COUNT,
        null,
        "Repetitions before those that count; until one is no longer clearly faster than the one"
            + " before, or 0 where the command writes results."),
    SettingKey.of(
        "repetitions",
        Kind.COUNT,
        null,
        "Repetitions that count; 10 to 100 by precision and budget, or 1 where the command writes"
            + " results."),
    SettingKey.of(
        "precision",
        Kind.SHARE,
        "1%",
        "Without a number of repetitions it is repeated until the median is known to this, at 95"
            + " %."),
    SettingKey.of(
        "budget",
        Kind.DURATION,
        "30s",
        "Time that its repetitions may take; 10 are made in any case."),
    SettingKey.choice(
        "on_failure",
        "fail",
        "What a failing repetition means: the verdict 'failed', leaving the benchmark out, or only"
            + " the repetition.",
        "fail",
        "skip",
        "ignore"),
    SettingKey.choice(
        "duet",
        "auto",
        "Whether 'bench --against' runs both versions side by side where that is truer than in turns"
            + " (auto), or never, as they would be in each other's way: by a port, or by a file"
            + " outside the work tree (off).",
        "auto",
        "off")
  };

  private static final SettingKey RULES =
      SettingKey.mappings(
          "rules",
          "What differs for some benchmarks; the first that concerns one holds.",
          SettingKey.of("benchmark", Kind.TEXT, null, "Its name, * standing for any characters.")
              .asRequired(),
          SettingKey.of("metric", Kind.TEXT, null, "The metric it is about; without one, all."),
          SettingKey.of("smallest_effect", Kind.SHARE, null, "In place of the gate's."),
          new SettingKey(
              "direction",
              Kind.CHOICE,
              null,
              false,
              "Which way is better, where the result file says otherwise.",
              List.of("lower", "higher"),
              List.of(),
              null),
          new SettingKey(
              "on_inconclusive",
              Kind.CHOICE,
              null,
              false,
              "In place of the gate's.",
              List.of("auto", "pass", "fail", "fail-if-worse"),
              List.of(),
              null),
          new SettingKey(
              "on_missing",
              Kind.CHOICE,
              null,
              false,
              "In place of the gate's.",
              List.of("pass", "fail"),
              List.of(),
              null));

  static final SettingKey ROOT =
      SettingKey.mapping(
          "nightjar.yaml",
          "What Nightjar does in this repository.",
          SettingKey.of("repository", Kind.PATH, ".", "The repository, relative to this file."),
          SettingKey.of(
                  "identity",
                  Kind.TEXT,
                  null,
                  "What the database knows the repository by, such as its address: clones in other"
                      + " places with the same identity share a history. Without it, the path of"
                      + " its git folder.")
              .overriddenBy("NIGHTJAR_IDENTITY"),
          SettingKey.of(
                  "database",
                  Kind.STORE_URL,
                  "embedded",
                  "Where results are kept: 'embedded', or"
                      + " postgresql://user:password@host:port/name.")
              .overriddenBy("NIGHTJAR_DATABASE_URL"),
          SettingKey.of(
                  "redis",
                  Kind.STORE_URL,
                  "embedded",
                  "Where live streams go: 'embedded', or redis://user:password@host:port.")
              .overriddenBy("NIGHTJAR_REDIS_URL"),
          new SettingKey(
              "live",
              Kind.CHOICE,
              "on",
              false,
              "Whether readings and events of a run are passed on live through Redis; off starts"
                  + " none. A run neither waits for it nor fails with it.",
              List.of("on", "off"),
              List.of(),
              null),
          SettingKey.mappings("benchmarks", "The repository's own benchmarks.", BENCHMARK),
          SettingKey.of(
              "setup",
              Kind.COMMAND,
              null,
              "A command to run once before the benchmarks, such as a build: in the work tree of a"
                  + " run, and in each that 'bench --against', 'bisect' and 'backfill' make."),
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
              SettingKey.of("interval", Kind.DURATION, "100ms", "Time between two readings."),
              new SettingKey(
                  "bpf",
                  Kind.CHOICES,
                  "[]",
                  false,
                  "Programs of kernel/bpf to run meanwhile; they need root and bpftrace, and cost"
                      + " what they see.",
                  BpfProgram.words(),
                  List.of(),
                  null),
              SettingKey.of(
                  "inference_library",
                  Kind.PATH,
                  null,
                  "The library in which bpf looks for inferences; the host's libcuda.so.1 without"
                      + " it."),
              SettingKey.of(
                  "inference_launch",
                  Kind.TEXT,
                  "cuLaunchKernel",
                  "The function that begins an inference."),
              SettingKey.of(
                  "inference_wait",
                  Kind.TEXT,
                  "cuStreamSynchronize",
                  "The function whose return ends it.")),
          SettingKey.mapping(
              "quiet",
              "What benchmarks get to run undisturbed, on Linux.",
              SettingKey.choice(
                  "boost",
                  "auto",
                  "A lease of nice -10 for each benchmark's program by the kernel module"
                      + " ai_scheduler: where it is loaded and this user may (auto), never, or"
                      + " always, so that a run fails without it.",
                  "auto",
                  "off",
                  "required"),
              SettingKey.of(
                  "cpus",
                  Kind.TEXT,
                  "auto",
                  "Where benchmarks run: on the CPUs that the kernel isolates, if any (auto), on"
                      + " all, or on a list such as 2-5,8.")),
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
                  "5%",
                  "Changes smaller than this are nobody's business."),
              SettingKey.of(
                  "smallest_count_effect",
                  Kind.SHARE,
                  "0.5%",
                  "The same of what is counted, such as instructions, which the machine does not"
                      + " disturb."),
              SettingKey.choice(
                  "baseline",
                  "auto",
                  "What a run is compared with: the merge-base with the default branch on a pull"
                      + " request, else the branch's own history (auto), or always one of them.",
                  "auto",
                  "merge-base",
                  "history"),
              SettingKey.of(
                  "budget",
                  Kind.DURATION,
                  "4m",
                  "Time that a run may take to decide, shared out among its benchmarks where it"
                      + " decides most: all that 'bench --against' measures, and, of a run that is"
                      + " held against its history, what is measured again as it looks worse."
                      + " The fewest repetitions that can decide anything are made in any case."),
              SettingKey.choice(
                  "on_inconclusive",
                  "auto",
                  "What 'inconclusive' means for the gate: fail-if-worse fails where the estimate is"
                      + " beyond the smallest effect. By itself (auto) that holds for two versions"
                      + " that 'bench --against' measures, and a run that is held against its history"
                      + " passes.",
                  "auto",
                  "pass",
                  "fail",
                  "fail-if-worse"),
              SettingKey.choice(
                  "on_missing", "fail", "What 'missing' means for the gate.", "fail", "pass"),
              SettingKey.choice(
                  "on_uncompared",
                  "fail",
                  "What it means for the gate that a run was compared with nothing: most of it is"
                      + " new while as much that earlier runs have is missing, all of it is new"
                      + " though earlier runs are of its kind, or its times are zero; or that a"
                      + " result file could not be read as a whole, and nothing of it was compared"
                      + " or series are missing.",
                  "fail",
                  "pass"),
              SettingKey.choice(
                  "on_open",
                  "auto",
                  "What it means for the gate that a benchmark is 'still regressed': an earlier run"
                      + " regressed, and this one does not show that it is mended. It fails on the"
                      + " branch on which that began, night after night, and passes on others (auto),"
                      + " or always one of them.",
                  "auto",
                  "fail",
                  "pass"),
              SettingKey.choice(
                  "on_drift",
                  "pass",
                  "What it means for the gate that a benchmark got worse bit by bit, over many runs,"
                      + " beyond the smallest effect: it is told, and kept as a finding until it is"
                      + " mended (pass), or it counts as a regression (fail).",
                  "pass",
                  "fail"),
              SettingKey.choice(
                  "profile",
                  "auto",
                  "When both versions are profiled to name the function behind a change: where a"
                      + " verdict is regressed or improved (auto), with 'bench --against' of all"
                      + " benchmarks (always), or never. It takes up to 4 minutes a benchmark and"
                      + " 10 in all; a night's run sets both commits up in work trees first.",
                  "auto",
                  "always",
                  "never"),
              SettingKey.of(
                  "inventory",
                  Kind.TEXTS,
                  "[]",
                  "Benchmarks that every run must give, * standing for any characters; without"
                      + " names, what the runs it is compared with gave."),
              RULES,
              SettingKey.of(
                  "acknowledgements",
                  Kind.PATH,
                  "nightjar-acknowledged.yaml",
                  "The file that accepts findings for a time, relative to this file.")),
          SettingKey.of(
              "publish", Kind.PATH, "site/", "The folder of the report, relative to this file."),
          SettingKey.of(
              "publish_url",
              Kind.TEXT,
              null,
              "Where that folder is on the web, such as https://ci.example.org/nightly/: with it, the"
                  + " links of the feed are absolute, which readers of feeds need."),
          SettingKey.choice(
              "authors",
              "names",
              "How the report names people: as the history does, or by pseudonyms that stay the"
                  + " same from report to report. Messages and commit ids stay as they are.",
              "names",
              "pseudonyms"));

  /** Keys of the file that other versions know and this one does not heed, and what to do. */
  static final Map<String, String> WITHOUT_EFFECT =
      Map.of(
          "schedule",
          "this version starts no run by itself: remove it, and let cron or the timer of"
              + " ci/systemd start 'nightjar run'.",
          "research",
          "this version answers no questions: remove it.");

  private SettingsSchema() {}
}
