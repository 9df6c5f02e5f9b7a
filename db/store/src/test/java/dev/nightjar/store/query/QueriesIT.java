package dev.nightjar.store.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.Database;
import dev.nightjar.store.SharedStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  /** What a query must not change. */
  @BeforeAll
  static void storeASample() {
    Database database = shared.database();
    long repositoryId =
        database
            .runs()
            .repository(
                new RepositoryFacts("queried", "queried", "sha1", "main", "main", null, false),
                Optional.empty());
    long hostId = database.runs().host(new Host("queried", "queried", new TreeMap<>()));
    Instant now = Instant.now();
    Run run =
        new Run(
            UuidV7.next(),
            "bench",
            repositoryId,
            hostId,
            null,
            null,
            RunState.RUNNING,
            now,
            null,
            "1");
    Series series =
        new Series(
            new Benchmark("queried", null, "time", "s", Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    database.runs().begin(run, "{}");
    database
        .samples()
        .put(
            run.id(),
            repositoryId,
            hostId,
            List.of(new Sample(series, 0, 1.5, now, 0, BoundaryReadings.ABSENT)));
  }

  @Test
  void answersWithNamesKindsAndText() {
    QueryResult result =
        ask(
            "select 1 as one, 'a;b' as two, null::text as three, true as four, 2.5::float8 as"
                + " five");
    assertEquals(
        List.of("one", "two", "three", "four", "five"),
        result.columns().stream().map(QueryResult.Column::name).toList());
    assertEquals(
        List.of(
            QueryResult.Kind.NUMBER,
            QueryResult.Kind.TEXT,
            QueryResult.Kind.TEXT,
            QueryResult.Kind.BOOLEAN,
            QueryResult.Kind.NUMBER),
        result.columns().stream().map(QueryResult.Column::kind).toList());
    assertEquals(
        java.util.Arrays.asList("1", "a;b", null, "true", "2.5"), result.rows().getFirst());
  }

  @Test
  void saysThatThereWasMore() {
    QueryResult some = queries().run("select generate_series(1, 11)", LIMIT, 10);
    assertEquals(10, some.rows().size());
    assertTrue(some.isTruncated());
    QueryResult all = queries().run("select generate_series(1, 10)", LIMIT, 10);
    assertEquals(10, all.rows().size());
    assertFalse(all.isTruncated());
  }

  @Test
  void everyPublicViewCanBeRead() {
    QueryResult views =
        ask("select table_name from information_schema.views where table_schema = 'public'");
    assertFalse(views.rows().isEmpty());
    for (List<String> view : views.rows()) {
      ask("select * from " + view.getFirst() + " limit 1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into run_history values (1)",
        "delete from samples",
        "drop view samples",
        "create table mine (a int)",
        "truncate samples",
        "copy samples to program 'true'",
        "set role postgres",
        "begin",
        "do $$ begin end $$",
        "call something()",
        "",
        "select 1; select 2",
        "select 1; drop view samples",
        "with gone as (delete from nightjar.run returning *) select * from gone",
        "select 1 into mine",
        "select * from nightjar.run",
        "select * from pg_authid",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('/')",
        "select lo_import('/etc/passwd')",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
        "select set_config('default_transaction_read_only', 'off', false), pg_reload_conf()",
        "select pg_advisory_lock(1), nextval('nightjar.none')",
        "explain analyze insert into nightjar.run default values",
        "/* only to look */ delete from samples",
        "-- only to look\ndelete from samples",
        "select (select generate_series(1, 2))",
        "select lastval()",
        "select repeat('x', 2000000000)",
        "select string_agg(repeat('x', 1000000), '') from generate_series(1, 2000)",
        "selekt 1",
        "select 'unfinished",
        "select 1/0",
      })
  void refusesWhatIsNoReading(String sql) {
    List<List<String>> before = ask("select * from samples order by 1, 2, 3").rows();
    assertFalse(before.isEmpty());
    Failure refusal = assertThrows(Failure.Misuse.class, () -> ask(sql));
    assertTrue(refusal.getMessage().contains("query"), refusal.getMessage());
    assertEquals(before, ask("select * from samples order by 1, 2, 3").rows());
  }

  @Test
  void aQueryThatTakesTooLongIsCancelled() {
    long begin = System.nanoTime();
    Failure refusal =
        assertThrows(
            Failure.Misuse.class,
            () -> queries().run("select pg_sleep(60)", Duration.ofSeconds(1), 10));
    assertTrue(refusal.getMessage().contains("--timeout"), refusal.getMessage());
    assertTrue(System.nanoTime() - begin < Duration.ofSeconds(30).toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- what is there\nselect count(*) from samples",
        "/* what\n is /* really */ there */ select count(*) from samples;",
        " ( select 1 )",
      })
  void aCommentMayStandBeforeIt(String sql) {
    assertEquals(1, ask(sql).rows().size());
  }

  @Test
  void anAnswerThatDoesNotFitIntoMemoryIsRefused() {
    for (String sql :
        new String[] {
          "select repeat('x', 100000) from generate_series(1, 20000)",
          "select repeat('x', 200000000)",
        }) {
      Failure refusal =
          assertThrows(Failure.Misuse.class, () -> queries().run(sql, LIMIT, 10_000_000));
      assertTrue(refusal.getMessage().contains("larger"), refusal.getMessage());
    }
  }

  @Test
  void theDiskThatASortMayTakeIsBounded() {
    assertEquals("2GB", ask("show temp_file_limit").rows().getFirst().getFirst());
    assertThrows(
        Failure.Misuse.class, () -> ask("select set_config('temp_file_limit', '-1', false)"));
  }

  private static Queries queries() {
    return shared.database().queries();
  }

  private static QueryResult ask(String sql) {
    return queries().run(sql, LIMIT, 100);
  }
}
