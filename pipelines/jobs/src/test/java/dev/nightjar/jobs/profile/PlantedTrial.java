package dev.nightjar.jobs.profile;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.profile.FunctionProfiler;
import dev.nightjar.git.ChangedLines;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Plants slowdowns in functions of real projects and looks whether the profile names them.
 *
 * <p>{@code PlantedTrial SEED PLANTS WORK RESULTS.csv PROJECT.properties=REPOSITORY...}: so many
 * plants in each project, in functions that a seed chooses among those that take two per cent of it
 * or more by themselves. A project's file says at which commit it is built ({@code commit}), how it
 * is built and run ({@code build}, {@code command}, both for a shell in a clone), which of its
 * sources are planted in ({@code sources}, an expression), and in which language they are ({@code
 * language}: c or java). Planted is a loop whose result nobody may leave out; it is made longer
 * until the whole is slower by three per cent at least.
 */
public final class PlantedTrial {
  private static final Duration BUDGET = Duration.ofSeconds(100);
  private static final double LEAST_SHARE = 0.02;
  private static final double LEAST_SLOWDOWN = 0.03;
  private static final double WANTED_SLOWDOWN = 0.10;
  private static final int MOST_TRIES = 4;
  private static final String HEADS =
      "project,function,file,iterations,profiler,before,after,slowdown,named,share,located,right,seconds\n";

  private final Properties project = new Properties();
  private final String name;
  private final Path base;
  private final Path head;
  private final BenchmarkDefinition definition;

  private PlantedTrial(Path file, String repository, Path work) throws Exception {
    try (Reader reader = Files.newBufferedReader(file)) {
      project.load(reader);
    }
    name = String.valueOf(file.getFileName()).replace(".properties", "");
    base = work.resolve(name + "-base").toAbsolutePath();
    head = work.resolve(name + "-head").toAbsolutePath();
    String folder = file.toAbsolutePath().getParent().toString();
    definition =
        BenchmarkDefinition.named(name)
            .command(project.getProperty("command"))
            .environment(Map.of("TRIAL", folder))
            .build();
    String commit = shell(Path.of(repository), "git rev-parse " + project.getProperty("commit"));
    project.setProperty("commit", commit.strip());
    for (Path tree : List.of(base, head)) {
      if (!Files.exists(tree)) {
        shell(work, "git clone -q " + repository + " " + tree);
        shell(tree, "git checkout -q " + project.getProperty("commit"));
      }
      shell(tree, "git checkout -q -f " + project.getProperty("commit"));
      shell(tree, "export TRIAL=" + folder + "; " + project.getProperty("build"));
    }
  }

  /** Runs the trial. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    int plants = Integer.parseInt(arguments[1]);
    Path work = Files.createDirectories(Path.of(arguments[2]));
    Path results = Path.of(arguments[3]);
    if (!Files.exists(results)) {
      Files.writeString(results, HEADS);
    }
    for (int i = 4; i < arguments.length; i++) {
      String[] of = arguments[i].split("=", 2);
      new PlantedTrial(Path.of(of[0]), of[1], work).plant(plants, new Random(seed), results);
    }
    System.exit(0); // the platform's watchers go on
  }

  private void plant(int plants, Random random, Path results) throws Exception {
    List<FunctionDifference> candidates = candidates();
    System.out.println(name + ": " + candidates.size() + " candidates, seed from the arguments");
    Collections.shuffle(candidates, random);
    int done = 0;
    for (FunctionDifference candidate : candidates) {
      if (done < plants && plantedAt(candidate, 1).isPresent()) {
        try {
          String row = row(candidate) + "\n";
          Files.writeString(results, row, StandardOpenOption.APPEND);
          done++;
        } catch (IOException e) {
          System.out.println("left out, as it does not build: " + candidate.function().name());
        }
      }
    }
  }

  private List<FunctionDifference> candidates() throws InterruptedException {
    DifferentialProfile alone =
        FunctionProfiler.profile(definition, base, base, BUDGET).profile().orElseThrow();
    String sources = project.getProperty("sources");
    return new ArrayList<>(
        alone.functions().stream()
            .filter(one -> one.self().before() >= LEAST_SHARE * alone.total().before())
            .filter(one -> one.function().file() != null && one.line() != null)
            .filter(one -> source(one.function()).filter(file -> file.matches(sources)).isPresent())
            .sorted(Comparator.comparing(one -> one.function().name()))
            .toList());
  }

  /** Where it stands in the repository; Java's recordings know the path below the sources alone. */
  private Optional<String> source(CodeFunction function) {
    return Stream.of("", "src/main/java/")
        .map(folder -> folder + function.file())
        .filter(file -> Files.exists(base.resolve(file)))
        .findFirst();
  }

