package dev.nightjar.store.archive;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a database that hold what was measured, as its catalog lists them.
 *
 * <p>Left out is what a database says of itself and its server: the schema's version, the login
 * that reads, and who holds which lock.
 */
final class KeptTables {
  /** Those that a fresh schema has rows in; what stands there gives way to what is taken in. */
  private static final Set<String> FILLED_AT_FIRST =
      Set.of("nightjar.pseudonym_secret", "nightjar.device");

  private static final String SCHEMAS =
      """
      (select oid, nspname from pg_namespace where nspname in ('nightjar', 'batch')) as schema\
      """;

  private static final String LIST =
      """
      select nspname, relname,
             array(select attname::text from pg_attribute
                   where attrelid = kept.oid and attnum > 0 and not attisdropped and attgenerated = ''
                   order by attnum),
             array(select distinct refers.confrelid::regclass::text from pg_constraint as refers
                   where refers.conrelid = kept.oid and refers.contype = 'f' and refers.confrelid <> kept.oid),
             kept.oid::regclass::text
      from pg_class as kept join %s on schema.oid = relnamespace
      where relkind in ('r', 'p') and not relispartition
        and relname not in ('flyway_schema_history', 'schema_stamp', 'reader_login', 'lock')
      order by nspname, relname\
      """
          .formatted(SCHEMAS);

  private static final String SEQUENCES =
      """
      select nspname || '.' || relname
      from pg_class join %s on schema.oid = relnamespace
      where relkind = 'S'
      order by 1\
      """
          .formatted(SCHEMAS);

  private final List<KeptTable> inOrder;

  private KeptTables(List<KeptTable> inOrder) {
    this.inOrder = inOrder;
  }

  private record Found(KeptTable table, Set<String> refersTo) {}

  /** Those of a database; none when it has no schema of ours. */
  static KeptTables of(Connection connection) throws SQLException {
    Map<String, Found> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LIST)) {
      while (row.next()) {
        KeptTable table = new KeptTable(row.getString(1), row.getString(2), texts(row.getArray(3)));
        found.put(row.getString(5), new Found(table, Set.copyOf(texts(row.getArray(4)))));
      }
    }
    Map<String, KeptTable> placed = new LinkedHashMap<>();
    found.keySet().forEach(name -> place(name, found, placed));
    return new KeptTables(List.copyOf(placed.values()));
  }

  /** What a table refers to comes before it. */
  private static void place(String name, Map<String, Found> all, Map<String, KeptTable> placed) {
    Found found = all.get(name);
    if (found != null && !placed.containsKey(name)) {
      found.refersTo().forEach(other -> place(other, all, placed));
      placed.put(name, found.table());
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }

  /** Those first that others refer to. */
  List<KeptTable> inOrder() {
    return inOrder;
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** One that holds what somebody has put there. */
  Optional<KeptTable> filled(Connection connection) throws SQLException {
    for (KeptTable table : inOrder) {
      if (!FILLED_AT_FIRST.contains(table.key()) && hasRows(connection, table)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** Removes what a fresh schema has by itself. */
  void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (KeptTable table : inOrder.reversed()) {
        if (FILLED_AT_FIRST.contains(table.key())) {
          statement.execute("delete from " + table.quoted());
        }
      }
    }
  }

  /** How many rows each has. */
  Map<String, Long> rows(Connection connection) throws SQLException {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (KeptTable table : inOrder) {
      rows.put(table.key(), number(connection, "select count(*) from " + table.quoted()));
    }
    return rows;
  }

  private static boolean hasRows(Connection connection, KeptTable table) throws SQLException {
    String found = "select count(*) from (select from %s limit 1) as one".formatted(table.quoted());
    return number(connection, found) > 0;
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The names of what gives out numbers. */
  static Set<String> sequences(Connection connection) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SEQUENCES)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  /** The name of a sequence for a statement. */
  static String quotedSequence(String name) {
    int dot = name.indexOf('.');
    return KeptTable.quoted(name.substring(0, dot))
        + "."
        + KeptTable.quoted(name.substring(dot + 1));
  }
}
