package dev.nightjar.git;

import dev.nightjar.git.head.HeadTree;
import dev.nightjar.git.history.HistoryReader;
import dev.nightjar.git.history.Mailmap;
import dev.nightjar.git.objects.Alternates;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.ObjectStore;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.model.git.GitRef;
import dev.nightjar.model.git.RepositoryFacts;
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
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open repository. Its methods may be called from several threads. */
public final class GitRepository implements AutoCloseable {
  /**
   * The share of the heap that inflated objects may take. Twice as many kept objects halve the
   * bytes that are inflated again in a history of large files; what is left is for the objects at
   * hand, which may be large.
   */
  private static final double CACHE_SHARE = 0.375;

  /** Tags of tags beyond this are a mistake or an attack. */
  private static final int DEEPEST_TAG = 32;

  /** Linux's has 40 KiB. */
  private static final int MOST_MAILMAP_BYTES = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(GitRepository.class);

  /** How far a committer's clock may have been off; older commits are not looked for. */
  private static final long CLOCK_SKEW_SECONDS = 7 * 86_400;

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
      refuseSha256(repository, start);
      Path shared = repository.getCommonDirectory().toPath().toRealPath();
      refuseAlternates(repository, shared);
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

  /** JGit opens such a repository and finds nothing in it. */
  private static void refuseSha256(Repository repository, Path start) {
    String format = repository.getConfig().getString("extensions", null, "objectFormat");
    if ("sha256".equalsIgnoreCase(format)) {
      repository.close();
      throw new Failure.Misuse(
          "The git repository of "
              + start
              + " names its objects by SHA-256, and only SHA-1 can be read so far: convert it with"
              + " 'git fast-export --all | git fast-import' into one made by 'git init"
              + " --object-format=sha1'.");
    }
  }

  /** JGit takes what they are for granted, and reads them with the first object. */
  private static void refuseAlternates(Repository repository, Path shared) {
    try {
      Alternates.folders(shared.resolve("objects"));
    } catch (Failure.Misuse e) {
      repository.close();
      throw e;
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

  /** The address of the remote {@code origin}; null where there is none. */
  public @Nullable String cloneAddress() {
    return repository
        .getConfig()
        .getString(ConfigConstants.CONFIG_REMOTE_SECTION, Constants.DEFAULT_REMOTE_NAME, "url");
  }

  /** The git directory that all worktrees share: refs, packed or not, and objects. */
  public Path sharedFolder() {
    return location;
  }

  /** The git directory of this worktree alone, where its HEAD is; often the shared one. */
  public Path ownFolder() {
    return repository.getDirectory().toPath();
  }

  /** The top of the work tree; absent in a bare repository. */
  public Optional<Path> workTree() {
    return repository.isBare() ? Optional.empty() : Optional.of(repository.getWorkTree().toPath());
  }

  /**
   * The commits that a commit has and an earlier one lacks, the newest first, as far as they can be
   * read.
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
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // What is wrong was reported when the history was ingested; here it ends the list early.
      LOG.info("The list of new commits of {} ends early: {}", location, e.getMessage());
    }
    return ids;
  }

  /** The commit that a revision names, in hex; empty when it names none. */
  public Optional<String> commit(String revision) {
    try (RevWalk walk = new RevWalk(repository)) {
      ObjectId id = repository.resolve(revision + "^{commit}");
      return id == null ? Optional.empty() : Optional.of(walk.parseCommit(id).name());
    } catch (RevisionSyntaxException | MissingObjectException e) {
      return Optional.empty(); // no revision, or one beyond the cut of a shallow clone
    } catch (IOException e) {
      throw unreadable("commit " + revision, e);
    }
  }

  /**
   * What people know a commit by; empty where it cannot be read.
   *
   * @param commit in hex
   */
  public Optional<CommitTitle> title(String commit) {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit read = walk.parseCommit(ObjectId.fromString(commit));
      return Optional.of(new CommitTitle(read.getShortMessage(), read.getAuthorIdent().getName()));
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // it is gone, or names no author: its hash is enough
    }
  }

  /** The newest commit that two have in common; empty when they have none that is here. */
  public Optional<String> mergeBase(String one, String other) {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
      walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
      RevCommit base = walk.next();
      return base == null ? Optional.empty() : Optional.of(base.name());
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable("history", e);
    }
  }

