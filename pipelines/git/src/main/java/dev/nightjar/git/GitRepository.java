package dev.nightjar.git;

import dev.nightjar.git.history.HistoryReader;
import dev.nightjar.git.history.Mailmap;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.ObjectStore;
import dev.nightjar.model.Failure;
import dev.nightjar.model.GitRef;
import dev.nightjar.model.RepositoryFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** An open repository. Its methods may be called from several threads. */
public final class GitRepository implements AutoCloseable {
  /** What inflated objects may take: enough that neighbours in a large history find each other. */
  private static final long CACHE_BYTES = 192L << 20;

  private final Repository repository;
  private final Path location;
  private @Nullable ObjectStore objects;

  private GitRepository(Repository repository, Path location) {
    this.repository = repository;
    this.location = location;
  }

  /**
   * Opens the repository that a folder belongs to: any folder inside one, through links, in a
   * linked worktree, or a bare one.
   */
  public static GitRepository open(Path start) {
    Path from = existing(start);
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    builder.findGitDir(from.toFile());
    if (builder.getGitDir() == null) {
      throw notARepository(start, null);
    }
    try {
      Repository repository = builder.build();
      Path shared = repository.getCommonDirectory().toPath().toRealPath();
      return new GitRepository(repository, shared);
    } catch (RepositoryNotFoundException e) {
      throw notARepository(start, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure.Misuse(
          "The git repository of "
              + start
              + " cannot be opened ("
              + e.getMessage()
              + "): check it with 'git -C "
              + start
              + " fsck'.",
          e);
    }
  }

  private static Path existing(Path start) {
    try {
      Path real = start.toRealPath();
      Path folder = Files.isDirectory(real) ? real : real.getParent();
      return folder == null ? real : folder;
    } catch (IOException | InvalidPathException e) {
      throw new Failure.Misuse(
          "There is no folder "
              + start
              + ": name a folder inside a git repository, for example with 'repository: .' in"
              + " nightjar.yaml.",
          e);
    }
  }

  private static Failure.Misuse notARepository(Path start, @Nullable Exception cause) {
    String sentence =
        "No git repository is at or above "
            + start
            + ": start Nightjar inside one, name one with 'repository:' in nightjar.yaml, or make"
            + " one with 'git init'.";
    return cause == null ? new Failure.Misuse(sentence) : new Failure.Misuse(sentence, cause);
  }

  /** What identifies the repository and where it stands now. */
  public RepositoryFacts facts() {
    try {
      ObjectId head = repository.resolve(Constants.HEAD);
      String full = repository.getFullBranch();
      boolean onBranch = full != null && full.startsWith(Constants.R_HEADS);
      return new RepositoryFacts(
          location.toString(),
          name(),
          "sha1",
          defaultBranch(onBranch ? Repository.shortenRefName(full) : null),
          onBranch ? Repository.shortenRefName(full) : null,
          head == null ? null : head.name(),
          !repository.getObjectDatabase().getShallowCommits().isEmpty());
    } catch (IOException e) {
      throw unreadable("HEAD", e);
    }
  }

  private Failure.Unavailable unreadable(String what, IOException cause) {
    return new Failure.Unavailable(
        "The "
            + what
            + " of "
            + location
            + " cannot be read ("
            + cause.getMessage()
            + "): check the repository with 'git -C "
            + location
            + " fsck'.",
        cause);
  }

  private String name() {
    Path folder = location;
    if (folder.endsWith(Constants.DOT_GIT) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    Path last = folder.getFileName();
    String name = last == null ? folder.toString() : last.toString();
    return name.endsWith(".git") && name.length() > 4 ? name.substring(0, name.length() - 4) : name;
  }

  /** What origin calls its default; else main or master where there is one; else what is out. */
  private @Nullable String defaultBranch(@Nullable String checkedOut) throws IOException {
    Ref remote = repository.exactRef(Constants.R_REMOTES + "origin/HEAD");
    if (remote != null && remote.isSymbolic()) {
      String target = remote.getTarget().getName();
      return target.substring((Constants.R_REMOTES + "origin/").length());
    }
    for (String usual : List.of("main", "master", "trunk")) {
      if (repository.exactRef(Constants.R_HEADS + usual) != null) {
        return usual;
      }
    }
    return checkedOut;
  }

  /** The top of the work tree; absent in a bare repository. */
  public Optional<Path> workTree() {
    return repository.isBare() ? Optional.empty() : Optional.of(repository.getWorkTree().toPath());
  }

  /**
   * The commits that a commit has and an earlier one lacks, the newest first.
   *
   * @param previous the earlier commit in hex; absent, or one that is gone, for none
   * @param head the commit in hex
   * @param most how many to give at the most
   */
  public List<String> commitsSince(@Nullable String previous, String head, int most) {
    List<String> ids = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
      if (previous != null && repository.getObjectDatabase().has(ObjectId.fromString(previous))) {
        walk.markUninteresting(walk.parseCommit(ObjectId.fromString(previous)));
      }
      for (RevCommit commit = walk.next();
          commit != null && ids.size() < most;
          commit = walk.next()) {
        ids.add(commit.name());
      }
      return ids;
    } catch (IOException e) {
      throw unreadable("history", e);
    }
  }

  /** All refs and HEAD, by name, with the commits behind them. */
  public List<GitRef> refs() {
    List<GitRef> refs = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      for (Ref ref : repository.getRefDatabase().getRefs()) {
        ObjectId target = ref.getObjectId();
        if (target != null && (!ref.isSymbolic() || ref.getName().equals(Constants.HEAD))) {
          refs.add(
              new GitRef(
                  ref.getName(),
                  target.name(),
                  commitBehind(ref, target, walk),
                  GitRef.Kind.of(ref.getName())));
        }
      }
    } catch (IOException e) {
      throw unreadable("refs", e);
    }
    return refs;
  }

