package dev.nightjar.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded stores on a file system that is full, which only root can make here. */
class FullDiskIT {
  private static final Path CACHE = Path.of("target", "killed-stores", "cache").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private boolean isMounted;

  private void mount(String size) throws Exception {
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    assumeTrue(isMounted, "skipped: no file system can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      Stores.embedded(settings()).stop(true);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!run("umount", folder.toString())) { // the watcher works there until it has ended
        assertTrue(System.nanoTime() < end, "it cannot be unmounted");
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  /** In the middle of initdb, at its end, as the server starts, and in the first migration. */
  @ParameterizedTest
  @ValueSource(strings = {"1m", "20m", "39m", "40m", "41m"})
  void aFirstStartThatFoundNoSpaceIsFinishedWhenThereIsSome(String size) throws Exception {
    mount(size);
    Failure refusal = assertThrows(Failure.Unavailable.class, () -> Stores.open(settings()));
    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence.contains("free") || sentence.contains("space"), sentence);
    assertTrue(run("mount", "-o", "remount,size=400m", folder.toString()));
    try (Stores stores = Stores.open(settings())) {
      assertEquals("0", ask(stores, "select count(*) from nightjar.run"));
    }
  }

  @Test
  void aDiskThatFillsUnderARunningDatabaseLosesNothingAndIsUsedAgainWhenThereIsSpace()
      throws Exception {
    mount("200m");
    Path filler = folder.resolve("filler");
    try (Stores stores = Stores.open(settings())) {
      write(stores, "create table nightjar.kept (text text)");
      write(stores, "insert into nightjar.kept values ('before')");
      fill(filler);
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> writeMuch(stores));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("try again")
              || String.valueOf(refusal.getMessage()).contains("space"),
          refusal.getMessage());
      Files.delete(filler);
    }
    try (Stores stores = Stores.open(settings())) {
      assertEquals("before", ask(stores, "select text from nightjar.kept where text = 'before'"));
      write(stores, "insert into nightjar.kept values ('after')");
      assertEquals("1", ask(stores, "select count(*) from nightjar.kept where text = 'after'"));
    }
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space"), e.getMessage());
    }
  }

  /** The log of what is written was allotted before, and takes some. */
  private static void writeMuch(Stores stores) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      write(
          stores,
          "insert into nightjar.kept select repeat(md5(i::text), 30)"
              + " from generate_series(1, 20000) as i");
    }
  }

  private static void write(Stores stores, String sql) {
    stores
        .database()
        .inTransaction(
            "writing",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }

  private static String ask(Stores stores, String sql) {
    return stores
        .database()
        .read(
            "asking",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
              }
            });
  }

  private StoreSettings settings() {
    return new StoreSettings(
        StoreSettings.EMBEDDED,
        StoreSettings.EMBEDDED,
        folder.resolve("data"),
        CACHE,
        Duration.ofMinutes(10));
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