  /** The source with a loop in that function; absent where its beginning is not found. */
  private Optional<String> plantedAt(FunctionDifference one, int iterations) throws IOException {
    String text = Files.readString(base.resolve(source(one.function()).orElseThrow()));
    int body = BodyFinder.bodyOf(simpleName(one.function().name()), text, one.line());
    return body < 0
        ? Optional.empty()
        : Optional.of(text.substring(0, body) + loop(iterations) + text.substring(body));
  }

  /** On the same line, so that all others stay where they are. */
  private String loop(int iterations) {
    return project.getProperty("language").equals("java")
        ? " for (int njt = 0; njt < %d; njt++) { NightjarSink.value = njt; }".formatted(iterations)
        : " { volatile unsigned njt = 0; while (njt < %du) njt = njt + 1; }".formatted(iterations);
  }

  private static String simpleName(String name) {
    String plain = name.replaceAll("<[^()]*>", "").replaceAll("\\(.*", "");
    return plain.replaceAll(".*[:.]", "").replaceAll(".*\\s", "").strip();
  }

  private String row(FunctionDifference candidate) throws Exception {
    int iterations = 12;
    for (int attempt = 1; ; attempt++) {
      build(candidate, iterations);
      long began = System.nanoTime();
      FunctionProfiler.Outcome outcome = FunctionProfiler.profile(definition, base, head, BUDGET);
      double seconds = (System.nanoTime() - began) / 1e9;
      DifferentialProfile profile = outcome.profile().orElseThrow();
      double slowdown = profile.total().relative();
      if (slowdown >= LEAST_SLOWDOWN || attempt == MOST_TRIES) {
        return row(candidate, iterations, profile, seconds);
      }
      double factor = WANTED_SLOWDOWN / Math.max(slowdown, 0.002);
      iterations = (int) Math.ceil(iterations * Math.min(50, factor));
    }
  }

  private void build(FunctionDifference candidate, int iterations) throws Exception {
    String source = source(candidate.function()).orElseThrow();
    shell(head, "git checkout -q -f " + project.getProperty("commit"));
    Files.writeString(head.resolve(source), plantedAt(candidate, iterations).orElseThrow());
    if (project.getProperty("language").equals("java")) {
      String text = Files.readString(base.resolve(source));
      String declared =
          text.lines().filter(line -> line.startsWith("package ")).findFirst().orElse("");
      Files.writeString(
          head.resolve(source).resolveSibling("NightjarSink.java"),
          declared + "\nfinal class NightjarSink { static volatile int value; }\n");
      shell(head, "git add -A .");
    }
    String folder = definition.environment().get("TRIAL");
    shell(head, "git -c user.name=n -c user.email=n@x commit -qam plant");
    shell(head, "export TRIAL=" + folder + "; " + project.getProperty("build"));
  }

  private String row(
      FunctionDifference planted, int iterations, DifferentialProfile profile, double seconds)
      throws Exception {
    ChangedLines changed =
        ChangedLines.between(head.resolve(".git"), project.getProperty("commit"), "HEAD");
    FunctionNaming naming = new FunctionNaming(profile, changed, VerdictKind.REGRESSED);
    Optional<NamedFunction> named = naming.named(profile.total().relative());
    String function = named.map(one -> one.function().function().name()).orElse("");
    String row =
        String.format(
            Locale.ROOT,
            "%s,%s,%s,%d,%s,%.6g,%.6g,%.4f,%s,%.3f,%s,%s,%.1f",
            name,
            cell(planted.function().name()),
            source(planted.function()).orElse(""),
            iterations,
            profile.profiler().word(),
            profile.total().before(),
            profile.total().after(),
            profile.total().relative(),
            cell(function),
            named.map(one -> one.function().share()).orElse(0.0),
            named.map(one -> one.file() + ":" + one.line()).orElse(""),
            function.equals(planted.function().name()),
            seconds);
    System.out.println(row);
    named.ifPresent(one -> System.out.println("  " + one.sentence()));
    return row;
  }

  private static String cell(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String shell(Path folder, String line) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(line + " in " + folder + ": " + output);
    }
    return output;
  }
}
