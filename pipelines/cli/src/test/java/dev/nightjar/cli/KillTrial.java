package dev.nightjar.cli;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Kills commands at random moments, with {@code kill -9}: Nightjar itself, its PostgreSQL and its
 * Redis in turn. The same command again must then come to what an undisturbed one comes to, row for
 * row.
 *
 * <p>A line of raw data is kept for each kill; a call with the same file goes on behind the last.
 */
public final class KillTrial {
  private static final String HEADER =
      "verb,kill,victim,after_ms,exit_code,again_exit_code,again_ms,is_equal";
  private static final int MOST_ATTEMPTS = 40;

  private final Path folder;
  private final Path home;
  private final Path pattern;
  private final long seed;
  private int projects;

  private KillTrial(Path folder, long seed) throws IOException, InterruptedException {
    this.folder = folder;
    this.seed = seed;
    home = Files.createDirectories(folder.resolve("home"));
    pattern = KillProject.pattern(folder.resolve("pattern"), seed);
  }

  /**
   * Arguments: the file of raw data, how many kills of each verb it should hold in the end, a seed,
   * the verbs (all where none is named).
   *
   * @throws IllegalStateException when a command again did not come to what it should
   */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING); // the connection pool tells of each store
    Path file = Path.of(args[0]).toAbsolutePath();
    int kills = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    List<KilledVerb> verbs =
        args.length == 3
            ? List.of(KilledVerb.values())
            : List.of(args).subList(3, args.length).stream().map(KilledVerb::valueOf).toList();
    if (!Files.exists(file)) {
      Files.writeString(file, HEADER + "\n");
    }
    Path folder = Files.createTempDirectory("kill-trial");
    KillTrial trial = new KillTrial(folder, seed);
    boolean isWhole = true;
    try {
      for (KilledVerb verb : verbs) {
        isWhole &= trial.kill(verb, kills, file);
      }
    } finally {
      stopStores(trial.home);
    }
    if (!isWhole) {
      System.err.println("Not every command came to what it should: " + file + "; " + folder);
      System.exit(1);
    }
    PlainFiles.delete(folder);
  }

  private boolean kill(KilledVerb verb, int kills, Path file) throws Exception {
    String prefix = verb + ",";
    long done = Files.readAllLines(file).stream().filter(line -> line.startsWith(prefix)).count();
    Undisturbed undisturbed = undisturbed(verb);
    boolean isWhole = true;
    for (int number = (int) done; number < kills; number++) {
      Killed killed = killed(verb, number, undisturbed);
      String line = prefix + number + "," + killed.csv();
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
      System.out.println(line);
      isWhole &= killed.isWhole();
    }
    return isWhole;
  }

  /** What a verb comes to when nothing disturbs it, and how long that takes. */
  private record Undisturbed(String result, long millis) {}

  /** What a kill came to. */
  private record Killed(
      Victim victim,
      long afterMillis,
      int exitCode,
      int againExitCode,
      long againMillis,
      boolean isEqual) {
    boolean isWhole() {
      return againExitCode == ExitCode.DONE && isEqual;
    }

    String csv() {
      return "%s,%d,%d,%d,%d,%s"
          .formatted(victim, afterMillis, exitCode, againExitCode, againMillis, isEqual);
    }
  }

  private Undisturbed undisturbed(KilledVerb verb) throws Exception {
    Place place = place(verb);
    long began = System.nanoTime();
    KilledVerb.succeed(NightjarProcess.run(place.home, place.project, verb.command()));
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    String result = verb.result(place.home, place.project);
    place.leave();
    return new Undisturbed(result, millis);
  }

  private Killed killed(KilledVerb verb, int number, Undisturbed undisturbed) throws Exception {
    Victim victim = verb.victims().get(number % verb.victims().size());
    SplittableRandom random =
        new SplittableRandom(seed * 1_000_003 + verb.name().hashCode() * 1_009L + number);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Place place = place(verb);
      long afterMillis = random.nextLong(undisturbed.millis);
      NightjarProcess process =
          NightjarProcess.start(place.home, place.project, Map.of(), verb.command());
      Thread.sleep(afterMillis); // the one place where time itself is what is tried
      boolean wasKilled = victim.kill(process, place.home);
      int exitCode = process.await().exitCode();
      boolean hasEndedBefore = victim == Victim.JAVA && exitCode == ExitCode.DONE;
      if (wasKilled && !hasEndedBefore) {
        Killed killed = again(verb, place, victim, afterMillis, exitCode, undisturbed);
        if (killed.isWhole()) {
          place.leave();
        }
        return killed;
      }
      place.leave();
    }
    throw new IllegalStateException(victim + " was never there when " + verb + " was to be killed");
  }

  private static Killed again(
      KilledVerb verb,
      Place place,
      Victim victim,
      long afterMillis,
      int exitCode,
      Undisturbed undisturbed)
      throws Exception {
    long began = System.nanoTime();
    NightjarProcess.Ended ended = NightjarProcess.run(place.home, place.project, verb.command());
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    if (ended.exitCode() != ExitCode.DONE) {
      System.err.println(verb + " in " + place.project + ": " + ended.out() + ended.err());
      return new Killed(victim, afterMillis, exitCode, ended.exitCode(), millis, false);
    }
    String result = verb.result(place.home, place.project);
    boolean isEqual = result.equals(undisturbed.result);
    if (!isEqual) {
      Files.writeString(place.project.resolve("expected.txt"), undisturbed.result);
      Files.writeString(place.project.resolve("result.txt"), result);
      System.err.println(verb + " in " + place.project + ": see expected.txt and result.txt");
    }
    return new Killed(victim, afterMillis, exitCode, ended.exitCode(), millis, isEqual);
  }

  /** Where one trial takes place. */
  private record Place(Path home, Path project, boolean hasOwnHome) {
    void leave() throws IOException {
      PlainFiles.delete(project);
      if (hasOwnHome) {
        stopStores(home);
        PlainFiles.delete(home);
      }
    }
  }

  private Place place(KilledVerb verb) throws Exception {
    String name = verb.name().toLowerCase(Locale.ROOT) + projects++;
    Path project = KillProject.clone(pattern, folder.resolve("projects").resolve(name));
    boolean needsNewHome = verb.needsNewHome();
    Path ownHome =
        needsNewHome ? Files.createDirectories(folder.resolve("homes").resolve(name)) : home;
    if (!needsNewHome) { // a verb that does without Redis does not bring back one that was killed
      KilledVerb.succeed(NightjarProcess.run(ownHome, project, "db", "start"));
    }
    verb.prepare(ownHome, project);
    return new Place(ownHome, project, needsNewHome);
  }

  private static void stopStores(Path home) {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home))).stop(true);
  }
}
