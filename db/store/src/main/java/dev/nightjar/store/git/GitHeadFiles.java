package dev.nightjar.store.git;

import dev.nightjar.model.git.FileMarks;
import dev.nightjar.model.git.HeadFile;
import dev.nightjar.model.git.HeadFile.Kind;
import dev.nightjar.store.Database;
import dev.nightjar.store.sql.CopyRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files at the head of one repository, as it was last ingested. */
public final class GitHeadFiles {
  private static final HexFormat HEX = HexFormat.of();
  private static final String COPY_FILES =
      "copy git_head_file (repository_id, path, blob, size_bytes, kind, language, is_generated,"
          + " is_vendored, is_documentation, lfs_bytes) from stdin (format binary)";
  private static final int COLUMNS = 10;

  private final Database database;
  private final long repositoryId;

  public GitHeadFiles(Database database, long repositoryId) {
    this.database = database;
    this.repositoryId = repositoryId;
  }

  /** Id of the tree that is stored; absent when none is. */
  public Optional<String> tree() {
    return database.read(
        "asking which head is stored",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select tree from git_head where repository_id = ?")) {
            statement.setLong(1, repositoryId);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(HEX.formatHex(row.getBytes(1))) : Optional.empty();
            }
          }
        });
  }

  /** All of them, by path. */
  public Map<String, HeadFile> byPath() {
    return database.read(
        "reading the files at head",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select path, kind, blob, size_bytes, lfs_bytes, language, is_generated,"
                      + " is_vendored, is_documentation from git_head_file"
                      + " where repository_id = ?")) {
            statement.setLong(1, repositoryId);
            Map<String, HeadFile> files = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                files.put(row.getString(1), file(row));
              }
            }
            return files;
          }
        });
  }

  private static HeadFile file(ResultSet row) throws SQLException {
    return new HeadFile(
        row.getString(1),
        Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        HEX.formatHex(row.getBytes(3)),
        row.getObject(4, Long.class),
        row.getObject(5, Long.class),
        new FileMarks(row.getString(6), row.getBoolean(7), row.getBoolean(8), row.getBoolean(9)));
  }

  /** Stores what differs from what is stored; the repository's lock is held. */
  public void update(String tree, List<HeadFile> changed, Collection<String> gone) {
    database.inTransaction(
        "storing the files at head",
        connection -> {
          delete(
              connection,
              Stream.concat(gone.stream(), changed.stream().map(HeadFile::path)).toArray());
          insert(connection, changed);
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into git_head (repository_id, tree) values (?, ?)"
                      + " on conflict (repository_id) do update set tree = excluded.tree")) {
            statement.setLong(1, repositoryId);
            statement.setBytes(2, HEX.parseHex(tree));
            return statement.executeUpdate();
          }
        });
  }

  private void delete(Connection connection, Object[] paths) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from git_head_file where repository_id = ? and path = any(?)")) {
      statement.setLong(1, repositoryId);
      statement.setArray(2, connection.createArrayOf("text", paths));
      statement.executeUpdate();
    }
  }

  private void insert(Connection connection, List<HeadFile> files) throws SQLException {
    CopyRows rows = new CopyRows();
    for (HeadFile file : files) {
      FileMarks marks = file.marks();
      rows.row(COLUMNS)
          .bigint(repositoryId)
          .text(file.path())
          .id(file.blob())
          .bigint(file.sizeBytes())
          .text(file.kind().name().toLowerCase(Locale.ROOT))
          .text(marks.language())
          .flag(marks.isGenerated())
          .flag(marks.isVendored())
          .flag(marks.isDocumentation())
          .bigint(file.lfsBytes());
    }
    rows.sendTo(connection, COPY_FILES);
  }

  /** Forgets them, so that nothing is said of files that cannot be known. */
  public void clear() {
    database.inTransaction(
        "forgetting the files at head",
        connection -> {
          int deleted = 0;
          for (String table : List.of("git_head_file", "git_head")) {
            try (PreparedStatement statement =
                connection.prepareStatement("delete from " + table + " where repository_id = ?")) {
              statement.setLong(1, repositoryId);
              deleted += statement.executeUpdate();
            }
          }
          return deleted;
        });
  }
}