  /**
   * Those commits that are a given one or an ancestor of it, the oldest first.
   *
   * @param tip the given one, in hex
   * @param wanted in hex; those that are not here count as none
   */
  public List<String> reachable(String tip, Set<String> wanted) {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      walk.sort(RevSort.COMMIT_TIME_DESC);
      walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
      long oldest = oldestTime(walk, wanted) - CLOCK_SKEW_SECONDS;
      Set<String> left = new HashSet<>(wanted);
      List<String> found = new ArrayList<>();
      for (RevCommit commit = walk.next();
          commit != null && !left.isEmpty() && commit.getCommitTime() >= oldest;
          commit = walk.next()) {
        if (left.remove(commit.name())) {
          found.addFirst(commit.name());
        }
      }
      return found;
    } catch (IOException e) {
      throw unreadable("history", e);
    }
  }

  /**
   * The commits from one to a later one along first parents, the oldest first: the earlier one left
   * out, the later one included.
   *
   * @param from in hex; what it reaches is left out, be it on the way or merged into it
   * @param to in hex
   */
  public List<String> firstParents(String from, String to) {
    List<String> commits = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      walk.setFirstParent(true);
      walk.markStart(walk.parseCommit(ObjectId.fromString(to)));
      Set<String> left = new HashSet<>(commitsSince(from, to, Integer.MAX_VALUE));
      for (RevCommit commit = walk.next();
          commit != null && left.contains(commit.name());
          commit = walk.next()) {
        commits.addFirst(commit.name());
      }
      return commits;
    } catch (IOException e) {
      throw unreadable("history", e);
    }
  }

  /** The canonical git directory that all work trees share. */
  public Path location() {
    return location;
  }

  private static long oldestTime(RevWalk walk, Set<String> commits) throws IOException {
    long oldest = Long.MAX_VALUE;
    for (String commit : commits) {
      oldest = Math.min(oldest, time(walk, commit));
    }
    return oldest;
  }

  /** Of a commit that is not here, later than all. */
  private static long time(RevWalk walk, String commit) throws IOException {
    try {
      return walk.parseCommit(ObjectId.fromString(commit)).getCommitTime();
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Long.MAX_VALUE;
    }
  }

  /** All refs and HEAD, by name, with the commits behind them. */
  public List<GitRef> refs() {
    List<GitRef> refs = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader()) {
      for (Ref ref : repository.getRefDatabase().getRefs()) {
        ObjectId target = ref.getObjectId();
        if (target != null && (!ref.isSymbolic() || ref.getName().equals(Constants.HEAD))) {
          refs.add(
              new GitRef(
                  ref.getName(),
                  target.name(),
                  commitBehind(ref, target, reader),
                  GitRef.Kind.of(ref.getName())));
        }
      }
    } catch (IOException e) {
      throw unreadable("refs", e);
    }
    return refs;
  }

  /**
   * Absent where the ref leads to no commit, or to nothing that can be read. Only tags are parsed:
   * what is wrong with a commit is for the walk to say.
   */
  private static @Nullable String commitBehind(Ref ref, ObjectId target, ObjectReader reader) {
    ObjectId at = ref.getPeeledObjectId() == null ? target : ref.getPeeledObjectId();
    try {
      for (int depth = 0; depth < DEEPEST_TAG; depth++) {
        ObjectLoader object = reader.open(at);
        if (object.getType() != Constants.OBJ_TAG) {
          return object.getType() == Constants.OBJ_COMMIT ? at.name() : null;
        }
        at = RevTag.parse(object.getCachedBytes()).getObject().copy();
      }
      return null;
    } catch (IOException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | LargeObjectException e) {
      return null;
    }
  }

  /**
   * The files of the default branch, or of HEAD where that is not there; absent in an empty
   * repository.
   *
   * @throws IOException when the commit is missing or damaged
   */
  public Optional<HeadTree> headTree() throws IOException {
    String branch = facts().defaultBranch();
    ObjectId tree = null;
    for (String prefix : List.of(Constants.R_HEADS, Constants.R_REMOTES + "origin/")) {
      if (tree == null && branch != null) {
        tree = repository.resolve(prefix + branch + "^{tree}");
      }
    }
    if (tree == null) {
      tree = repository.resolve(Constants.HEAD + "^{tree}");
    }
    return Optional.ofNullable(tree).map(id -> new HeadTree(repository, id));
  }

  /** A reader of this repository's history. */
  public HistoryReader history() {
    return new HistoryReader(
        objects(),
        mailmap(),
        shallowCommits().stream().map(ObjectName::of).collect(Collectors.toSet()));
  }

  private synchronized ObjectStore objects() {
    if (objects == null) {
      long cacheBytes = (long) (Runtime.getRuntime().maxMemory() * CACHE_SHARE);
      objects = new ObjectStore(repository, location.resolve("objects"), cacheBytes);
    }
    return objects;
  }

  /** Ids of the commits at which a shallow clone ends; empty for a whole one. */
  public Set<String> shallowCommits() {
    try {
      Set<String> shallow = new HashSet<>();
      for (ObjectId id : repository.getObjectDatabase().getShallowCommits()) {
        shallow.add(id.name());
      }
      return shallow;
    } catch (IOException e) {
      throw unreadable("list of shallow commits", e);
    }
  }

  /** Whether the clone leaves objects with its remote until somebody needs them. */
  public boolean isPartialClone() {
    return repository.getConfig().getSubsections("remote").stream()
        .anyMatch(remote ->
            repository.getConfig().getString("remote", remote, "partialCloneFilter") != null);
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
      if (!Files.isRegularFile(file)) {
        return null;
      }
      return Files.size(file) > MOST_MAILMAP_BYTES
          ? tooLargeMailmap()
          : InputFile.of(file, MOST_MAILMAP_BYTES).bytes();
    }
    ObjectId tree = repository.resolve("HEAD^{tree}");
    if (tree == null) {
      return null;
    }
    try (TreeWalk walk = TreeWalk.forPath(repository, ".mailmap", tree)) {
      return walk == null
          ? null
          : repository.open(walk.getObjectId(0)).getCachedBytes(MOST_MAILMAP_BYTES);
    } catch (LargeObjectException e) {
      return tooLargeMailmap();
    }
  }

  private byte @Nullable [] tooLargeMailmap() {
    LOG.warn(
        "The .mailmap of {} is larger than {} MiB and is not used",
        location,
        MOST_MAILMAP_BYTES >> 20);
    return null;
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