  /** Absent where the ref leads to no commit, or to nothing that can be read. */
  private static @Nullable String commitBehind(Ref ref, ObjectId target, RevWalk walk) {
    try {
      if (ref.isPeeled() && ref.getPeeledObjectId() != null) {
        target = ref.getPeeledObjectId();
      }
      RevObject object = walk.peel(walk.parseAny(target));
      return object instanceof RevCommit ? object.name() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A reader of this repository's history. */
  public HistoryReader history() {
    return new HistoryReader(objects(), mailmap(), shallow());
  }

  private synchronized ObjectStore objects() {
    if (objects == null) {
      objects = new ObjectStore(repository, location.resolve("objects"), CACHE_BYTES);
    }
    return objects;
  }

  private Set<ObjectName> shallow() {
    try {
      Set<ObjectName> shallow = new HashSet<>();
      for (ObjectId id : repository.getObjectDatabase().getShallowCommits()) {
        shallow.add(ObjectName.of(id.name()));
      }
      return shallow;
    } catch (IOException e) {
      throw unreadable("list of shallow commits", e);
    }
  }

  /** The {@code .mailmap} that git would use: of the work tree, or of HEAD in a bare repository. */
  public Mailmap mailmap() {
    try {
      byte[] raw = mailmapBytes();
      return raw == null ? Mailmap.NONE : Mailmap.parse(new String(raw, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(".mailmap", e);
    }
  }

  private byte @Nullable [] mailmapBytes() throws IOException {
    if (!repository.isBare()) {
      Path file = repository.getWorkTree().toPath().resolve(".mailmap");
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }
    ObjectId tree = repository.resolve("HEAD^{tree}");
    if (tree == null) {
      return null;
    }
    try (TreeWalk walk = TreeWalk.forPath(repository, ".mailmap", tree)) {
      return walk == null ? null : repository.open(walk.getObjectId(0)).getBytes();
    }
  }

  @Override
  public void close() {
    ObjectStore open = objects;
    if (open != null) {
      open.close();
    }
    repository.close();
  }
}
