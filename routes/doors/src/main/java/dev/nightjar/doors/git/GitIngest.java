package dev.nightjar.doors.git;

import dev.nightjar.git.GitRepository;
import dev.nightjar.git.head.HeadTree;
import dev.nightjar.git.history.CommitBlock;
import dev.nightjar.git.history.HistoryRequest;
import dev.nightjar.git.history.KnownCommits;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Failure;
import dev.nightjar.model.git.GitRef;
import dev.nightjar.store.Database;
import dev.nightjar.store.git.GitHeadFiles;
import dev.nightjar.store.git.GitHistoryWriter;
import dev.nightjar.store.git.GitStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Brings in what is new in a repository. */
public final class GitIngest {
  /** Letters kept of one ingest: enough to see what is wrong, bounded if everything is. */
  private static final int LETTERS_KEPT = 1000;

  /** Commits that change what PostgreSQL must know of the tables to plan well. */
  private static final int WORTH_A_LOOK = 1000;

  private final Database database;
  private final GitIngestOptions options;

  public GitIngest(Database database, GitIngestOptions options) {
    this.database = database;
    this.options = options;
  }

  /**
   * Brings in what the repository has and the database lacks.
   *
   * @param repositoryId its number in the database
   */
  public GitIngestSummary run(
      GitRepository repository, long repositoryId, GitIngestProgress progress)
      throws InterruptedException {
    String owner = "process " + ProcessHandle.current().pid();
    try (GitHistoryWriter writer =
        GitHistoryWriter.open(database, repositoryId, owner, repository.mailmap())) {
      refuseOtherMode(writer);
      List<GitRef> refs = refs(repository);
      Set<String> tips = tips(refs);
      Intake intake = new Intake(writer, progress);
      noteDangling(refs, intake);
      Set<String> starts = new LinkedHashSet<>(tips);
      boolean hasGaps = starts.addAll(writer.gaps(repository.shallowCommits(), tips));
      if (hasGaps
          || !writer.watermark().complete()
          || !writer.watermark().tips().containsAll(tips)) {
        read(repository, writer, starts, intake);
      }
      writer.finish(refs, tips, intake.missing, options.firstParent());
      takeHead(repository, new GitHeadFiles(database, repositoryId), intake);
      if (intake.commits >= WORTH_A_LOOK) {
        GitStatistics.gather(database);
      }
      return new GitIngestSummary(
          intake.commits, intake.changes, refs.size(), intake.unreadable, intake.unreadableCount);
    }
  }

  private void refuseOtherMode(GitHistoryWriter writer) {
    boolean stored = !writer.watermark().tips().isEmpty();
    if (stored && writer.watermark().firstParent() != options.firstParent()) {
      throw new Failure.Misuse(
          "This repository is stored "
              + (options.firstParent() ? "with all its parents" : "along first parents only")
              + ": use another database.");
    }
  }

  private List<GitRef> refs(GitRepository repository) {
    List<GitRef> all = repository.refs();
    if (options.refs().isEmpty()) {
      return all;
    }
    List<String> wanted = options.refs().get();
    List<String> missing = new ArrayList<>(wanted);
    all.forEach(ref -> missing.remove(ref.name()));
    if (!missing.isEmpty()) {
      throw new Failure.Misuse(
          "The repository has no ref "
              + missing.getFirst()
              + ": give full names, such as refs/heads/main; 'git for-each-ref' lists them.");
    }
    return all.stream().filter(ref -> wanted.contains(ref.name())).toList();
  }

  private static Set<String> tips(Collection<GitRef> refs) {
    Set<String> tips = new LinkedHashSet<>();
    refs.stream().map(GitRef::commit).filter(Objects::nonNull).forEach(tips::add);
    return tips;
  }

  private static void noteDangling(List<GitRef> refs, Intake intake) {
    for (GitRef ref : refs) {
      if (ref.commit() == null && ref.kind() != GitRef.Kind.TAG) {
        intake.note(
            new DeadLetter(
                "git-refs",
                ref.name(),
                ref.target(),
                "ref " + ref.name() + " names " + ref.target() + ", behind which is no commit"));
      }
    }
  }

  private static void takeHead(GitRepository repository, GitHeadFiles files, Intake intake) {
    try {
      Optional<HeadTree> head = repository.headTree();
      if (head.isEmpty()) {
        files.clear();
      } else if (!head.map(HeadTree::id).equals(files.tree())) {
        HeadTree.Difference difference = head.get().from(files.byPath());
        files.update(head.get().id(), difference.changed(), difference.gone());
      }
    } catch (IOException e) {
      files.clear();
      intake.note(
          new DeadLetter(
              "git-head",
              repository.sharedFolder().toString(),
              "",
              "the files at the head of "
                  + repository.sharedFolder()
                  + " cannot be listed: "
                  + e.getMessage()));
    }
  }

  private void read(
      GitRepository repository, GitHistoryWriter writer, Set<String> starts, Intake intake)
      throws InterruptedException {
    KnownCommits known = new Stored(writer);
    writer.begin(options.firstParent());
    repository
        .history()
        .read(
            new HistoryRequest(
                List.copyOf(starts), known, options.firstParent(), options.threads()),
            intake::take);
  }

  /** What the database has, for the walk. */
  private static final class Stored implements KnownCommits {
    private final GitHistoryWriter writer;
    private final Set<String> sinceWatermark;

    Stored(GitHistoryWriter writer) {
      this.writer = writer;
      this.sinceWatermark = writer.storedSinceWatermark();
    }

    @Override
    public boolean hasClosed() {
      return writer.watermark().closedThrough() > 0;
    }

    @Override
    public Set<String> closedAmong(Collection<String> ids) {
      return writer.closedAmong(ids);
    }

    @Override
    public boolean isKnown(String id) {
      return sinceWatermark.contains(id);
    }
  }

  /** Counts what comes and hands it on. */
  private static final class Intake {
    private final GitHistoryWriter writer;
    private final GitIngestProgress progress;
    private final List<DeadLetter> unreadable = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private long unreadableCount;
    private long commits;
    private long changes;

    Intake(GitHistoryWriter writer, GitIngestProgress progress) {
      this.writer = writer;
      this.progress = progress;
    }

    void note(DeadLetter letter) {
      unreadableCount++;
      if (unreadable.size() < LETTERS_KEPT) {
        unreadable.add(letter);
      }
    }

    void take(CommitBlock block, long total) {
      writer.write(block.commits());
      commits += block.commits().size();
      block.commits().forEach(commit -> changes += commit.changes().size());
      block.unreadable().forEach(this::note);
      missing.addAll(block.missing());
      progress.commits(commits, total);
    }
  }
}
