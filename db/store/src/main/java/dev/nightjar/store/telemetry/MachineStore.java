package dev.nightjar.store.telemetry;

import dev.nightjar.model.Machine;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Machines, each of a host's kind, and which of them a run was made on. */
public final class MachineStore {
  private final Connections database;

  public MachineStore(Connections database) {
    this.database = database;
  }

  /**
   * A part of a run that was made on one machine, within [from, to).
   *
   * @param from {@link Instant#MIN} for the first
   * @param to {@link Instant#MAX} while it goes on
   */
  record Stint(long machineId, Instant from, Instant to) {}

  /** The machine's number, made when it is new; it was seen just now. */
  public long seen(long hostId, Machine machine) {
    return database.inTransaction(
        "storing the machine", connection -> seen(connection, hostId, machine));
  }

  /**
   * Notes that a run begins, or goes on, on a machine.
   *
   * @return the machine's number
   */
  public long begin(UUID runId, long hostId, Machine machine, Instant at) {
    return database.inTransaction(
        "noting the machine of the run",
        connection -> {
          long machineId = seen(connection, hostId, machine);
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into run_machine (run_id, began_at, machine_id) values (?, ?, ?)"
                      + " on conflict do nothing")) {
            statement.setObject(1, runId);
            statement.setObject(2, UtcTime.of(at));
            statement.setLong(3, machineId);
            statement.executeUpdate();
            return machineId;
          }
        });
  }

  /** Notes that the machine is no longer watched for a run. */
  public void end(UUID runId, Instant at) {
    database.inTransaction(
        "noting the end of telemetry",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "update run_machine set ended_at = greatest(?, began_at)"
                      + " where run_id = ? and ended_at is null")) {
            statement.setObject(1, UtcTime.of(at));
            statement.setObject(2, runId);
            return statement.executeUpdate();
          }
        });
  }

  /** When a run's machine was no longer watched for it; absent while it is, or was none. */
  public Optional<Instant> watchedUntil(UUID runId) {
    return database.read(
        "reading the machines of the run",
        connection -> {
          List<Stint> stints = stints(connection, runId);
          return stints.isEmpty() || stints.getLast().to.equals(Instant.MAX)
              ? Optional.empty()
              : Optional.of(stints.getLast().to);
        });
  }

  private static long seen(Connection connection, long hostId, Machine machine)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into machine (host_id, boot_id, name) values (?, ?, ?)"
                + " on conflict (host_id, boot_id, name) do update set last_seen_at = now()"
                + " returning machine_id")) {
      statement.setLong(1, hostId);
      statement.setString(2, machine.bootId());
      statement.setString(3, machine.name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The machines of a run one after another; none when it was made elsewhere. */
  static List<Stint> stints(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select machine_id, began_at, coalesce(ended_at, lead(began_at) over in_time)"
                + " from run_machine where run_id = ? window in_time as (order by began_at)"
                + " order by began_at")) {
      statement.setObject(1, runId);
      List<Stint> stints = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Instant from = row.getObject(2, OffsetDateTime.class).toInstant();
          OffsetDateTime to = row.getObject(3, OffsetDateTime.class);
          stints.add(
              new Stint(
                  row.getLong(1),
                  stints.isEmpty() ? Instant.MIN : from,
                  to == null ? Instant.MAX : to.toInstant()));
        }
      }
      return stints;
    }
  }
}
