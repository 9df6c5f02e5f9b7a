package dev.nightjar.store.measuring;

import dev.nightjar.model.Host;
import dev.nightjar.model.Machine;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Measures how telemetry is written, what it takes, what it costs while a host is sampled, and how
 * it is read; with the durable settings of the embedded server, on an empty folder.
 */
public final class TelemetryMeasurement {
  private static final int HZ = 10;
  private static final long IDLE_MILLIS = 60_000;
  private static final int EIGHT_HOURS_TICKS = 8 * 3600 * HZ;

  private TelemetryMeasurement() {}

  /** Arguments: recording, empty folder for the stores, seconds of live writing. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ProcRecording recording = ProcRecording.read(Path.of(arguments[0]));
    Path folder = Path.of(arguments[1]);
    StoreSettings settings =
        new StoreSettings(
            "embedded",
            "embedded",
            folder.resolve("data"),
            folder.resolve("cache"),
            Duration.ofMinutes(10));
    try (Stores stores = Stores.open(settings)) {
      Database database = stores.database();
      System.out.println("fsync " + text(database, "show fsync"));
      System.out.println("synchronous_commit " + text(database, "show synchronous_commit"));
      System.out.println("load " + Files.readString(Path.of("/proc/loadavg")).strip());
      live(settings, stores, recording, Integer.parseInt(arguments[2]));
      bulk(database, recording);
    }
    Stores.embedded(settings).stop(true);
  }

  /** Eight hours as they would be imported: ten minutes a call. */
  private static void bulk(Database database, ProcRecording recording) {
    long machine = machine(database, "bulk");
    int step = 600 * HZ;
    for (int round = 1; round <= 3; round++) {
      database
          .telemetry()
          .append(machine, recording.batches(0, 10)); // warms up, overlaps with none
    }
    long nanos = 0;
    long values = 0;
    for (long tick = step; tick < step + EIGHT_HOURS_TICKS; tick += step) {
      List<TelemetryBatch> batches = recording.batches(tick, tick + step);
      long begin = System.nanoTime();
      database.telemetry().append(machine, batches);
      nanos += System.nanoTime() - begin;
      values += (long) step * batches.size();
    }
    database.telemetry().seal(machine);
    System.out.printf(
        "bulk: %d values in %.1f s: %.0f values/s%n", values, nanos / 1e9, values / (nanos / 1e9));
    sizes(database, values);
    Instant from = Instant.ofEpochMilli(recording.times.getFirst());
    long begin = System.nanoTime();
    List<TelemetryBatch> hour =
        database.telemetry().read(machine, from.plusSeconds(7200), from.plusSeconds(10800));
    long read = hour.stream().mapToLong(batch -> batch.values().length).sum();
    System.out.printf(
        "read an hour: %d values in %.2f s%n", read, (System.nanoTime() - begin) / 1e9);
    check(recording, database, machine);
  }

  private static long machine(Database database, String name) {
    long host = database.runs().host(new Host(name, name, new TreeMap<>()));
    return database.machines().seen(host, new Machine(name, name));
  }

  private static void sizes(Database database, long values) {
    String sum =
        "select sum(pg_total_relation_size(inhrelid)) from pg_inherits"
            + " where inhparent = 'nightjar.telemetry_minute'::regclass";
    long bytes =
        Long.parseLong(text(database, sum))
            + Long.parseLong(
                text(database, "select pg_total_relation_size('nightjar.telemetry_recent')"));
    System.out.printf(
        "size with indexes and toast: %.1f MB, %.2f bytes a value; rows by kind (small, wide, raw)"
            + " %s%n",
        bytes / 1e6,
        (double) bytes / values,
        text(
            database,
            "select count(small) || ', ' || count(wide) || ', ' || count(raw)"
                + " from nightjar.telemetry_minute"));
  }

  private static void check(ProcRecording recording, Database database, long machine) {
    int from = 600 * HZ;
    List<TelemetryBatch> wanted = recording.batches(from, from + 3000);
    long first = wanted.getFirst().epochMillis()[0];
    long last = wanted.getFirst().epochMillis()[2999];
    List<TelemetryBatch> got =
        database
            .telemetry()
            .read(machine, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last + 1));
    int same = 0;
    for (TelemetryBatch want : wanted) {
      for (TelemetryBatch have : got) {
        if (have.metric().equals(want.metric())
            && Arrays.equals(have.values(), want.values())
            && Arrays.equals(have.epochMillis(), want.epochMillis())) {
          same++;
        }
      }
    }
    System.out.println("read back exactly: " + same + " of " + wanted.size() + " metrics");
  }

  /**
   * What this process, PostgreSQL and Redis spend on a flush every five seconds; first, what they
   * spend when nothing is written.
   */
  private static void live(
      StoreSettings settings, Stores stores, ProcRecording recording, int seconds)
      throws IOException, InterruptedException {
    Database database = stores.database();
    long machine = machine(database, "live");
    var redis = stores.redis();
    long postgres = Stores.embedded(settings).status().postgres().orElseThrow().pid();
    long redisPid = Stores.embedded(settings).status().redis().orElseThrow().pid();
    double[] idle = cost(postgres, redisPid);
    long idleBegin = System.nanoTime();
    Thread.sleep(IDLE_MILLIS);
    print("idle", idle, cost(postgres, redisPid), idleBegin);
    double[] before = cost(postgres, redisPid);
    long begin = System.nanoTime();
    for (int flush = 0; flush < seconds / 5; flush++) {
      List<TelemetryBatch> batches = recording.batches(flush * 50L, flush * 50L + 50);
      database.telemetry().append(machine, batches);
      redis.ifPresent(live -> live.publish(machine, batches));
      long wait = begin + (flush + 1) * 5_000_000_000L - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000));
    }
    print("live, a flush every 5 s", before, cost(postgres, redisPid), begin);
  }

  /** CPU seconds of PostgreSQL, of Redis and of this process. */
  private static double[] cost(long postgres, long redis) throws IOException {
    return new double[] {tree(postgres), cpu(redis), cpu(ProcessHandle.current().pid())};
  }

  private static void print(String what, double[] before, double[] after, long begin) {
    double elapsed = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%s, %.0f s, of one core: PostgreSQL %.2f %%, Redis %.2f %%, writer %.2f %%%n",
        what,
        elapsed,
        100 * (after[0] - before[0]) / elapsed,
        100 * (after[1] - before[1]) / elapsed,
        100 * (after[2] - before[2]) / elapsed);
  }

  /** CPU seconds of a process, its living children and those it waited for. */
  private static double tree(long pid) throws IOException {
    double seconds = waitedFor(pid) + cpu(pid);
    for (ProcessHandle child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      seconds += cpu(child.pid());
    }
    return seconds;
  }

  private static double cpu(long pid) throws IOException {
    String[] words = stat(pid);
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
  }

  private static double waitedFor(long pid) throws IOException {
    String[] words = stat(pid);
    return (Long.parseLong(words[13]) + Long.parseLong(words[14])) / 100.0;
  }

  private static String[] stat(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ");
  }

  private static String text(Database database, String sql) {
    return database.read(
        "measuring",
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
          }
        });
  }
}
