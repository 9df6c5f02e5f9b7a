package dev.nightjar.git.history;

import java.util.Collection;
import java.util.Set;

/** What whoever reads a history has already. Ids are in lower-case hexadecimal. */
public interface KnownCommits {
  /** Whether any commit is known with its whole history; if none is, it is not asked for. */
  boolean hasClosed();

  /** Of these commits, those that are known with their whole history: the walk ends there. */
  Set<String> closedAmong(Collection<String> ids);

  /** Whether the commit itself is known: it is not read again, but the walk goes on behind it. */
  boolean isKnown(String id);

  /** Nothing is known. */
  KnownCommits NONE =
      new KnownCommits() {
        @Override
        public boolean hasClosed() {
          return false;
        }

        @Override
        public Set<String> closedAmong(Collection<String> ids) {
          return Set.of();
        }

        @Override
        public boolean isKnown(String id) {
          return false;
        }
      };
}
