package dev.nightjar.git.history;

import dev.nightjar.git.diff.CommitDiff;
import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.UnreadableObjectException;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.model.git.FileChange;
import dev.nightjar.model.git.GitCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads commits whole, for one thread. */
final class CommitReader implements AutoCloseable {
  static final String ROUTE = "git-history";

  /** A block this large is handed out though more commits would fit. */
  private static final long LARGE_BLOCK_BYTES = 4L << 20;

  private final ObjectLoader objects;
  private final CommitDiff diff;
  private final Mailmap mailmap;
  private final Set<ObjectName> shallow;
  private final boolean firstParent;

  /** Takes a block; may wait until there is room for it. */
  @FunctionalInterface
  interface BlockSink {
    void accept(CommitBlock block) throws InterruptedException;
  }

  CommitReader(
      ObjectLoader objects, Mailmap mailmap, Set<ObjectName> shallow, boolean firstParent) {
    this.objects = objects;
    this.diff = new CommitDiff(objects);
    this.mailmap = mailmap;
    this.shallow = shallow;
    this.firstParent = firstParent;
  }

  /** Reads these commits and hands them out in blocks, in one unless they are large. */
  void read(List<ObjectName> names, BlockSink sink) throws InterruptedException {
    List<GitCommit> commits = new ArrayList<>(names.size());
    List<DeadLetter> unreadable = new ArrayList<>();
    long bytes = 0;
    for (ObjectName name : names) {
      GitCommit commit = read(name, unreadable);
      objects.finishedLarge();
      if (commit != null) {
        commits.add(commit);
        bytes += CommitBlock.bytes(commit);
      }
      if (bytes > LARGE_BLOCK_BYTES) {
        sink.accept(new CommitBlock(List.copyOf(commits), List.copyOf(unreadable)));
        commits.clear();
        unreadable.clear();
        bytes = 0;
      }
    }
    sink.accept(new CommitBlock(commits, unreadable));
  }

  private @Nullable GitCommit read(ObjectName name, List<DeadLetter> unreadable) {
    CommitHeader header;
    try {
      header = CommitHeader.load(objects, name);
    } catch (UnreadableObjectException e) {
      unreadable.add(letter(name, e));
      return null;
    }
    ChangeListing listing = listing(name, header);
    List<FileChange> changes = List.of();
    if (listing == ChangeListing.LISTED) {
      try {
        changes =
            diff.compare(parentTree(header), header.tree(), e -> unreadable.add(letter(name, e)));
      } catch (UnreadableObjectException e) {
        unreadable.add(letter(name, e));
        listing = ChangeListing.UNREADABLE;
      }
    }
    Message message = Message.of(header);
    return new GitCommit(
        name.hex(),
        header.parents().stream().map(ObjectName::hex).toList(),
        IdentityLine.parse(header.raw(), header.author(), header.encoding(), mailmap),
        IdentityLine.parse(header.raw(), header.committer(), header.encoding(), mailmap),
        message.subject(),
        message.body(),
        message.trailers(),
        header.signed(),
        listing,
        changes);
  }

  private ChangeListing listing(ObjectName name, CommitHeader header) {
    if (shallow.contains(name)) {
      return ChangeListing.SHALLOW;
    }
    return header.parents().size() > 1 && !firstParent ? ChangeListing.MERGE : ChangeListing.LISTED;
  }

  private @Nullable ObjectName parentTree(CommitHeader header) throws UnreadableObjectException {
    return header.parents().isEmpty()
        ? null
        : CommitHeader.load(objects, header.parents().getFirst()).tree();
  }

  static DeadLetter letter(ObjectName commit, UnreadableObjectException e) {
    return new DeadLetter(
        ROUTE,
        commit.equals(e.name()) ? commit.hex() : commit.hex() + " " + e.name().hex(),
        e.name().hex(),
        Objects.requireNonNullElse(e.getMessage(), e.reason().name()));
  }

  @Override
  public void close() {
    objects.close();
  }
}
