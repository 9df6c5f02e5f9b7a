package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunPlace;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Skip;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunLedgerIT {
  @RegisterExtension static final LedgerStores stores = new LedgerStores();

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String HEAD = "a".repeat(40);
  private static final String NEXT = "b".repeat(40);

  private final String name = "ledger " + UUID.randomUUID();
  private final RunPlace place = new RunPlace("/src/" + name, "attic", "boot 1");
  private final List<String> notes = new ArrayList<>();
  private Database database;
  private long repositoryId;
  private long hostId;

  @BeforeEach
  void aRepositoryAndAMachine() {
    database = stores.stores().database();
    repositoryId =
        database
            .runs()
            .repository(
                new RepositoryFacts(place.location(), name, "sha1", "main", "main", HEAD, false),
                Optional.empty());
    hostId = host("machine " + name);
  }

  private long host(String key) {
    return database.runs().host(new Host(key, "attic", new TreeMap<>()));
  }

  private RunDraft draft(String head) {
    return new RunDraft("nightly", repositoryId, hostId, head, "main", "test", "{}");
  }

  private RunLedger ledger(RunPlace where) {
    return RunLedger.open(database, where, PATIENCE, notes::add);
  }

  /** A run whose owner died: its locks are free, and its row says that it goes on. */
  private Run killed(RunPlace where) {
    try (RunLedger ledger = ledger(where);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      return owned.run();
    }
  }

  private Run failed(RunPlace where) throws Exception {
    try (RunLedger ledger = ledger(where);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      assertThrows(
          Failure.Misuse.class,
          () ->
              owned.complete(() -> {
                throw new Failure.Misuse("no");
              }));
      return owned.run();
    }
  }

  private RunState state(Run run) {
    return database.runs().find(run.id()).orElseThrow().state();
  }

  @Test
  void aRunThatDidNotCompleteIsGoneOnWith() throws Exception {
    Run run = killed(place);
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.resume(draft(HEAD)).orElseThrow()) {
      assertEquals(run.id(), owned.run().id());
      owned.complete(() -> {});
    }
    assertEquals(RunState.COMPLETED, state(run));
    assertEquals(1, notes.size(), notes::toString);
    try (RunLedger ledger = ledger(place)) {
      assertEquals(Optional.empty(), ledger.resume(draft(HEAD)).map(OwnedRun::run));
    }
  }

  /** A failed night and a commit: no later night needs a person. */
  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "FAILED"})
  void aRunOfAnotherCommitIsLeftAndSaidInALine(RunState end) throws Exception {
    Run run = end == RunState.RUNNING ? killed(place) : failed(place);
    assertEquals(end, state(run));
    try (RunLedger ledger = ledger(place)) {
      assertEquals(Optional.empty(), ledger.resume(draft(NEXT)).map(OwnedRun::run));
      assertEquals(RunState.ABANDONED, state(run));
      assertEquals(1, notes.size(), notes::toString);
      assertTrue(notes.getFirst().contains("aaaaaaaaaaaa, and bbbbbbbbbbbb"), notes::toString);
      try (OwnedRun next = ledger.begin(draft(NEXT))) {
        next.complete(() -> {});
        assertEquals(RunState.COMPLETED, state(next.run()));
      }
    }
    assertEquals(1, notes.size(), notes::toString);
  }

  @Test
  void aRunOfAnotherKindOfMachineIsLeft() {
    Run run = killed(place);
    hostId = host("after the update " + name);
    try (RunLedger ledger = ledger(place)) {
      assertEquals(Optional.empty(), ledger.resume(draft(HEAD)).map(OwnedRun::run));
    }
    assertEquals(RunState.ABANDONED, state(run));
    assertTrue(notes.getFirst().contains("another kind"), notes::toString);
  }

  /** Hosts and checkouts that share a database: whose is a run that died? */
  @ParameterizedTest
  @CsvSource({
    "the same place,                    same,  attic,   boot 1, ABANDONED",
    "after a boot,                      same,  attic,   boot 2, ABANDONED",
    "a new container of the same boot,  same,  f00ba2,  boot 1, ABANDONED",
    "another host with the same path,   same,  cellar,  boot 9, RUNNING",
    "a host without a name,             same,  unknown, boot 9, RUNNING",
    "another checkout on this host,     other, attic,   boot 1, RUNNING",
  })
  void aStartLeavesTheDeadOfItsOwnCheckoutOnly(
      String where, String path, String hostName, String boot, RunState left) {
    Run dead = killed(place);
    RunPlace here =
        new RunPlace(
            path.equals("same") ? place.location() : place.location() + " 2", hostName, boot);
    try (RunLedger ledger = ledger(here)) {
      boolean isOurs = left == RunState.ABANDONED;
      ledger
          .resume(draft(HEAD))
          .ifPresentOrElse(
              owned -> {
                assertTrue(isOurs, where);
                owned.close();
              },
              () -> assertFalse(isOurs, where));
      ledger.begin(draft(HEAD)).close();
    }
    assertEquals(left, state(dead), where);
    if (left == RunState.RUNNING) {
      try (RunLedger ledger = ledger(place);
          OwnedRun resumed = ledger.resume(draft(HEAD)).orElseThrow()) {
        assertEquals(dead.id(), resumed.run().id(), "its own host goes on with it");
      }
    }
  }

  @Test
  void aRunThatDiedElsewhereLongAgoIsLeftInTheEnd() {
    Run dead = killed(new RunPlace("/elsewhere", "cellar", "boot 9"));
    change("update run set started_at = now() - interval '8 days' where run_id = ?", dead.id());
    try (RunLedger ledger = ledger(place)) {
      ledger.begin(draft(HEAD)).close();
    }
    assertEquals(RunState.ABANDONED, state(dead));
  }

  @Test
  void aLivingRunIsNeitherLeftNorGoneOnWith() {
    Run run = killed(place);
    try (HeldLock _ = database.locks().tryAcquire("run " + run.id(), "a process").orElseThrow();
        RunLedger ledger = ledger(place)) {
      assertEquals(Optional.empty(), ledger.resume(draft(NEXT)).map(OwnedRun::run));
      ledger.begin(draft(NEXT)).close();
      assertEquals(RunState.RUNNING, state(run));
    }
  }

  @Test
  void twoInOneCheckoutAreRefused() {
    try (RunLedger _ = ledger(place)) {
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> ledger(place));
      assertTrue(refusal.getMessage().contains("is going on"), refusal.getMessage());
    }
    ledger(place).close();
  }

  @Test
  void anErrorOfTheVirtualMachineFailsTheRunAndGoesOn() {
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      assertThrows(
          StackOverflowError.class,
          () ->
              owned.complete(() -> {
                throw new StackOverflowError();
              }));
      assertEquals(RunState.FAILED, state(owned.run()));
    }
  }

  /** An interrupt would fail the note, too, were it not taken away for it. */
  @Test
  void anInterruptFailsTheRunAndStays() {
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      assertThrows(
          IllegalStateException.class,
          () ->
              owned.complete(() -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("ends");
              }));
      assertTrue(Thread.interrupted());
      assertEquals(RunState.FAILED, state(owned.run()));
    }
  }

  @Test
  void anOwnerWhoseRunIsAnothersStopsWithinSecondsAndWritesNothingMore() {
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      String lock = "run " + owned.run().id();
      List<HeldLock> taken = new ArrayList<>();
      Failure stop =
          assertThrows(
              Failure.Unavailable.class,
              () ->
                  owned.complete(() -> {
                    taken.add(takeAway(lock));
                    assertThrows(
                        Failure.Unavailable.class,
                        () ->
                            owned
                                .database()
                                .runs()
                                .skip(
                                    owned.run().id(), List.of(new Skip("bench", "late", "late"))));
                    Thread.sleep(Duration.ofSeconds(30)); // interrupted long before
                  }));
      taken.forEach(HeldLock::close);
      assertTrue(stop.getMessage().contains("another process has taken it"), stop.getMessage());
      assertEquals(List.of(), database.runs().skips(owned.run().id()));
      assertEquals(RunState.RUNNING, state(owned.run()), "its new owner's to end");
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  /** As after a restart of the server: nobody else has taken the run. */
  @Test
  void anOwnerWhoseConnectionsAreGoneTakesItsLocksBackAndCompletes() throws Exception {
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      String lock = "run " + owned.run().id();
      owned.complete(() -> {
        endSession(lock);
        owned.database().runs().skip(owned.run().id(), List.of(new Skip("bench", "kept", "kept")));
        while (isFree(lock)) {
          Thread.onSpinWait();
        }
      });
      assertEquals(RunState.COMPLETED, state(owned.run()));
      assertEquals(1, database.runs().skips(owned.run().id()).size());
    }
  }

  /** Which run was the last is told by the order of their beginnings, not by their clocks. */
  @Test
  void aClockThatWasSetBackMakesNoOldRunTheNewest() throws Exception {
    Run old = failed(place);
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      change(
          "update run set started_at = started_at - interval '1 day' where run_id = ?",
          owned.run().id());
      owned.complete(() -> {});
    }
    try (RunLedger ledger = ledger(place)) {
      assertEquals(Optional.empty(), ledger.resume(draft(HEAD)).map(OwnedRun::run));
    }
    assertEquals(RunState.FAILED, state(old));
  }

  @Test
  void aRunEndsNotBeforeItBegan() throws Exception {
    try (RunLedger ledger = ledger(place);
        OwnedRun owned = ledger.begin(draft(HEAD))) {
      change(
          "update run set started_at = now() + interval '1 hour' where run_id = ?",
          owned.run().id());
      owned.complete(() -> {});
      Run ended = database.runs().find(owned.run().id()).orElseThrow();
      assertEquals(ended.startedAt(), ended.finishedAt());
    }
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    Run run = killed(place);
    database.runs().finish(run.id(), RunState.ABANDONED);
    Failure refusal =
        assertThrows(
            Failure.Unavailable.class, () -> database.runs().finish(run.id(), RunState.COMPLETED));
    assertTrue(refusal.getMessage().contains("has come to an end"), refusal.getMessage());
    assertThrows(Failure.Unavailable.class, () -> database.runs().reopen(run.id()));
    assertEquals(RunState.ABANDONED, state(run));
    database
        .runs()
        .finish(run.id(), RunState.ABANDONED); // the answer was lost, and asked for again
  }

  private HeldLock takeAway(String lock) {
    endSession(lock);
    return database.locks().tryAcquire(lock, "another").orElseThrow();
  }

  private boolean isFree(String lock) {
    return change(
            "select from pg_stat_activity where application_name = left(?, 63)",
            "nightjar lock " + lock)
        == 0;
  }

  private void endSession(String lock) {
    change(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
            + " where application_name = left(?, 63)",
        "nightjar lock " + lock);
  }

  /** Rows that were changed, or found. */
  private int change(String sql, Object parameter) {
    return database.read(
        "changing rows",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            int rows = 0;
            if (!statement.execute()) {
              return statement.getUpdateCount();
            }
            while (statement.getResultSet().next()) {
              rows++;
            }
            return rows;
          }
        });
  }
}
