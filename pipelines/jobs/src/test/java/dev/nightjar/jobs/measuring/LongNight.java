package dev.nightjar.jobs.measuring;

import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the newest nightly run of the stores in the environment a night of eight hours, in which
 * 100 metrics were read ten times a second, so that publishing it can be measured.
 */
public final class LongNight {
  private static final int METRICS = 100;
  private static final int STEP_MILLIS = 100;
  private static final Duration NIGHT = Duration.ofHours(8);
  private static final Duration AT_ONCE = Duration.ofMinutes(10);

  private LongNight() {}

  public static void main(String[] arguments) {
    Random random = new Random(1);
    try (Stores stores = Stores.open(StoreSettings.fromEnvironment(System.getenv()))) {
      Database database = stores.database();
      long machine =
          database
              .machines()
              .seen(
                  database.runs().host(HostPlatform.current().host()),
                  HostPlatform.current().machine());
      lengthen(database);
      Instant end = Instant.now();
      double[] totals = new double[METRICS];
      for (Instant at = end.minus(NIGHT); at.isBefore(end); at = at.plus(AT_ONCE)) {
        List<TelemetryBatch> batches = new ArrayList<>();
        for (int metric = 0; metric < METRICS; metric++) {
          batches.add(readings(metric, at, totals, random));
        }
        database.telemetry().append(machine, batches);
      }
      database.telemetry().seal(machine);
    }
  }

  /** Half of them counters, half levels. */
  private static TelemetryBatch readings(int metric, Instant from, double[] totals, Random random) {
    int count = (int) (AT_ONCE.toMillis() / STEP_MILLIS);
    long[] times = new long[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = from.toEpochMilli() + (long) i * STEP_MILLIS;
      totals[metric] += random.nextInt(200);
      values[i] = metric % 2 == 0 ? totals[metric] : random.nextInt(10_000);
    }
    String name = metric % 2 == 0 ? "test.count" + metric + ".total" : "test.level" + metric;
    return new TelemetryBatch(new TelemetryMetric(name, "", "1"), times, values);
  }

  private static void lengthen(Database database) {
    database.inTransaction(
        "making the run long",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "update run set started_at = now() - interval '"
                    + NIGHT.toSeconds()
                    + " seconds', finished_at = now() where run_id ="
                    + " (select run_id from run where pipeline = 'nightly'"
                    + " order by started_at desc limit 1)");
            return statement.executeUpdate(
                "update run_machine set began_at = run.started_at, ended_at = run.finished_at"
                    + " from run where run.run_id = run_machine.run_id");
          }
        });
  }
}
