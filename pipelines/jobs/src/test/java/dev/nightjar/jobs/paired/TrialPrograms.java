package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.kernel.process.MeasuredProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Redaction;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.settings.ShellLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The programs of a trial in a repository of their own: a commit of base, one that changes nothing
 * they do, and commits that make them work more. Each is checked out into a work tree and built
 * there, as {@code bench --against} does it.
 *
 * <p>More work is more steps: as many as lengthen the whole program, its start included, by the
 * stated share. How many that are is measured once, before anything loads the machine, and kept
 * beside the raw data.
 */
final class TrialPrograms implements AutoCloseable {
  static final List<String> NAMES = List.of("cpu", "jvm", "memory");

  /** The commits: how much more time their programs take by work. */
  static final Map<String, Double> COMMITS = commits();

  private static final Map<String, Long> STEPS =
      Map.of("cpu", 28_000_000L, "memory", 36_000_000L, "jvm", 8_000_000L);
  private static final int CALIBRATING_RUNS = 41;
  private static final double CALIBRATING_SPAN = 1;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String CPU_SOURCE =
      """
      #include <stdint.h>
      #include <stdio.h>
      int main(void) {
        uint64_t x = 88172645463325252ull;
        for (uint64_t i = 0; i < STEPS; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; }
        printf("%lu\\n", (unsigned long)x);
        return 0;
      }
      """;

  /** Passes over 16 MiB, eight times the second-level cache of the machine it was written on. */
  private static final String MEMORY_SOURCE =
      """
      #include <stdint.h>
      #include <stdio.h>
      #include <stdlib.h>
      int main(void) {
        const uint64_t words = 1 << 21;
        uint64_t x = 0, *memory = calloc(words, 8);
        for (uint64_t i = 0; i < STEPS; i++) x ^= memory[i & (words - 1)] += i;
        printf("%lu\\n", (unsigned long)x);
        return 0;
      }
      """;

  private static final String JAVA_SOURCE =
      """
      class Work {
        public static void main(String[] arguments) {
          long x = 88_172_645_463_325_252L;
          for (long i = 0; i < STEPSL; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
          }
          System.out.println(x);
        }
      }
      """;

  private static final String BUILD =
      """
      set -e
      cc -O2 -DSTEPS=$(cat cpu-steps)ull -o cpu cpu.c
      cc -O2 -DSTEPS=$(cat memory-steps)ull -o memory memory.c
      mkdir -p jvm && sed "s/STEPS/$(cat jvm-steps)/" Work.template >jvm/Work.java
      JAVA_FOLDER/javac -d jvm jvm/Work.java
      """;

  private final Path folder;
  private final GitRepository repository;
  private final WorkTrees trees;
  private final Map<String, Path> built = new HashMap<>();

  private TrialPrograms(Path folder, GitRepository repository, WorkTrees trees) {
    this.folder = folder;
    this.repository = repository;
    this.trees = trees;
  }

  private static Map<String, Double> commits() {
    Map<String, Double> commits = new LinkedHashMap<>();
    commits.put("base", 0.0);
    commits.put("same", 0.0);
    commits.put("ab03", 0.03);
    commits.put("ab10", 0.10);
    return commits;
  }

  /**
   * Builds all in a new folder.
   *
   * @param calibration where the numbers of steps are kept, read if it exists
   */
  static TrialPrograms build(Path calibration) throws IOException, InterruptedException {
    Path all = Files.createTempDirectory("paired-trial");
    Path folder = Files.createDirectory(all.resolve("repository"));
    git(folder, "init", "-q");
    Files.writeString(folder.resolve("cpu.c"), CPU_SOURCE);
    Files.writeString(folder.resolve("memory.c"), MEMORY_SOURCE);
    Files.writeString(folder.resolve("Work.template"), JAVA_SOURCE);
    Files.writeString(folder.resolve("build"), BUILD.replace("JAVA_FOLDER", javaFolder()));
    Files.writeString(folder.resolve(".gitignore"), "cpu\nmemory\njvm/\n");
    Map<String, Map<String, Long>> steps = calibrated(folder, calibration);
    GitRepository repository = GitRepository.open(folder);
    WorkTrees trees = WorkTrees.open(repository.location(), all.resolve("cache"));
    TrialPrograms programs = new TrialPrograms(all, repository, trees);
    for (String name : COMMITS.keySet()) {
      write(folder, Objects.requireNonNull(steps.get(name)));
      git(folder, "add", ".");
      git(
          folder,
          "-c",
          "user.name=Ada",
          "-c",
          "user.email=ada@example.org",
          "commit",
          "-q",
          "--allow-empty",
          "-m",
          name);
      Path tree = trees.add(name, Against.commit(repository, "HEAD"));
      prepare(tree);
      programs.built.put(name, tree);
    }
    return programs;
  }

