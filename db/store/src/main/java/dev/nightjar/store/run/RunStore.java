package dev.nightjar.store.run;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunPlace;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Skip;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Runs with their steps and skips, and the repositories and hosts they belong to. */
public final class RunStore {
  private static final String RUN_COLUMNS =
      "run_id, pipeline, repository_id, host_id, encode(head_commit, 'hex'), branch, state,"
          + " started_at, finished_at, nightjar_version";

  /** Of a run: whether it measured anything, or tried to. */
  private static final String MEASURES =
      """
      (exists (select from sample where sample.run_id = run.run_id)
        or exists (select from benchmark_failure as failure where failure.run_id = run.run_id))\
      """;

  /** A machine that could not tell its name has lent none. */
  private static final String KEPT_NAME =
      "name = case when host.name in ('', 'unknown') then excluded.name else host.name end";

  private final Connections database;

  public RunStore(Connections database) {
    this.database = database;
  }

  /**
   * The repository, made when it is new. One that was known by its location until now is known by
   * its identity from now on. It keeps the name that it was first seen under, as those of its
   * clones are whatever their folders are called.
   *
   * @param identity what it is known by in whatever place it is cloned; its location without one
   */
  public long repository(RepositoryFacts facts, Optional<String> identity) {
    return database.inTransaction(
        "storing the repository",
        connection -> {
          String known = identity.orElse(facts.location());
          rename(connection, facts.location(), known);
          String sql =
              "insert into repository (location, name, object_format, default_branch)"
                  + " values (?, ?, ?, ?) on conflict (location) do update"
                  + " set default_branch = excluded.default_branch"
                  + " returning repository_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, known);
            statement.setString(2, facts.name());
            statement.setString(3, facts.objectFormat());
            statement.setString(4, facts.defaultBranch());
            return number(statement);
          }
        });
  }

  private static void rename(Connection connection, String location, String identity)
      throws SQLException {
    String sql =
        "update repository set location = ? where location = ?"
            + " and not exists (select from repository where location = ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, identity);
      statement.setString(2, location);
      statement.setString(3, identity);
      statement.executeUpdate();
    }
  }

  /**
   * The host of a machine key, made when it is new; what is known of it is brought up to date. It
   * is a kind, and keeps the name of the first machine of it, as each has its own beside.
   */
  public long host(Host host) {
    return hostId(
        host, "storing the host", "facts = excluded.facts, last_seen_at = now(), " + KEPT_NAME);
  }

  /** Calls a repository something else. */
  public void rename(long repositoryId, String name) {
    database.inTransaction(
        "renaming the repository",
        connection ->
            update(
                connection,
                "update repository set name = ? where repository_id = ?",
                name,
                repositoryId));
  }

  /** Calls a kind of machine something else. */
  public void renameHost(long hostId, String name) {
    database.inTransaction(
        "renaming the host",
        connection ->
            update(connection, "update host set name = ? where host_id = ?", name, hostId));
  }

  /** The host of a machine key, made when it is new; what is known of one stays as it is. */
  public long hostOf(Host host) {
    return hostId(host, "finding the host", "name = host.name");
  }

  /** The number of the host, which is made when it is new, and updated so when it is not. */
  private long hostId(Host host, String doing, String update) {
    return database.inTransaction(
        doing,
        connection -> {
          String sql =
              "insert into host (machine_key, name, facts) values (?, ?, ?::jsonb)"
                  + " on conflict (machine_key) do update set "
                  + update
                  + " returning host_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, host.machineKey());
            statement.setString(2, host.name());
            statement.setString(3, JsonMapper.shared().writeValueAsString(host.facts()));
            return number(statement);
          }
        });
  }

  /** Key and name of a stored host. */
  public Host host(long hostId) {
    return database.read(
        "reading the host",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select machine_key, name from host where host_id = ?")) {
            statement.setLong(1, hostId);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return new Host(row.getString(1), row.getString(2), new TreeMap<>());
            }
          }
        });
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Notes that a run begins; a run that is noted already stays as it is. */
  public void begin(Run run, String settingsJson) {
    database.inTransaction(
        "beginning the run", connection -> insert(connection, run, settingsJson));
  }

  /** Whether the run is new; one that is noted already stays as it is. */
  static boolean insert(Connection connection, Run run, String settingsJson) throws SQLException {
    String sql =
        "insert into run (run_id, pipeline, repository_id, host_id, head_commit, branch, state,"
            + " started_at, nightjar_version, settings)"
            + " values (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?::jsonb) on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, run.id());
      statement.setString(2, run.pipeline());
      statement.setLong(3, run.repositoryId());
      statement.setLong(4, run.hostId());
      String head = run.headCommit();
      statement.setBytes(5, head == null ? null : HexFormat.of().parseHex(head));
      statement.setString(6, run.branch());
      statement.setObject(7, UtcTime.of(run.startedAt()));
      statement.setString(8, run.nightjarVersion());
      statement.setString(9, settingsJson);
      return statement.executeUpdate() > 0;
    }
  }

  /** Notes that a run begins, and where; a run that is noted already stays as it is. */
  public void begin(Run run, String settingsJson, RunPlace place, String process) {
    database.inTransaction(
        "beginning the run",
        connection -> {
          insert(connection, run, settingsJson);
          return own(connection, run.id(), place, process);
        });
  }

  private static int own(Connection connection, UUID runId, RunPlace place, String process)
      throws SQLException {
    return update(
        connection,
        "insert into run_owner (run_id, location, host_name, boot_id, process)"
            + " values (?, ?, ?, ?, ?) on conflict (run_id) do update"
            + " set location = excluded.location, host_name = excluded.host_name,"
            + " boot_id = excluded.boot_id, process = excluded.process, owned_at = now()",
        runId,
        place.location(),
        place.hostName(),
        place.bootId(),
        process);
  }

  /**
   * Notes that a run goes on after its owner died or a step failed.
   *
   * @throws Failure.Unavailable when it has come to an end meanwhile
   */
  public void reopen(UUID runId) {
    setState(runId, RunState.RUNNING);
  }

  /** Notes that a run goes on, and in whose hands. */
  public void reopen(UUID runId, RunPlace place, String process) {
    database.inTransaction(
        "going on with the run",
        connection -> {
          setState(connection, runId, RunState.RUNNING);
          return own(connection, runId, place, process);
        });
  }

  /**
   * Notes how a run ended.
   *
   * @throws Failure.Unavailable when it has come to another end meanwhile
   */
  public void finish(UUID runId, RunState state) {
    if (state == RunState.RUNNING) {
      throw new IllegalArgumentException("a run does not end as running");
    }
    setState(runId, state);
  }

  private void setState(UUID runId, RunState state) {
    database.inTransaction(
        "noting the state of the run", connection -> setState(connection, runId, state));
  }

  private static boolean setState(Connection connection, UUID runId, RunState state)
      throws SQLException {
    // A clock that was set back in mid-run ends no run before its beginning.
    String sql =
        "update run set state = ?, finished_at = case when ? = 'running' then null"
            + " else greatest(coalesce(finished_at, now()), started_at) end"
            + " where run_id = ? and state = any (?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, state.word());
      statement.setString(2, state.word());
      statement.setObject(3, runId);
      statement.setArray(
          4,
          connection.createArrayOf(
              "text", state.mayFollow().stream().map(RunState::word).toArray()));
      if (statement.executeUpdate() == 1) {
        return true;
      }
    }
    throw new Failure.Unavailable(
        "The run %s has come to an end meanwhile and cannot become %s: nothing was changed; 'nightjar query run_history' tells its state."
            .formatted(runId, state.word()));
  }

  /**
   * The runs of a pipeline over a repository that did not complete and none after which completed,
   * newest first, of those that are this place's to go on with. Some may be alive.
   */
  public List<Run> unfinished(String pipeline, long repositoryId, RunPlace place) {
    return ofPlace(
        "where state in ('running', 'failed') and not exists (select from ours as later"
            + " where later.host_id = run.host_id and later.state = 'completed'"
            + " and (later.begun > run.begun or ((later.begun is null or run.begun is null)"
            + " and later.started_at > run.started_at)))"
            + " order by begun desc nulls last, started_at desc, run_id desc",
        pipeline,
        repositoryId,
        place);
  }

  /** This place's runs of a pipeline over a repository that say they go on; some may be dead. */
  public List<Run> running(String pipeline, long repositoryId, RunPlace place) {
    return ofPlace("where state = 'running'", pipeline, repositoryId, place);
  }

  /**
   * Runs that began in this checkout, on this machine or in a container of this boot of it, and
   * those of which that is not known.
   */
  private List<Run> ofPlace(String clause, String pipeline, long repositoryId, RunPlace place) {
    return select(
        "with ours as (select run.*, begun from run left join run_owner using (run_id)"
            + " where pipeline = ? and repository_id = ? and (begun is null or (location = ?"
            + " and (boot_id = ? or (host_name = ? and host_name <> 'unknown')))))"
            + " select "
            + RUN_COLUMNS
            + " from ours as run "
            + clause,
        pipeline,
        repositoryId,
        place.location(),
        place.bootId(),
        place.hostName());
  }

  /** The runs of a pipeline over a repository, wherever, that say they go on since long ago. */
  public List<Run> running(String pipeline, long repositoryId, Duration atLeast) {
    return runs(
        "where pipeline = ? and repository_id = ? and state = 'running'"
            + " and started_at < now() - ? * interval '1 second'",
        pipeline,
        repositoryId,
        atLeast.toSeconds());
  }

  /** The newest run of a pipeline over a repository that completed. */
  public Optional<Run> latestFinished(String pipeline, long repositoryId) {
    return runs(
            "where pipeline = ? and repository_id = ? and state = 'completed'"
                + " order by started_at desc, run_id desc limit 1",
            pipeline,
            repositoryId)
        .stream()
        .findFirst();
  }

  /** The newest run over the repository that is known by this, in whatever state it is. */
  public Optional<Run> newest(String location) {
    return runs(
            "where repository_id = (select repository_id from repository where location = ?)"
                + " order by started_at desc, run_id desc limit 1",
            location)
        .stream()
        .findFirst();
  }

  /** The run of an id. */
  public Optional<Run> find(UUID runId) {
    return runs("where run_id = ?", runId).stream().findFirst();
  }

  /** Runs of a repository, newest first. */
  public List<Run> of(long repositoryId, int most) {
    return runs(
        "where repository_id = ? order by started_at desc, run_id desc limit ?",
        repositoryId,
        most);
  }

  /**
   * The completed runs that measured anything over a repository on a host before a moment, newest
   * first.
   */
  public List<Run> measured(long repositoryId, long hostId, Instant before, int most) {
    return runs(
        "where repository_id = ? and host_id = ? and state = 'completed' and started_at < ?"
            + " and exists (select from sample where sample.run_id = run.run_id)"
            + " order by started_at desc, run_id desc limit ?",
        repositoryId,
        hostId,
        UtcTime.of(before),
        most);
  }

  /**
   * The newest completed run over a repository that measured anything, or tried to.
   *
   * @param otherThan a pipeline whose runs do not count
   */
  public Optional<Run> latestMeasured(long repositoryId, String otherThan) {
    return runs(
            "where repository_id = ? and state = 'completed' and pipeline <> ? and "
                + MEASURES
                + " order by started_at desc, run_id desc limit 1",
            repositoryId,
            otherThan)
        .stream()
        .findFirst();
  }

  /** The completed runs of a repository that measured anything, the oldest first. */
  public List<Run> completed(long repositoryId) {
    return runs(
        "where repository_id = ? and state = 'completed' and "
            + MEASURES
            + " order by started_at, run_id",
        repositoryId);
  }

  /** The newest completed run of the same pipeline and repository on the same host before one. */
  public Optional<Run> latestBefore(Run run) {
    return runs(
            "where pipeline = ? and repository_id = ? and host_id = ? and state = 'completed'"
                + " and started_at < ? order by started_at desc, run_id desc limit 1",
            run.pipeline(),
            run.repositoryId(),
            run.hostId(),
            UtcTime.of(run.startedAt()))
        .stream()
        .findFirst();
  }

  /** The newest completed run of a pipeline over a repository before a moment. */
  public Optional<Run> latestBefore(String pipeline, long repositoryId, Instant before) {
    return runs(
            "where pipeline = ? and repository_id = ? and state = 'completed' and started_at < ?"
                + " order by started_at desc, run_id desc limit 1",
            pipeline,
            repositoryId,
            UtcTime.of(before))
        .stream()
        .findFirst();
  }

  /**
   * Runs of a repository up to a moment for people to look through, newest first: those that
   * measured anything or did not complete, and only the last few of the others, as a watch makes
   * one after each push.
   */
  public List<Run> notable(long repositoryId, Instant until, int most, int mostOthers) {
    String clause =
        """
        where run_id in (
          select run_id from (
            select run_id, is_notable, row_number() over (
              partition by is_notable order by started_at desc, run_id desc) as place
            from (
              select run_id, started_at, state <> 'completed' or %s as is_notable
              from run where repository_id = ? and started_at <= ?) as told) as placed
          where place <= case when is_notable then ? else ? end)
        order by started_at desc, run_id desc limit ?
        """
            .formatted(MEASURES);
    return runs(clause, repositoryId, UtcTime.of(until), most, mostOthers, most);
  }

  /** When the newest run over a repository on a host began; empty when there is none. */
  public Optional<Instant> newestStart(long repositoryId, long hostId) {
    return runs(
            "where repository_id = ? and host_id = ? order by started_at desc limit 1",
            repositoryId,
            hostId)
        .stream()
        .map(Run::startedAt)
        .findFirst();
  }

  /** The run over a repository on a host whose identifier ends in a text. */
  public Optional<Run> endingIn(long repositoryId, long hostId, String end) {
    return runs(
            "where repository_id = ? and host_id = ? and right(run_id::text, ?) = ?"
                + " order by started_at limit 1",
            repositoryId,
            hostId,
            end.length(),
            end)
        .stream()
        .findFirst();
  }

  /** How many completed runs over a repository measured anything on other hosts. */
  public long measuredElsewhere(long repositoryId, long hostId) {
    return database.read(
        "counting runs of other hosts",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select count(*) from run where repository_id = ? and host_id <> ?"
                      + " and state = 'completed'"
                      + " and exists (select from sample where sample.run_id = run.run_id)")) {
            statement.setLong(1, repositoryId);
            statement.setLong(2, hostId);
            return number(statement);
          }
        });
  }

  private List<Run> runs(String clause, Object... parameters) {
    return select("select " + RUN_COLUMNS + " from run " + clause, parameters);
  }

  private List<Run> select(String sql, Object... parameters) {
    return database.read(
        "reading runs",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            List<Run> runs = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                runs.add(run(row));
              }
            }
            return runs;
          }
        });
  }

  private static Run run(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp(9);
    return new Run(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        RunState.of(row.getString(7)),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant(),
        row.getString(10));
  }

  /** Notes that a step begins, or begins again. */
  public void beginStep(UUID runId, String step) {
    database.inTransaction(
        "beginning a step",
        connection -> {
          String sql =
              "insert into step (run_id, name, state, started_at) values (?, ?, 'running', now())"
                  + " on conflict (run_id, name) do update set state = 'running', finished_at ="
                  + " null";
          return update(connection, sql, runId, step);
        });
  }

  /** Notes that a step ended, and what came of it. */
  public void finishStep(UUID runId, String step, boolean isDone, String detail) {
    database.inTransaction(
        "ending a step",
        connection ->
            update(
                connection,
                "update step set state = ?, finished_at = now(), detail = ? where run_id = ? and"
                    + " name = ?",
                isDone ? "completed" : "failed",
                detail,
                runId,
                step));
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Notes what a run left out; the same thing twice is noted once. */
  public void skip(UUID runId, List<Skip> skips) {
    database.inTransaction(
        "noting what was skipped",
        connection -> {
          String sql =
              "insert into skip (run_id, step, subject, reason) values (?, ?, ?, ?)"
                  + " on conflict (run_id, step, subject) do update set reason = excluded.reason";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Skip skip : skips) {
              statement.setObject(1, runId);
              statement.setString(2, skip.step());
              statement.setString(3, skip.subject());
              statement.setString(4, skip.reason());
              statement.addBatch();
            }
            return statement.executeBatch();
          }
        });
  }

  /** What a run left out, in the order of step and subject. */
  public List<Skip> skips(UUID runId) {
    return database.read(
        "reading what was skipped",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select step, subject, reason from skip where run_id = ? order by step,"
                      + " subject")) {
            statement.setObject(1, runId);
            List<Skip> skips = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                skips.add(new Skip(row.getString(1), row.getString(2), row.getString(3)));
              }
            }
            return skips;
          }
        });
  }
}
