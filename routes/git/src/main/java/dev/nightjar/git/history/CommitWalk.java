package dev.nightjar.git.history;

import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.ObjectNameSet;
import dev.nightjar.git.objects.UnreadableObjectException;
import dev.nightjar.model.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks from tips to roots, newest first: packs hold the newer version of a file whole and the
 * older ones as differences from it, so what was read last is what the next object builds on.
 */
final class CommitWalk {
  private final ObjectLoader objects;
  private final KnownCommits known;
  private final Set<ObjectName> shallow;
  private final boolean firstParent;
  private final Found found;
  private final List<DeadLetter> unreadable = new ArrayList<>();
  private final ObjectNameSet seen = new ObjectNameSet();

  /** Takes a commit; may wait until whoever reads them has caught up. */
  @FunctionalInterface
  interface Found {
    void accept(ObjectName commit) throws InterruptedException;
  }

  private record Pending(ObjectName name, List<ObjectName> parents, long seconds) {}

  CommitWalk(
      ObjectLoader objects,
      KnownCommits known,
      Set<ObjectName> shallow,
      boolean firstParent,
      Found found) {
    this.objects = objects;
    this.known = known;
    this.shallow = shallow;
    this.firstParent = firstParent;
    this.found = found;
  }

  /** Tells every commit behind these tips that is not known; returns what could not be read. */
  List<DeadLetter> from(Collection<ObjectName> tips) throws InterruptedException {
    if (known.hasClosed()) {
      inRounds(tips);
    } else {
      straight(tips);
    }
    return unreadable;
  }

  private void straight(Collection<ObjectName> tips) throws InterruptedException {
    PriorityQueue<Pending> queue =
        new PriorityQueue<>(Comparator.comparingLong(pending -> -pending.seconds()));
    tips.forEach(tip -> enqueue(tip, queue));
    while (!queue.isEmpty()) {
      Pending next = queue.remove();
      tell(next.name());
      next.parents().forEach(parent -> enqueue(parent, queue));
    }
  }

  private void enqueue(ObjectName name, Collection<Pending> queue) {
    if (seen.add(name)) {
      Pending pending = read(name);
      if (pending != null) {
        queue.add(pending);
      }
    }
  }

  /** Asks for all commits of one distance together what is known, then goes on to their parents. */
  private void inRounds(Collection<ObjectName> tips) throws InterruptedException {
    List<Pending> all = new ArrayList<>();
    Collection<ObjectName> round = tips.stream().filter(seen::add).toList();
    while (!round.isEmpty()) {
      Set<String> closed = known.closedAmong(round.stream().map(ObjectName::hex).toList());
      List<ObjectName> next = new ArrayList<>();
      for (ObjectName name : round) {
        Pending pending = closed.contains(name.hex()) ? null : read(name);
        if (pending != null) {
          all.add(pending);
          pending.parents().stream().filter(seen::add).forEach(next::add);
        }
      }
      round = next;
    }
    all.sort(Comparator.comparingLong(pending -> -pending.seconds()));
    for (Pending pending : all) {
      tell(pending.name());
    }
  }

  private @Nullable Pending read(ObjectName name) {
    try {
      CommitHeader header = CommitHeader.load(objects, name);
      List<ObjectName> parents = header.parents();
      if (shallow.contains(name)) {
        parents = List.of();
      } else if (firstParent && parents.size() > 1) {
        parents = parents.subList(0, 1);
      }
      return new Pending(name, parents, header.committedSeconds());
    } catch (UnreadableObjectException e) {
      unreadable.add(CommitReader.letter(name, e));
      return null;
    } finally {
      objects.finishedLarge();
    }
  }

  private void tell(ObjectName name) throws InterruptedException {
    if (!known.isKnown(name.hex())) {
      found.accept(name);
    }
  }
}
