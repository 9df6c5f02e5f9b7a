package dev.nightjar.store.run;

import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.store.sample.AssumedDirectionStore;
import dev.nightjar.store.sample.DisturbanceStore;
import dev.nightjar.store.sample.DisturbedSample;
import dev.nightjar.store.sample.SampleStore;
import dev.nightjar.store.sample.SeriesRows;
import dev.nightjar.store.sql.Connections;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes in runs that were made elsewhere. A run is stored whole in one transaction or not at all,
 * and only a complete one counts as known: what an interrupted one left is completed.
 *
 * <p>A run's identifier is that of the run where it was made. Two repositories of one database may
 * be given the same run; the second then keeps it under an identifier made of both.
 */
public final class RunImport {
  private final Connections database;

  public RunImport(Connections database) {
    this.database = database;
  }

  /**
   * What a run holds.
   *
   * @param assumed series of which nobody says which way is better
   * @param findings what its judgement said of findings
   */
  public record Content(
      List<Sample> samples,
      List<DisturbedSample> disturbed,
      List<BenchmarkFailure> failures,
      Set<Series> assumed,
      RunFindings findings) {
    /** Of a run that was not judged. */
    public Content(
        List<Sample> samples,
        List<DisturbedSample> disturbed,
        List<BenchmarkFailure> failures,
        Set<Series> assumed) {
      this(samples, disturbed, failures, assumed, RunFindings.NONE);
    }
  }

  /**
   * What came of it.
   *
   * @param runId under which the run is stored
   * @param isNew whether it was not stored, or not completely, before
   */
  public record Taken(UUID runId, boolean isNew) {}

  /**
   * A run's row.
   *
   * @param isOwned whether a process of this database made the run, and will or did end it
   */
  private record Stored(long repositoryId, RunState state, boolean isOwned) {
    boolean isKnown() {
      return state == RunState.COMPLETED || isOwned;
    }
  }

  /**
   * Which of these runs are stored for the repository, and completely; or are being made by a
   * process here.
   */
  public Set<UUID> known(long repositoryId, List<Run> runs) {
    return database.read(
        "looking for known runs",
        connection -> {
          Set<UUID> stored = completed(connection, repositoryId, runs);
          Set<UUID> known = new HashSet<>();
          for (Run run : runs) {
            if (stored.contains(run.id())
                || stored.contains(ofRepository(run.id(), run.startedAt(), repositoryId))) {
              known.add(run.id());
            }
          }
          return known;
        });
  }

  private static Set<UUID> completed(Connection connection, long repositoryId, List<Run> runs)
      throws SQLException {
    Set<UUID> asked = new HashSet<>();
    for (Run run : runs) {
      asked.add(run.id());
      asked.add(ofRepository(run.id(), run.startedAt(), repositoryId));
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select run_id from run left join run_owner using (run_id) where repository_id = ?"
                + " and (state = 'completed' or run_owner.run_id is not null)"
                + " and run_id = any (?)")) {
      statement.setLong(1, repositoryId);
      statement.setArray(2, connection.createArrayOf("uuid", asked.toArray()));
      Set<UUID> stored = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          stored.add(row.getObject(1, UUID.class));
        }
      }
      return stored;
    }
  }

  /**
   * Stores a run with all that it holds, as completed. One that is stored completely stays as it
   * is; one that was made elsewhere, and of which fewer samples are here than it holds, was taken
   * in from a source that was cut off, and is completed.
   *
   * @param run with the repository it is taken into
   */
  public Taken take(Run run, Content content) {
    return database.inTransaction(
        "taking in a run",
        connection -> {
          UUID id = run.id();
          boolean isNew = insert(connection, run, id);
          Stored stored = stored(connection, id);
          if (stored.repositoryId != run.repositoryId()) {
            id = ofRepository(id, run.startedAt(), run.repositoryId());
            isNew = insert(connection, run, id);
            stored = stored(connection, id);
          }
          if (!isNew && stored.isKnown() && (stored.isOwned || isAllOf(connection, id, content))) {
            return new Taken(id, false);
          }
          SeriesRows series = new SeriesRows(connection, run.repositoryId(), run.hostId());
          SampleStore.put(connection, series, id, content.samples());
          DisturbanceStore.put(connection, series, id, content.disturbed());
          AssumedDirectionStore.put(connection, series, id, content.assumed());
          BenchmarkFailureStore.put(connection, id, content.failures());
          FindingStore.put(connection, series, id, content.findings());
          complete(connection, id);
          return new Taken(id, true);
        });
  }

  private static boolean isAllOf(Connection connection, UUID id, Content content)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) from sample where run_id = ?")) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1) >= content.samples().size();
      }
    }
  }

  /** It ended where its last sample did; one of which no times are known lasted no time. */
  private static void complete(Connection connection, UUID id) throws SQLException {
    String sql =
        "update run set state = 'completed', finished_at = greatest(started_at,"
            + " (select max(sample.started_at + make_interval(secs => sample.wall_nanos / 1e9))"
            + " from sample where sample.run_id = run.run_id)) where run_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  private static boolean insert(Connection connection, Run run, UUID id) throws SQLException {
    Run named =
        new Run(
            id,
            run.pipeline(),
            run.repositoryId(),
            run.hostId(),
            run.headCommit(),
            run.branch(),
            RunState.RUNNING,
            run.startedAt(),
            null,
            run.nightjarVersion());
    return RunStore.insert(connection, named, "{}");
  }

  /** Locks the row, so that of two that complete the same half one waits for the other. */
  private static Stored stored(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select repository_id, state, exists (select from run_owner"
                + " where run_owner.run_id = run.run_id) from run where run_id = ? for update")) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Stored(row.getLong(1), RunState.of(row.getString(2)), row.getBoolean(3));
      }
    }
  }

  private static UUID ofRepository(UUID id, Instant startedAt, long repositoryId) {
    ByteBuffer both = ByteBuffer.allocate(3 * Long.BYTES);
    both.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    both.putLong(repositoryId);
    try {
      return UuidV7.of(startedAt, MessageDigest.getInstance("SHA-256").digest(both.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
