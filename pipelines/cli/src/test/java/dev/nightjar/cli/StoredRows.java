package dev.nightjar.cli;

import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What the database keeps of one repository, without times and identifiers: equal for equal work.
 */
final class StoredRows {
  private static final String OF_REPOSITORY =
      "join repository using (repository_id) where repository.location = ?";
  private static final List<String> ROWS =
      List.of(
          "select 'commit', encode(commit_id, 'hex'), subject from git_commit %s order by 2",
          "select 'change', encode(commit_id, 'hex'), ordinal, kind, path, lines_added, lines_deleted"
              + " from file_change %s order by 2, 3",
          "select 'ref', git_ref.name, encode(target, 'hex') from git_ref %s order by 2",
          // A command that its kill did not stop is there twice.
          "select distinct 'run', state, pipeline from run %s and state <> 'abandoned' order by 2, 3",
          "select distinct 'step', step.name, step.state from step join run using (run_id) %s"
              + " and run.state = 'completed' order by 2",
          // Repetitions that the machine disturbed are measured once more, at most half of them:
          // what is measured twice has more. One that is searched for its numbers has 10,000
          // places.
          "select distinct 'sample', b.name, b.metric, b.unit, encode(run.head_commit, 'hex'),"
              + " min(value), max(value), least(count(*), "
              + KillProject.REPETITIONS
              + "), 'twice ' || greatest(0, count(*) - "
              + KillProject.REPETITIONS * 3 / 2
              + "), 'lost ' || (case when max(ordinal) >= 10000 then max(ordinal) / 10000"
              + " else max(ordinal) end + 1 - count(*))"
              + " from sample join run using (run_id) join series using (series_id)"
              + " join benchmark b using (benchmark_id, repository_id) %s"
              + " and run.state = 'completed' group by run_id, 2, 3, 4, 5 order by 2, 3, 4, 5",
          "select distinct 'verdict', b.name, b.metric from verdict v join run using (run_id)"
              + " join series using (series_id) join benchmark b using (benchmark_id, repository_id) %s"
              + " and run.state = 'completed' order by 2, 3",
          "select 'dead letter', route, subject from dead_letter join run using (run_id) %s"
              + " order by 2, 3");

  private StoredRows() {}

  /** One line a row, in an order of its own. */
  static String of(Path home, Path project) throws IOException, SQLException {
    String location = project.resolve(".git").toRealPath().toString();
    StringBuilder lines = new StringBuilder();
    try (Stores stores = Stores.open(StoreSettings.fromEnvironment(TestHome.environment(home)));
        Connection connection = stores.database().dataSource().getConnection()) {
      for (String rows : ROWS) {
        append(connection, rows.formatted(OF_REPOSITORY), location, lines);
      }
    }
    return lines.toString();
  }

  private static void append(Connection connection, String sql, String location, StringBuilder to)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, location);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            to.append(row.getString(column)).append('\t');
          }
          to.append('\n');
        }
      }
    }
  }
}
