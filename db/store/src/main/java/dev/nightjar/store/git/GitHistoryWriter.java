package dev.nightjar.store.git;

import dev.nightjar.model.Failure;
import dev.nightjar.model.git.FileChange;
import dev.nightjar.model.git.GitCommit;
import dev.nightjar.model.git.GitRef;
import dev.nightjar.model.git.GitText;
import dev.nightjar.model.git.PersonCorrections;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import dev.nightjar.store.sql.CopyRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Writes the history of one repository. Only one at a time exists for a repository, over all
 * processes. Questions may come from another thread than the writing.
 */
public final class GitHistoryWriter implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();
  private static final int COMMITS_IN_TRANSACTION = 4000;
  private static final int BYTES_IN_TRANSACTION = 16 << 20;

  /** The step of the sequence git_commit_number. */
  private static final int NUMBERS_IN_BLOCK = 10_000;

  private static final String COPY_COMMITS =
      "copy git_commit (commit_number, repository_id, commit_id, author_id, committer_id,"
          + " author_identity_id, committer_identity_id, authored_at, committed_at,"
          + " author_zone_minutes, committer_zone_minutes, parents, subject, body, message_bytes,"
          + " trailers, signed, listing) from stdin (format binary)";
  private static final String COPY_CHANGES =
      "copy git_change (commit_number, ordinal, kind, similarity_percent, lines_added,"
          + " lines_deleted, path, old_path, path_bytes, old_path_bytes)"
          + " from stdin (format binary)";

  private final Database database;
  private final long repositoryId;
  private final HeldLock lock;
  private final GitPeople people;
  private final GitWatermark watermark;
  private final GitGaps gaps;
  private final Ancestry ancestry;
  private final List<GitCommit> waiting = new ArrayList<>();
  private final CopyRows commitRows = new CopyRows();
  private final CopyRows changeRows = new CopyRows();
  private long nextNumber;
  private long lastNumberOfBlock = -1;
  private long waitingBytes;
  private boolean begun;

  private GitHistoryWriter(
      Database database,
      long repositoryId,
      HeldLock lock,
      GitWatermark watermark,
      PersonCorrections corrections) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.lock = lock;
    this.people = new GitPeople(repositoryId, corrections);
    this.people.remember(database.read("reading who wrote a history", people::stored));
    this.watermark = watermark;
    this.gaps = new GitGaps(repositoryId);
    this.ancestry = new Ancestry(repositoryId);
  }

  /**
   * Takes the repository's lock; a {@link Failure.Unavailable} if another process has it.
   *
   * @param corrections who people really are
   */
  public static GitHistoryWriter open(
      Database database, long repositoryId, String owner, PersonCorrections corrections) {
    String name = lockName(repositoryId);
    HeldLock lock =
        database
            .locks()
            .tryAcquire(name, owner)
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "The history of this repository is being read already, by "
                        + database.locks().lastOwner(name).orElse("another process")
                        + ": wait until that has ended."));
    try {
      return new GitHistoryWriter(
          database.fencedBy(lock),
          repositoryId,
          lock,
          watermark(database, repositoryId),
          corrections);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static String lockName(long repositoryId) {
    return "git-ingest " + repositoryId;
  }

  private static GitWatermark watermark(Database database, long repositoryId) {
    return database.read(
        "reading what is stored of a repository",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select tips, complete, closed_through, first_parent from git_watermark"
                      + " where repository_id = ?")) {
            statement.setLong(1, repositoryId);
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? new GitWatermark(
                      hexadecimal(row.getArray(1)),
                      row.getBoolean(2),
                      row.getLong(3),
                      row.getBoolean(4))
                  : GitWatermark.NOTHING;
            }
          }
        });
  }

  private static Set<String> hexadecimal(Array ids) throws SQLException {
    Set<String> result = new HashSet<>();
    for (Object id : (Object[]) ids.getArray()) {
      result.add(HEX.formatHex((byte[]) id));
    }
    return result;
  }

  /** What was stored when this was opened. */
  public GitWatermark watermark() {
    return watermark;
  }

  /** Of these commits, those that have their whole history stored. */
  public Set<String> closedAmong(Collection<String> ids) {
    return database.read(
        "asking which commits are stored",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select commit_id from git_commit"
                      + " where repository_id = ? and commit_id = any(?) and commit_number <= ?")) {
            statement.setLong(1, repositoryId);
            statement.setArray(2, array(connection, ids));
            statement.setLong(3, watermark.closedThrough());
            return idsOf(statement);
          }
        });
  }

  /** Commits that a broken-off ingest stored. */
  public Set<String> storedSinceWatermark() {
    if (watermark.complete()) {
      return Set.of();
    }
    return database.read(
        "asking what a broken-off ingest stored",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select commit_id from git_commit"
                      + " where repository_id = ? and commit_number > ?")) {
            statement.setLong(1, repositoryId);
            statement.setLong(2, watermark.closedThrough());
            return idsOf(statement);
          }
        });
  }

  /**
   * Commits to read besides those that are new behind the tips: parents of stored ones that could
   * not be read before, and borders of a shallow clone that was deepened since.
   *
   * @param borders where the repository's history is cut now
   * @param tips what the refs lead to
   */
  public Set<String> gaps(Collection<String> borders, Collection<String> tips) {
    return database.inTransaction(
        "looking for gaps in a history",
        connection -> {
          gaps.openBorders(connection, array(connection, borders));
          return gaps.open(connection, array(connection, tips));
        });
  }

  private static Set<String> idsOf(PreparedStatement statement) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(HEX.formatHex(row.getBytes(1)));
      }
    }
    return ids;
  }

  private static Array array(Connection connection, Collection<String> ids) throws SQLException {
    return connection.createArrayOf(
        "bytea", ids.stream().map(HEX::parseHex).toArray(byte[][]::new));
  }

  /** Marks the repository as being written, so that a killed ingest is known as such. */
  public void begin(boolean firstParent) {
    if (begun) {
      return;
    }
    begun = true;
    database.inTransaction(
        "beginning an ingest",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into git_watermark (repository_id, tips, first_parent)"
                      + " values (?, '{}', ?)"
                      + " on conflict (repository_id) do update set complete = false")) {
            statement.setLong(1, repositoryId);
            statement.setBoolean(2, firstParent);
            return statement.executeUpdate();
          }
        });
  }

  /** Takes commits that are not stored; they are durable after {@link #flush} at the latest. */
  public void write(List<GitCommit> commits) {
    waiting.addAll(commits);
    for (GitCommit commit : commits) {
      if (!watermark.tips().isEmpty()) {
        ancestry.remember(commit.id(), commit.parents());
      }
      waitingBytes += 400 + commit.body().text().length() + 120L * commit.changes().size();
    }
    if (waiting.size() >= COMMITS_IN_TRANSACTION || waitingBytes >= BYTES_IN_TRANSACTION) {
      flush();
    }
  }

  /** Stores what waits, in one transaction. */
  public void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    verifyLock();
    people.remember(
        database.inTransaction(
            "storing people of a history", connection -> people.number(connection, waiting)));
    database.inTransaction(
        "storing commits",
        connection -> {
          commitRows.clear();
          changeRows.clear();
          for (GitCommit commit : waiting) {
            add(commit, number(connection));
          }
          commitRows.sendTo(connection, COPY_COMMITS);
          changeRows.sendTo(connection, COPY_CHANGES);
          return waiting.size();
        });
    waiting.clear();
    waitingBytes = 0;
  }

  /**
   * A lock whose session is gone, say because the server restarted, is taken back; one that has
   * another owner by now is lost.
   */
  private void verifyLock() {
    if (lock.keep() == HeldLock.Standing.LOST) {
      throw new Failure.Unavailable(
          "The lock on the history of this repository was lost with the connection to the database:"
              + " start again, nothing that was stored is lost.");
    }
  }

  private long number(Connection connection) throws SQLException {
    if (nextNumber > lastNumberOfBlock) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select nextval('git_commit_number')")) {
        row.next();
        nextNumber = row.getLong(1);
        lastNumberOfBlock = nextNumber + NUMBERS_IN_BLOCK - 1;
      }
    }
    return nextNumber++;
  }

  private void add(GitCommit commit, long number) {
    GitPeople.Known author = people.of(commit.author());
    GitPeople.Known committer = people.of(commit.committer());
    commitRows
        .row(18)
        .bigint(number)
        .bigint(repositoryId)
        .id(commit.id())
        .bigint(author.personId())
        .bigint(committer.personId())
        .bigint(author.identityId())
        .bigint(committer.identityId())
        .moment(commit.author().at())
        .moment(commit.committer().at())
        .smallint(commit.author().zoneMinutes())
        .smallint(commit.committer().zoneMinutes())
        .ids(commit.parents())
        .text(commit.subject())
        .text(commit.body().text())
        .raw(commit.body().bytes())
        .texts(commit.trailers().stream().map(t -> t.key() + ": " + t.value()).toList())
        .flag(commit.signed())
        .text(commit.listing().stored());
    int ordinal = 0;
    for (FileChange change : commit.changes()) {
      add(change, number, ordinal++);
    }
  }

  private void add(FileChange change, long number, int ordinal) {
    GitText oldPath = change.oldPath();
    changeRows
        .row(10)
        .bigint(number)
        .integer(ordinal)
        .letter(change.kind().letter())
        .smallint(change.similarityPercent())
        .integer(change.linesAdded())
        .integer(change.linesDeleted())
        .text(change.path().text())
        .text(oldPath == null ? null : oldPath.text())
        .raw(change.path().bytes())
        .raw(oldPath == null ? null : oldPath.bytes());
  }

  /**
   * Stores what waits, the refs and the watermark: from now on, this is what the repository has.
   *
   * @param refs all that are followed
   * @param tips the commits behind them
   * @param missing commits that could not be read, to be tried again
   */
  public void finish(
      List<GitRef> refs, Collection<String> tips, Collection<String> missing, boolean firstParent) {
    begin(firstParent);
    flush();
    verifyLock();
    database.inTransaction(
        "storing the refs of a repository",
        connection -> {
          gaps.close(connection, array(connection, missing));
          people.settle(connection);
          new GitRefRows(repositoryId, ancestry, firstParent).replace(connection, refs);
          new GitReachability(repositoryId, watermark, ancestry, firstParent)
              .update(connection, tips);
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "update git_watermark set tips = ?, complete = true, ingested_at = now(),"
                      + " closed_through = (select coalesce(max(commit_number), 0)"
                      + "   from git_commit where repository_id = ?)"
                      + " where repository_id = ?")) {
            statement.setArray(1, array(connection, tips));
            statement.setLong(2, repositoryId);
            statement.setLong(3, repositoryId);
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void close() {
    lock.close();
  }
}
