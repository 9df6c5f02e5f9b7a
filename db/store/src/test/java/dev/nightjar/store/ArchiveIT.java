package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.model.Failure;
import dev.nightjar.store.archive.DatabaseExport;
import dev.nightjar.store.archive.DatabaseImport;
import dev.nightjar.store.archive.DatabaseMove;
import dev.nightjar.store.embedded.OtherServer;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that a database keeps, exported, imported and moved. */
class ArchiveIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @TempDir static Path folder;

  private static final String SUFFIX = UUID.randomUUID().toString().replace("-", "");
  private static final DatabaseAddress NOWHERE = new DatabaseAddress("", null, null, "");

  /** As an earlier version left it, and as it was brought up to date. */
  private static byte[] exportOfOld = {};

  private static byte[] export = {};
  private static DatabaseAddress full = NOWHERE;
  private static Map<String, List<String>> told = Map.of();
  private static int databases;

  private DatabaseAddress fresh = NOWHERE;

  @BeforeAll
  static void makeAFullOne() throws Exception {
    full = database();
    OldDatabase.make(full, folder);
    exportOfOld = exported(full);
    Database.open(full, null).close();
    export = exported(full);
    told = views(full);
  }

  @BeforeEach
  void makeAFreshOne() throws Exception {
    fresh = database();
  }

  private static DatabaseAddress database() throws Exception {
    String name = "archive_%d_%s".formatted(++databases, SUFFIX);
    return Superuser.database(name, shared.database().connections().address());
  }

  @AfterAll
  static void dropThem() throws Exception {
    for (int i = 1; i <= databases; i++) {
      Superuser.execute(
          "drop database if exists archive_%d_%s with (force)".formatted(i, SUFFIX), "postgres");
    }
  }

  @Test
  void anImportTellsTheSameInEveryView() throws Exception {
    Map<String, Long> rows = taken(export);
    assertEquals(told, views(fresh));
    assertEquals(4L, rows.get("nightjar.run"), rows.toString());
    assertEquals(
        only(full, "select secret from nightjar.pseudonym_secret"),
        only(fresh, "select secret from nightjar.pseudonym_secret"));
  }

  @Test
  void anExportOfAnEarlierVersionGoesThroughItsMigrations() throws Exception {
    taken(exportOfOld);
    assertEquals(told, views(fresh));
  }

  @Test
  void aDatabaseOfThisVersionInWhichNothingIsKeptTakesAnEarlierOne() throws Exception {
    Database.open(fresh, null).close();
    taken(exportOfOld);
    assertEquals(told, views(fresh));
  }

  @Test
  void whatIsWrittenAfterAnImportGetsNumbersOfItsOwn() throws Exception {
    taken(export);
    String insert =
        "insert into nightjar.host (machine_key, name, facts) values ('new', 'new', '{}')"
            + " returning host_id > (select max(host_id) from nightjar.host)";
    assertEquals("t", only(fresh, insert));
  }

  @Test
  void aDatabaseThatKeepsSomethingIsLeftAlone() throws Exception {
    taken(export);
    for (byte[] another : List.of(export, exportOfOld)) {
      Failure refusal = assertThrows(Failure.Misuse.class, () -> taken(another));
      assertTrue(refusal.getMessage().contains("keeps something already"), refusal.getMessage());
      assertEquals(told, views(fresh));
    }
  }

  @Test
  void anExportThatIsCutOffAnywhereLeavesNothing() throws Exception {
    int whole = export.length;
    for (int length : new int[] {0, 1, 600, whole / 3, whole / 2, whole - 2048}) {
      byte[] some = Arrays.copyOf(export, length);
      Failure refusal = assertThrows(Failure.Misuse.class, () -> taken(some));
      assertTrue(refusal.getMessage().contains("nothing of it is kept"), refusal.getMessage());
      assertIsUnused();
    }
  }

  /** One entry changed, or left out where there is no change, and what is said then. */
  private record Changed(String complaint, String entry, @Nullable UnaryOperator<String> change) {}

  private static Changed changed(
      String complaint, String entry, @Nullable UnaryOperator<String> change) {
    return new Changed(complaint, entry, change);
  }

  private static List<Changed> hostile() {
    return List.of(
        changed("no number", "manifest.json", text -> text.replace("\"rows\":4", "\"rows\":-4")),
        changed(
            "not those of",
            "manifest.json",
            text -> text.replace("nightjar.run\"", "pg_catalog.pg_authid\"")),
        changed(
            "not those of",
            "manifest.json",
            text -> text.replace("\"run_id\"", "\"run_id) from program 'true' --\"")),
        changed(
            "those up to",
            "manifest.json",
            text -> text.replaceFirst("\"schema\":\\d+", "\"schema\":9999")),
        changed(
            "newer Nightjar",
            "manifest.json",
            text -> text.replaceFirst("\"nightjar_export\":1", "\"nightjar_export\":2")),
        changed("cannot be read", "manifest.json", text -> "[".repeat(100_000)),
        changed(
            "weeks",
            "manifest.json",
            text ->
                text.replaceFirst(
                    "\"weeks\":\\[\"\\d{4}-\\d\\d-\\d\\d", "\"weeks\":[\"2026-11-04")),
        changed(
            "numbers what is not there",
            "manifest.json",
            text -> text.replaceFirst("\"sequences\":\\{", "\"sequences\":{\"pg_catalog.x\":1,")),
        changed(
            "more rows",
            "manifest.json",
            text -> text.replaceFirst("(\"table\":\"nightjar.run\",\"rows\":)4", "$13")),
        changed("refuses it", "nightjar.run/000001.copy", text -> text.replaceFirst("\t", "\tx\t")),
        changed(
            "was changed",
            "nightjar.host/000001.copy",
            text -> text.replaceFirst("runner", "rummer")),
        changed(
            "was changed",
            "seals.json",
            text -> text.replaceFirst("\"sha256\":\"..", "\"sha256\":\"zz")),
        changed("ends before its end", "seals.json", null));
  }

  /** In one database, as each is to leave nothing in it. */
  @Test
  void anExportThatSomebodyChangedIsRefusedInASentence() throws Exception {
    for (Changed one : hostile()) {
      byte[] all = rewritten(one);
      Failure refusal = assertThrows(Failure.Misuse.class, () -> taken(all), one.complaint());
      assertTrue(
          refusal.getMessage().contains(one.complaint()),
          () -> one.complaint() + ": " + refusal.getMessage());
      assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
      assertIsUnused();
    }
  }

  @Test
  void aMoveDuringWhichSomethingIsWrittenIsUndone() throws Exception {
    try (Connections from = Connections.open(full, () -> {})) {
      boolean[] isWritten = {false};
      Failure refusal =
          assertThrows(
              Failure.Unavailable.class,
              () ->
                  DatabaseMove.copy(
                      from,
                      fresh,
                      null,
                      (table, rows, ofRows) -> {
                        if (!isWritten[0]) {
                          isWritten[0] = true;
                          change(
                              full,
                              "insert into nightjar.host (machine_key, name, facts) values ('late', 'late', '{}')");
                        }
                      }));
      assertTrue(refusal.getMessage().contains("move again"), refusal.getMessage());
      assertIsUnused();
      DatabaseMove.copy(from, fresh, null, (table, rows, ofRows) -> {});
    }
    change(full, "delete from nightjar.host where machine_key = 'late'");
    change(fresh, "delete from nightjar.host where machine_key = 'late'");
    assertEquals(told, views(fresh));
  }

  static List<Path> otherPrograms() throws IOException {
    List<Path> all = OtherServer.programs(SharedStores.SETTINGS.cacheFolder());
    return all.subList(1, all.size());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("otherPrograms")
  void movesToAServerOfAnotherVersionAndBack(Path programs) throws Exception {
    Path data = Files.createTempDirectory(folder, "server");
    try (OtherServer server = OtherServer.start(programs, data)) {
      assumeFalse(server.version().startsWith("14."), "older than what Nightjar knows");
      System.out.println("to PostgreSQL " + server.version() + " and back");
      server.execute("postgres", "create role nightjar login password 'secret'");
      server.execute("postgres", "create database nightjar owner nightjar");
      DatabaseAddress there = DatabaseAddress.parse(server.url("nightjar", "secret", "nightjar"));
      try (Connections from = Connections.open(full, () -> {})) {
        DatabaseMove.copy(from, there, null, (table, rows, ofRows) -> {});
      }
      assertEquals(told, views(there));
      taken(exported(there));
      assertEquals(told, views(fresh));
    }
  }

  private static byte[] exported(DatabaseAddress address) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Connections database = Connections.open(address, () -> {})) {
      DatabaseExport.write(database, out, (table, rows, ofRows) -> {});
    }
    return out.toByteArray();
  }

  private Map<String, Long> taken(byte[] all) {
    return DatabaseImport.read(
        fresh,
        null,
        new ByteArrayInputStream(all),
        "the file",
        (table, rows, ofRows) -> {},
        DatabaseImport.Check.NONE);
  }

  private void assertIsUnused() {
    Database.open(fresh, null).close();
    assertEquals("0", only(fresh, "select count(*) from nightjar.host"));
    assertEquals("0", only(fresh, "select count(*) from nightjar.run"));
  }

  private static byte[] rewritten(Changed one) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(export));
        TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        boolean isChanged = entry.getName().equals(one.entry());
        UnaryOperator<String> change = one.change();
        if (isChanged && change != null) {
          String text = new String(content, StandardCharsets.UTF_8);
          String other = change.apply(text);
          assertFalse(text.equals(other), "nothing to change in " + text);
          content = other.getBytes(StandardCharsets.UTF_8);
        }
        if (!isChanged || change != null) {
          TarArchiveEntry copy = new TarArchiveEntry(entry.getName());
          copy.setSize(content.length);
          out.putArchiveEntry(copy);
          out.write(content);
          out.closeArchiveEntry();
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Every row of every public view. */
  private static Map<String, List<String>> views(DatabaseAddress address) throws SQLException {
    Map<String, List<String>> views = new TreeMap<>();
    for (String view :
        ask(
            address,
            "select table_name from information_schema.views where table_schema = 'public'")) {
      views.put(view, ask(address, "select v::text from public." + view + " as v order by 1"));
    }
    return views;
  }

  private static String only(DatabaseAddress address, String sql) {
    try {
      return ask(address, sql).getFirst();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void change(DatabaseAddress address, String sql) {
    only(address, sql + " returning 1");
  }

  private static List<String> ask(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = Connections.single(address).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }
}
