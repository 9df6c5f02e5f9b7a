package dev.nightjar.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement that takes each column as an array, to be unnested: of ten thousands of
 * rows, one statement each costs the server many times the rows' own work, and this process the
 * memory of all of them at once.
 */
public final class ArrayRows {
  private static final int MOST = 5_000;

  private final Connection connection;
  private final PreparedStatement statement;
  private final int first;
  private final String[] types;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();
  private int stored;

  /**
   * Begins.
   *
   * @param statement whose other parameters are set
   * @param first the number of the first column's parameter; the others follow
   * @param types of the columns' elements
   */
  public ArrayRows(Connection connection, PreparedStatement statement, int first, String... types) {
    this.connection = connection;
    this.statement = statement;
    this.first = first;
    this.types = types;
    for (String _ : types) {
      columns.add(new ArrayList<>());
    }
  }

  public void row(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      columns.get(i).add(values[i]);
    }
    if (columns.getFirst().size() == MOST) {
      send();
    }
  }

  /** Sends what is left, and tells how many rows were stored. */
  public int end() throws SQLException {
    if (!columns.getFirst().isEmpty()) {
      send();
    }
    return stored;
  }

  private void send() throws SQLException {
    List<Array> arrays = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      Array array = connection.createArrayOf(types[i], columns.get(i).toArray());
      statement.setArray(first + i, array);
      arrays.add(array);
      columns.get(i).clear();
    }
    stored += statement.executeUpdate();
    for (Array array : arrays) {
      array.free();
    }
  }
}
