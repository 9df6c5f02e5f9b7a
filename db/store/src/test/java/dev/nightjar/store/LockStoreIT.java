package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
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
