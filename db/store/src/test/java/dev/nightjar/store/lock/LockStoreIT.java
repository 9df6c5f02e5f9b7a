package dev.nightjar.store.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Failure;
import dev.nightjar.store.Database;
import dev.nightjar.store.SharedStores;
import dev.nightjar.store.sql.KeptAliveSockets;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LockStoreIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private final String name = "test " + UUID.randomUUID();

  @Test
  void oneHolderAtATimeAndTokensGrow() {
    LockStore locks = shared.database().locks();
    long first;
    try (HeldLock lock = locks.tryAcquire(name, "first").orElseThrow()) {
      first = lock.token();
      assertEquals(Optional.empty(), locks.tryAcquire(name, "second"));
      assertTrue(locks.lastOwner(name).orElseThrow().startsWith("first since "));
      assertTrue(lock.isStillHeld());
    }
    try (HeldLock lock = locks.tryAcquire(name, "second").orElseThrow()) {
      assertEquals(first + 1, lock.token());
      assertTrue(locks.lastOwner(name).orElseThrow().startsWith("second since "));
    }
  }

  @Test
  void locksOfOtherNamesAreFree() {
    LockStore locks = shared.database().locks();
    try (HeldLock _ = locks.tryAcquire(name, "one").orElseThrow();
        HeldLock other = locks.tryAcquire(name + " other", "two").orElseThrow()) {
      assertTrue(other.isStillHeld());
    }
  }

  @Test
  void aLockWhoseSessionIsGoneIsFreeAndItsHolderLearnsIt() {
    LockStore locks = shared.database().locks();
    try (HeldLock lost = locks.tryAcquire(name, "lost").orElseThrow()) {
      endSession(name);
      assertFalse(lost.isStillHeld());
      try (HeldLock next = locks.tryAcquire(name, "next").orElseThrow()) {
        assertTrue(next.token() > lost.token());
      }
    }
  }

  /** A text with a NUL cannot be stored: the signature fails when the lock is taken already. */
  @Test
  void aLockThatCouldNotBeSignedIsFree() {
    LockStore locks = shared.database().locks();
    assertThrows(IllegalStateException.class, () -> locks.tryAcquire(name, "no\0body"));
    awaitSessions(0);
    locks.tryAcquire(name, "somebody").orElseThrow().close();
  }

  @Test
  void aLockWhoseConnectionIsGoneIsTakenBackWhileNobodyHasIt() {
    LockStore locks = shared.database().locks();
    try (HeldLock lock = locks.tryAcquire(name, "first").orElseThrow()) {
      long token = lock.token();
      assertEquals(HeldLock.Standing.HELD, lock.keep());
      endSession(name);
      assertEquals(HeldLock.Standing.HELD, lock.keep());
      assertTrue(lock.isStillHeld());
      assertEquals(token, lock.token());
      assertEquals(Optional.empty(), locks.tryAcquire(name, "second"));
      awaitSessions(1);
    }
  }

  @Test
  void aLockThatAnotherHasHadMeanwhileIsLostThoughItBeFreeAgain() {
    LockStore locks = shared.database().locks();
    try (HeldLock lock = locks.tryAcquire(name, "first").orElseThrow()) {
      endSession(name);
      try (HeldLock _ = locks.tryAcquire(name, "second").orElseThrow()) {
        assertEquals(HeldLock.Standing.LOST, lock.keep());
      }
      assertEquals(HeldLock.Standing.LOST, lock.keep());
    }
  }

  @Test
  void whoWaitsOpensOneConnectionAndHasTheLockWhenItIsGivenBack() throws Exception {
    LockStore locks = shared.database().locks();
    CompletableFuture<Boolean> had = new CompletableFuture<>();
    try (HeldLock _ = locks.tryAcquire(name, "first").orElseThrow()) {
      assertEquals(Optional.empty(), locks.await(name, "hasty", Duration.ofMillis(50)));
      Thread.ofVirtual()
          .start(() -> {
            try (HeldLock lock = locks.await(name, "second", Duration.ofMinutes(1)).orElseThrow()) {
              had.complete(lock.isStillHeld());
            } catch (InterruptedException | RuntimeException e) {
              had.completeExceptionally(e);
            }
          });
      awaitSessions(2);
      assertFalse(had.isDone());
    }
    assertTrue(had.get(30, TimeUnit.SECONDS));
  }

  @Test
  void whoWaitsCanBeInterruptedAndLeavesNoConnection() throws Exception {
    LockStore locks = shared.database().locks();
    CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
    try (HeldLock _ = locks.tryAcquire(name, "first").orElseThrow()) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  locks.await(name, "second", Duration.ofMinutes(1));
                  wasInterrupted.complete(false);
                } catch (InterruptedException e) {
                  wasInterrupted.complete(true);
                }
              });
      awaitSessions(2);
      waiting.interrupt();
      assertTrue(wasInterrupted.get(30, TimeUnit.SECONDS));
      awaitSessions(1);
    }
  }

  @Test
  void aWriterWhoseLockIsAnothersIsRefusedByTheDatabase() {
    LockStore locks = shared.database().locks();
    try (HeldLock lost = locks.tryAcquire(name, "lost").orElseThrow()) {
      Database fenced = shared.database().fencedBy(lost);
      String letter = "letter " + name;
      fenced.deadLetters().put(null, new DeadLetter("test", letter, "", "before"));
      endSession(name);
      try (HeldLock _ = locks.tryAcquire(name, "next").orElseThrow()) {
        Failure refusal =
            assertThrows(
                Failure.Unavailable.class,
                () -> fenced.deadLetters().put(null, new DeadLetter("other", letter, "", "after")));
        assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
        assertThrows(
            SQLException.class,
            () -> {
              try (Connection connection = fenced.dataSource().getConnection()) {
                connection.setAutoCommit(false); // as Spring Batch begins a transaction
              }
            });
      }
      assertEquals(
          1, number("select count(*) from dead_letter where subject = ?", letter), "letters");
    }
  }

  /** Else a stale transaction that has begun could be kept after its successor's first. */
  @Test
  void aSuccessorWaitsForTheTransactionThatIsUnderWay() throws Exception {
    LockStore locks = shared.database().locks();
    try (HeldLock lost = locks.tryAcquire(name, "lost").orElseThrow();
        Connection connection = shared.database().fencedBy(lost).dataSource().getConnection()) {
      connection.setAutoCommit(false);
      endSession(name);
      CompletableFuture<Long> next = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try (HeldLock lock = locks.tryAcquire(name, "next").orElseThrow()) {
              next.complete(lock.token());
            }
          });
      while (number(
              "select count(*) from pg_stat_activity where application_name = ?"
                  + " and wait_event_type = 'Lock'",
              "nightjar lock " + name)
          == 0) {
        assertFalse(next.isDone(), "the successor did not wait");
        Thread.onSpinWait();
      }
      connection.commit();
      assertEquals(lost.token() + 1, next.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void bothSidesOfALocksConnectionAreProbed() throws Exception {
    try (LockSession session = LockSession.open(shared.database().connections(), name)) {
      assertEquals("15,5,3,30000", session.probing());
    }
    try (Socket socket = new KeptAliveSockets().createSocket()) {
      assertTrue(socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertEquals(15, socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
    }
  }

  private long sessions() {
    return number(
        "select count(*) from pg_stat_activity where application_name = ?",
        "nightjar lock " + name);
  }

  /** The server takes a moment to see that a client is gone. */
  private void awaitSessions(int count) {
    while (sessions() != count) {
      Thread.onSpinWait();
    }
  }

  private static long number(String sql, String parameter) {
    return shared
        .database()
        .read(
            "counting",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, parameter);
                try (ResultSet row = statement.executeQuery()) {
                  row.next();
                  return row.getLong(1);
                }
              }
            });
  }

  private static void endSession(String lock) {
    shared
        .database()
        .read(
            "ending a session",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(
                    "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                        + " where application_name = 'nightjar lock "
                        + lock
                        + "'");
              }
            });
  }
}