  private static String javaFolder() {
    return Path.of(System.getProperty("java.home"), "bin").toString();
  }

  private static void git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(command + " ended with " + status);
    }
  }

  private static void write(Path folder, Map<String, Long> steps) throws IOException {
    for (String name : NAMES) {
      Files.writeString(folder.resolve(name + "-steps"), steps.get(name) + "\n");
    }
  }

  private static void prepare(Path tree) throws InterruptedException {
    Optional<String> problem =
        Checkout.setUp(tree, Optional.of(new ShellLine("sh build", Redaction.NONE)));
    if (problem.isPresent()) {
      throw new IllegalStateException(problem.get());
    }
  }

  /** Steps by commit and program. */
  private static Map<String, Map<String, Long>> calibrated(Path folder, Path calibration)
      throws IOException, InterruptedException {
    if (!Files.exists(calibration)) {
      StringBuilder lines = new StringBuilder();
      for (String name : NAMES) {
        long steps = Objects.requireNonNull(STEPS.get(name));
        double base = medianCpuNanos(folder, name, steps);
        double longer = medianCpuNanos(folder, name, Math.round(steps * (1 + CALIBRATING_SPAN)));
        double share = Math.min(1, (longer - base) / CALIBRATING_SPAN / base);
        lines.append(
            String.format(
                Locale.ROOT,
                "%s %d steps take %.1f ms of CPU time, of which the steps %.3f%n",
                name,
                steps,
                base / 1e6,
                share));
      }
      Files.writeString(calibration, lines);
    }
    Map<String, Map<String, Long>> steps = new LinkedHashMap<>();
    for (String line : Files.readAllLines(calibration)) {
      String[] words = line.split(" ");
      double share = Double.parseDouble(words[words.length - 1]);
      COMMITS.forEach((commit, more) ->
          steps
              .computeIfAbsent(commit, name -> new HashMap<>())
              .put(words[0], Math.round(Long.parseLong(words[1]) * (1 + more / share))));
    }
    return steps;
  }

  private static double medianCpuNanos(Path folder, String name, long steps)
      throws IOException, InterruptedException {
    Map<String, Long> all = new HashMap<>(STEPS);
    all.put(name, steps);
    write(folder, all);
    prepare(folder);
    double[] nanos = new double[CALIBRATING_RUNS];
    for (int i = 0; i < nanos.length; i++) {
      Path nowhere = Path.of("/dev/null");
      ProcessOutcome outcome =
          MeasuredProcess.run(
              ProcessCommand.of(
                  BenchmarkDefinition.shell(command(name)), folder, nowhere, nowhere, LIMIT));
      nanos[i] =
          outcome.readings().of(Indicator.USER_CPU).orElseThrow()
              + outcome.readings().of(Indicator.SYSTEM_CPU).orElseThrow();
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static String command(String name) {
    return name.equals("jvm")
        ? javaFolder() + "/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp jvm Work"
        : "./" + name;
  }

  /** What a person would write into nightjar.yaml. */
  static BenchmarkDefinition definition(String name) {
    return BenchmarkDefinition.named(name).command(command(name)).build();
  }

  /** The work tree of a commit, built. */
  Path tree(String commit) {
    return Objects.requireNonNull(built.get(commit));
  }

  @Override
  public void close() {
    trees.close();
    repository.close();
    try {
      new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
