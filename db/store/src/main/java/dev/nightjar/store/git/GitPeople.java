package dev.nightjar.store.git;

import dev.nightjar.model.git.GitCommit;
import dev.nightjar.model.git.GitPerson;
import dev.nightjar.model.git.GitSignature;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** The numbers of people in the database, found or given as they come up. */
final class GitPeople {
  private static final Comparator<GitPerson> BY_NAME_AND_ADDRESS =
      Comparator.comparing(GitPerson::name).thenComparing(GitPerson::email);

  private final long repositoryId;
  private final Map<GitPerson, Numbers> known = new HashMap<>();

  /** A person as recorded, and as corrected. */
  record Numbers(long identityId, long personId) {}

  GitPeople(long repositoryId) {
    this.repositoryId = repositoryId;
  }

  Numbers of(GitSignature signature) {
    return Objects.requireNonNull(known.get(signature.recorded()));
  }

  /**
   * Gives numbers to those in these commits who are not known, to be {@link #remember}ed when the
   * transaction is kept.
   */
  Map<GitPerson, Numbers> number(Connection connection, Collection<GitCommit> commits)
      throws SQLException {
    // In one order everywhere, so that two writers wait for each other in one direction only.
    Map<GitPerson, GitPerson> unknown = new TreeMap<>(BY_NAME_AND_ADDRESS);
    for (GitCommit commit : commits) {
      for (GitSignature signature : List.of(commit.author(), commit.committer())) {
        if (!known.containsKey(signature.recorded())) {
          unknown.put(signature.recorded(), signature.person());
        }
      }
    }
    return unknown.isEmpty() ? Map.of() : add(connection, unknown);
  }

  void remember(Map<GitPerson, Numbers> numbered) {
    known.putAll(numbered);
  }

  private Map<GitPerson, Numbers> add(Connection connection, Map<GitPerson, GitPerson> corrected)
      throws SQLException {
    Array names = texts(connection, corrected.values(), GitPerson::name);
    Array emails = texts(connection, corrected.values(), GitPerson::email);
    addPeople(connection, names, emails);
    String sql =
        "insert into git_identity (repository_id, name, email, person_id)"
            + " select ?, given.recorded_name, given.recorded_email, person.person_id"
            + " from unnest(?::text[], ?::text[], ?::text[], ?::text[])"
            + "   as given (recorded_name, recorded_email, name, email)"
            + " join person on person.name = given.name and person.email = given.email"
            + " on conflict (repository_id, name, email) do update"
            + " set person_id = excluded.person_id"
            + " returning name, email, identity_id, person_id";
    try (PreparedStatement identities = connection.prepareStatement(sql)) {
      identities.setLong(1, repositoryId);
      identities.setArray(2, texts(connection, corrected.keySet(), GitPerson::name));
      identities.setArray(3, texts(connection, corrected.keySet(), GitPerson::email));
      identities.setArray(4, names);
      identities.setArray(5, emails);
      return numbered(identities);
    }
  }

  private static Array texts(
      Connection connection, Collection<GitPerson> people, Function<GitPerson, String> text)
      throws SQLException {
    return connection.createArrayOf("text", people.stream().map(text).toArray());
  }

  private static void addPeople(Connection connection, Array names, Array emails)
      throws SQLException {
    try (PreparedStatement people =
        connection.prepareStatement(
            "insert into person (name, email) select distinct name, email"
                + " from unnest(?::text[], ?::text[]) as given (name, email) order by name, email"
                + " on conflict do nothing")) {
      people.setArray(1, names);
      people.setArray(2, emails);
      people.executeUpdate();
    }
  }

  private static Map<GitPerson, Numbers> numbered(PreparedStatement identities)
      throws SQLException {
    Map<GitPerson, Numbers> numbered = new HashMap<>();
    try (ResultSet row = identities.executeQuery()) {
      while (row.next()) {
        numbered.put(
            new GitPerson(row.getString(1), row.getString(2)),
            new Numbers(row.getLong(3), row.getLong(4)));
      }
    }
    return numbered;
  }
}
