package dev.nightjar.store.run;

import dev.nightjar.model.DeadLetter;
import dev.nightjar.store.sql.Connections;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What came from outside and could not be taken in. */
public final class DeadLetterStore {
  private final Connections database;

  public DeadLetterStore(Connections database) {
    this.database = database;
  }

  /** Keeps a letter; the same subject of the same route in the same run is kept once. */
  public void put(UUID runId, DeadLetter letter) {
    database.inTransaction(
        "storing a dead letter",
        connection -> {
          String sql =
              "insert into dead_letter (run_id, route, subject, payload, error) values (?, ?, ?, ?, ?)"
                  + " on conflict (run_id, route, subject) do nothing";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            statement.setString(2, storable(letter.route()));
            statement.setString(3, storable(letter.subject()));
            statement.setString(4, storable(letter.payload()));
            statement.setString(5, storable(letter.error()));
            return statement.executeUpdate();
          }
        });
  }

  /** PostgreSQL's text holds any character but NUL. */
  private static String storable(String text) {
    String bounded =
        text.length() <= DeadLetter.PAYLOAD_CHARS_MAX
            ? text
            : text.substring(0, DeadLetter.PAYLOAD_CHARS_MAX);
    return bounded.replace("\0", "\\0");
  }

  /** All letters, oldest first. */
  public List<KeptLetter> all() {
    return database.read(
        "reading dead letters",
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "select dead_letter_id, occurred_at, run_id, repository_id, repository.name,"
                          + " route, subject, payload, error from dead_letter"
                          + " left join run using (run_id)"
                          + " left join repository using (repository_id) order by dead_letter_id");
              ResultSet row = statement.executeQuery()) {
            List<KeptLetter> letters = new ArrayList<>();
            while (row.next()) {
              letters.add(
                  new KeptLetter(
                      row.getLong(1),
                      row.getObject(2, OffsetDateTime.class).toInstant(),
                      row.getObject(3, UUID.class),
                      row.getObject(4, Long.class),
                      row.getString(5),
                      new DeadLetter(
                          row.getString(6), row.getString(7), row.getString(8), row.getString(9))));
            }
            return letters;
          }
        });
  }

  /** Forgets letters, as what they hold has been taken in, or has been kept anew. */
  public void remove(Collection<KeptLetter> letters) {
    database.inTransaction(
        "removing dead letters",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "delete from dead_letter where dead_letter_id = any (?)")) {
            Object[] ids = letters.stream().map(KeptLetter::id).toArray();
            statement.setArray(1, connection.createArrayOf("int8", ids));
            return statement.executeUpdate();
          }
        });
  }

  /** The letters of a run, oldest first. */
  public List<DeadLetter> of(UUID runId) {
    return database.read(
        "reading dead letters",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select route, subject, payload, error from dead_letter where run_id = ?"
                      + " order by dead_letter_id")) {
            statement.setObject(1, runId);
            List<DeadLetter> letters = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                letters.add(
                    new DeadLetter(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
              }
            }
            return letters;
          }
        });
  }
}
