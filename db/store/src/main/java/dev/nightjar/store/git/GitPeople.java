package dev.nightjar.store.git;

import dev.nightjar.model.git.GitCommit;
import dev.nightjar.model.git.GitPerson;
import dev.nightjar.model.git.GitSignature;
import dev.nightjar.model.git.PersonCorrections;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The identities of a repository with the persons that they are, as the database has them. New ones
 * are given numbers as they come up; when it turns out that an identity is somebody else, because
 * {@code .mailmap} changed or another identity came in, {@link #settle} lets its commits follow.
 */
final class GitPeople {
  private static final Comparator<GitPerson> BY_NAME_AND_ADDRESS =
      Comparator.comparing(GitPerson::name).thenComparing(GitPerson::email);

  private final long repositoryId;
  private final PersonCorrections corrections;
  private final SamePeople same;
  private final Map<GitPerson, Known> known = new HashMap<>();

  /** An identity's number, and who it is. */
  record Known(long identityId, long personId, GitPerson person) {}

  GitPeople(long repositoryId, PersonCorrections corrections) {
    this.repositoryId = repositoryId;
    this.corrections = corrections;
    this.same = new SamePeople(corrections.isEmpty());
  }

  /** Reads who is stored. */
  Map<GitPerson, Known> stored(Connection connection) throws SQLException {
    try (PreparedStatement identities =
        connection.prepareStatement(
            "select git_identity.name, git_identity.email, identity_id, person_id, person.name,"
                + " person.email from git_identity join person using (person_id)"
                + " where repository_id = ? order by identity_id")) {
      identities.setLong(1, repositoryId);
      return read(identities);
    }
  }

  Known of(GitSignature signature) {
    return Objects.requireNonNull(known.get(signature.recorded()));
  }

  /**
   * Gives numbers to those in these commits who are not known, to be {@link #remember}ed when the
   * transaction is kept.
   */
  Map<GitPerson, Known> number(Connection connection, Collection<GitCommit> commits)
      throws SQLException {
    // In one order everywhere, so that two writers wait for each other in one direction only.
    SortedMap<GitPerson, GitPerson> unknown = new TreeMap<>(BY_NAME_AND_ADDRESS);
    for (GitCommit commit : commits) {
      for (GitSignature signature : List.of(commit.author(), commit.committer())) {
        if (!known.containsKey(signature.recorded())) {
          unknown.put(signature.recorded(), signature.person());
        }
      }
    }
    unknown.forEach(same::add);
    return unknown.isEmpty() ? Map.of() : insert(connection, List.copyOf(unknown.keySet()));
  }

  /** Takes identities as the database has them. */
  void remember(Map<GitPerson, Known> numbered) {
    numbered.forEach((recorded, who) -> {
      same.add(recorded, corrections.correct(recorded));
      known.put(recorded, who);
    });
  }

  /** Their numbers have the order of this list, in which they will be read again. */
  private Map<GitPerson, Known> insert(Connection connection, List<GitPerson> unknown)
      throws SQLException {
    List<GitPerson> people = unknown.stream().map(same::person).toList();
    insertPeople(connection, people);
    String sql =
        "with given as (select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])"
            + "   with ordinality as given (recorded_name, recorded_email, name, email, place)),"
            + " inserted as (insert into git_identity (repository_id, name, email, person_id)"
            + " select ?, given.recorded_name, given.recorded_email, person.person_id"
            + " from given join person on person.name = given.name and person.email = given.email"
            + " order by place on conflict (repository_id, name, email) do update"
            + " set person_id = excluded.person_id"
            + " returning identity_id, name, email, person_id)"
            + " select inserted.name, inserted.email, identity_id, person_id, person.name,"
            + " person.email from inserted join person using (person_id) order by identity_id";
    try (PreparedStatement identities = connection.prepareStatement(sql)) {
      identities.setArray(1, texts(connection, unknown, GitPerson::name));
      identities.setArray(2, texts(connection, unknown, GitPerson::email));
      identities.setArray(3, texts(connection, people, GitPerson::name));
      identities.setArray(4, texts(connection, people, GitPerson::email));
      identities.setLong(5, repositoryId);
      return read(identities);
    }
  }

  private static Array texts(
      Connection connection, Collection<GitPerson> people, Function<GitPerson, String> text)
      throws SQLException {
    return connection.createArrayOf("text", people.stream().map(text).toArray());
  }

  private static void insertPeople(Connection connection, Collection<GitPerson> people)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into person (name, email) select distinct name, email"
                + " from unnest(?::text[], ?::text[]) as given (name, email) order by name, email"
                + " on conflict do nothing")) {
      insert.setArray(1, texts(connection, people, GitPerson::name));
      insert.setArray(2, texts(connection, people, GitPerson::email));
      insert.executeUpdate();
    }
  }

  private static Map<GitPerson, Known> read(PreparedStatement identities) throws SQLException {
    Map<GitPerson, Known> read = new LinkedHashMap<>();
    try (ResultSet row = identities.executeQuery()) {
      while (row.next()) {
        read.put(
            new GitPerson(row.getString(1), row.getString(2)),
            new Known(
                row.getLong(3), row.getLong(4), new GitPerson(row.getString(5), row.getString(6))));
      }
    }
    return read;
  }

  /** Whether identities are somebody else by now than is stored. */
  boolean haveMoved() {
    return !moved().isEmpty();
  }

  private Map<Long, GitPerson> moved() {
    Map<Long, GitPerson> moved = new LinkedHashMap<>();
    known.forEach((recorded, who) -> {
      GitPerson person = same.person(recorded);
      if (!person.equals(who.person())) {
        moved.put(who.identityId(), person);
      }
    });
    return moved;
  }

  /**
   * Lets identities that are somebody else by now be that person, and their commits with them. The
   * identities as recorded stay as they are.
   */
  int settle(Connection connection) throws SQLException {
    Map<Long, GitPerson> moved = moved();
    if (moved.isEmpty()) {
      return 0;
    }
    insertPeople(connection, moved.values());
    Array ids = connection.createArrayOf("bigint", moved.keySet().toArray());
    moveIdentities(connection, ids, moved.values());
    return moveCommits(connection, ids);
  }

  private static void moveIdentities(Connection connection, Array ids, Collection<GitPerson> people)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update git_identity set person_id = person.person_id"
                + " from unnest(?::bigint[], ?::text[], ?::text[]) as given (id, name, email)"
                + " join person on person.name = given.name and person.email = given.email"
                + " where identity_id = given.id")) {
      update.setArray(1, ids);
      update.setArray(2, texts(connection, people, GitPerson::name));
      update.setArray(3, texts(connection, people, GitPerson::email));
      update.executeUpdate();
    }
  }

  private int moveCommits(Connection connection, Array ids) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update git_commit set author_id = author.person_id,"
                + " committer_id = committer.person_id"
                + " from git_identity as author, git_identity as committer"
                + " where git_commit.repository_id = ?"
                + " and (author_identity_id = any(?) or committer_identity_id = any(?))"
                + " and author.identity_id = author_identity_id"
                + " and committer.identity_id = committer_identity_id")) {
      update.setLong(1, repositoryId);
      update.setArray(2, ids);
      update.setArray(3, ids);
      return update.executeUpdate();
    }
  }
}
