package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Machine;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database that the version with schema 30 made and filled, opened by this one. */
class OldDatabaseIT {
  private static final Instant NIGHT = Instant.parse("2026-11-02T02:00:00Z");

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @TempDir Path folder;

  private final String name = "old_" + UUID.randomUUID().toString().replace("-", "");
  private DatabaseAddress address = new DatabaseAddress("", null, null, "");

  @BeforeEach
  void makeAndFillIt() throws Exception {
    address = Superuser.database(name, shared.database().connections().address());
    OldDatabase.make(address, folder);
  }

  @AfterEach
  void dropIt() throws Exception {
    Superuser.execute("drop database if exists " + name + " with (force)", "postgres");
  }

  @Test
  void tellsTheSameNumbersInEveryView() throws Exception {
    Map<String, List<String>> columns = publicColumns();
    Map<String, List<String>> before = rows(columns);
    assertEquals(4, Objects.requireNonNull(before.get("run_history")).size());
    assertEquals(8, Objects.requireNonNull(before.get("telemetry_samples")).size());
    Database.open(address, null).close();
    Map<String, List<String>> after = rows(columns);
    before.forEach((view, rows) -> assertEquals(rows, after.get(view), view));
    assertEquals(
        List.of("cpu\tcpu\tnull\t", "gpu0\tother\tnull\tgpu0"),
        ask("select label, kind, slot, model from nightjar.device order by label"));
  }

  @Test
  void itsSamplesHaveTheReadingsTheyHad() {
    UUID run = UUID.fromString("01900000-0000-7000-8000-000000000002");
    try (Database database = Database.open(address, null)) {
      List<Sample> samples = database.samples().of(run);
      assertEquals(10, samples.size());
      for (Sample sample : samples) {
        assertEquals(
            BoundaryReadings.ABSENT.with(Indicator.STEAL, sample.ordinal() * 1000L),
            sample.readings());
        assertEquals(900_000_000, sample.wallNanos());
      }
    }
  }

  @Test
  void keepsTheTelemetryOfItsRunsAndTellsNewMachinesApart() {
    UUID run = UUID.fromString("01900000-0000-7000-8000-000000000002");
    try (Database database = Database.open(address, null)) {
      List<TelemetryBatch> all =
          database.telemetry().ofRun(run, Set.of(), NIGHT, NIGHT.plusSeconds(600));
      assertEquals(2, all.size());
      assertArrayEquals(new double[] {0.25, 0.75}, all.get(0).values());
      assertArrayEquals(new double[] {5, 5.07, 5.16, 5.27}, all.get(1).values());
      long machine = database.machines().seen(1, new Machine("boot", "runner-7"));
      assertNotEquals(1, machine);
      database.telemetry().append(machine, List.of(all.get(1)));
      assertEquals(
          2, database.telemetry().ofRun(run, Set.of(), NIGHT, NIGHT.plusSeconds(600)).size());
    }
  }

  @Test
  void aMigrationThatCameAfterOneOfAHigherNumberIsMadeUpFor() throws Exception {
    Database.open(address, null).close();
    String history = "select count(*) from nightjar.flyway_schema_history where version = '066'";
    change("delete from nightjar.flyway_schema_history where version = '066'");
    change("update nightjar.schema_stamp set digest = 'of the build before'");
    Database.open(address, null).close();
    assertEquals(List.of("1"), ask(history));
  }

  @Test
  void aBuildOfTheSameVersionLeavesTheViewsOfAnother() throws Exception {
    Database.open(address, null).close();
    String other =
        "create or replace view public.languages as select repository.name as repository, language,"
            + " 1::bigint as files, 2::bigint as size_bytes, repository_id"
            + " from nightjar.git_head_file join nightjar.repository using (repository_id)";
    change(other);
    change(
        "update nightjar.flyway_schema_history set checksum = 1 where description = 'public views'");
    Database.open(address, null).close();
    assertTrue(ask("select pg_get_viewdef('public.languages'::regclass)").getFirst().contains("2"));
    change("update nightjar.schema_stamp set version = version - 1");
    Database.open(address, null).close();
    assertTrue(
        ask("select pg_get_viewdef('public.languages'::regclass)").getFirst().contains("sum"),
        "an older build's views are brought up to date");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = Connections.single(address).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, List<String>> publicColumns() throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    ask("select table_name, column_name from information_schema.columns"
            + " where table_schema = 'public' order by table_name, ordinal_position")
        .forEach(row -> {
          String[] cells = row.split("\t");
          columns.computeIfAbsent(cells[0], view -> new ArrayList<>()).add(cells[1]);
        });
    return columns;
  }

  private Map<String, List<String>> rows(Map<String, List<String>> columns) throws SQLException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> view : columns.entrySet()) {
      String named = String.join(", ", view.getValue());
      rows.put(
          view.getKey(),
          ask("select " + named + " from public." + view.getKey() + " as one order by one::text"));
    }
    return rows;
  }

  private List<String> ask(String sql) throws SQLException {
    try (Connection connection = Connections.single(address).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        StringJoiner cells = new StringJoiner("\t");
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(row.getString(i)));
        }
        rows.add(cells.toString());
      }
      return rows;
    }
  }
}
