package dev.nightjar.store.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Host;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.store.SharedStores;
import dev.nightjar.store.query.NamedQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What repositories and kinds of machines are called, whoever sees them next. */
class NamesIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @Test
  void aRepositoryKeepsTheNameItWasFirstSeenUnder() {
    String identity = "https://forge.example/" + UuidV7.next();
    long id = repository("/home/ada/parser", "parser", identity);
    assertEquals(id, repository("/builds/17/workspace", "workspace", identity));
    assertEquals("parser", name("repository", id));
    runs().rename(id, "The Parser");
    repository("/builds/18/checkout", "checkout", identity);
    assertEquals("The Parser", name("repository", id));
  }

  @ParameterizedTest
  @CsvSource({"vm-1, vm-2, vm-1", "unknown, vm-2, vm-2", "vm-1, unknown, vm-1"})
  void aKindOfMachineKeepsTheNameOfTheFirst(String first, String second, String expected) {
    String key = UuidV7.next().toString();
    long id = runs().host(new Host(key, first, new TreeMap<>()));
    assertEquals(id, runs().host(new Host(key, second, new TreeMap<>())));
    assertEquals(expected, name("host", id));
    runs().renameHost(id, "the farm");
    runs().host(new Host(key, second, new TreeMap<>()));
    assertEquals("the farm", name("host", id));
  }

  @ParameterizedTest
  @EnumSource(names = {"LATEST", "HISTORY"})
  void whatIsAskedMostSaysOfWhichRepositoryItIs(NamedQuery query) {
    List<String> columns =
        shared
            .database()
            .queries()
            .runOurs(query.sql(), Duration.ofSeconds(20), 1)
            .columns()
            .stream()
            .map(column -> column.name())
            .toList();
    assertEquals(1, columns.stream().filter("repository"::equals).count(), columns.toString());
  }

  private static RunStore runs() {
    return shared.database().runs();
  }

  private static long repository(String location, String name, String identity) {
    return runs()
        .repository(
            new RepositoryFacts(location, name, "sha1", "main", null, null, false),
            Optional.of(identity));
  }

  private static String name(String table, long id) {
    return shared
        .database()
        .read(
            "asking",
            connection -> {
              try (var statement =
                  connection.prepareStatement(
                      "select name from %1$s where %1$s_id = ?".formatted(table))) {
                statement.setLong(1, id);
                try (var row = statement.executeQuery()) {
                  row.next();
                  return row.getString(1);
                }
              }
            });
  }
}
