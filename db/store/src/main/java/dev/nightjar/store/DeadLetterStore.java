package dev.nightjar.store;

import dev.nightjar.model.DeadLetter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What came from outside and could not be taken in. */
public final class DeadLetterStore {
  private static final int PAYLOAD_CHARS_MAX = 64 * 1024;

  private final Database database;

  DeadLetterStore(Database database) {
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
        text.length() <= PAYLOAD_CHARS_MAX ? text : text.substring(0, PAYLOAD_CHARS_MAX);
    return bounded.replace("\0", "\\0");
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
