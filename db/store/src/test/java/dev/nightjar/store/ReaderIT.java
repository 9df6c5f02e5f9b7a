package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.OtherServer;
import dev.nightjar.store.query.NamedQuery;
import dev.nightjar.store.query.QueryResult;
import dev.nightjar.store.sql.ReaderLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person's query may do, on a server of every version that is on this machine. */
@ParameterizedClass
@MethodSource("programs")
class ReaderIT {
  private static final Path FOLDER = Path.of("target", "other-servers").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String SECRET = "select * from nightjar.pseudonym_secret";
  private static final String HARMLESS = "select count(*) from run_history";

  private static @Nullable OtherServer server;

  ReaderIT(@SuppressWarnings("unused") Path programs) {}

  static List<Path> programs() throws IOException {
    return OtherServer.programs(SharedStores.SETTINGS.cacheFolder());
  }

  @BeforeParameterizedClassInvocation
  static void start(Path programs) throws Exception {
    server = OtherServer.start(programs, Files.createTempDirectory(made(FOLDER), "server"));
    System.out.println("queries on PostgreSQL " + server.version());
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    server().close();
  }

  /** As whom Nightjar works. */
  enum Owner {
    OWNER("owner"),
    GUEST("guest");

    private final String heading;

    Owner(String heading) {
      this.heading = heading;
    }

    /** Runs what db/README.md says, word for word but for the name of the database it is given. */
    void make() throws Exception {
      if (this == GUEST) {
        server().execute("postgres", "create database shared");
      }
      for (String statement : documented(heading)) {
        server().execute(this == GUEST ? "shared" : "postgres", statement);
      }
    }

    String database() {
      return this == OWNER ? "nightjar" : "shared";
    }

    StoreSettings settings(@Nullable ReaderLogin reader) {
      return ReaderIT.settings("nightjar", "change-me", database(), reader);
    }
  }

  @BeforeEach
  void isOfAKnownVersion(TestInfo test) throws SQLException {
    boolean isAboutOldOnes = test.getTags().contains("old");
    assumeTrue(isAboutOldOnes == isTooOld(), "PostgreSQL " + server().version());
  }

  @Test
  @Tag("old")
  void aServerThatIsTooOldIsRefusedWithItsVersion() throws Exception {
    Owner.OWNER.make();
    Failure refusal =
        assertThrows(Failure.Unavailable.class, () -> Stores.open(Owner.OWNER.settings(null)));
    assertTrue(refusal.getMessage().contains("needs 15 or newer"), refusal.getMessage());
  }

  @AfterEach
  void forgetRolesAndDatabases() throws Exception {
    server().execute("postgres", "drop database if exists nightjar with (force)");
    server().execute("postgres", "drop database if exists shared with (force)");
    for (String role : List.of("nightjar_reader", "nightjar", "other")) {
      server().execute("postgres", "drop role if exists " + role);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofSomebodyWhoMayMakeNoRolesIsRefusedWithWhatMakesOne(Owner owner) throws Exception {
    owner.make();
    dropReader(owner);
    try (Stores stores = Stores.open(owner.settings(null))) {
      for (String sql : List.of(SECRET, HARMLESS, "select 1")) {
        Failure refusal = assertThrows(Failure.Unavailable.class, () -> ask(stores, sql));
        assertTrue(
            refusal.getMessage().contains("create role nightjar_reader login password"),
            refusal.getMessage());
        assertTrue(refusal.getMessage().contains("NIGHTJAR_READER_USER"), refusal.getMessage());
      }
      for (NamedQuery query : NamedQuery.values()) {
        stores.database().queries().runOurs(query.sql(), LIMIT, 10);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsAsTheRoleThatTheSettingsName(Owner owner) throws Exception {
    owner.make();
    try (Stores stores = Stores.open(owner.settings(reader("nightjar_reader")))) {
      assertConfined(stores);
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsAsARoleOfOursOnceOneMayBeMade(Owner owner) throws Exception {
    owner.make();
    dropReader(owner);
    try (Stores stores = Stores.open(owner.settings(null))) {
      assertThrows(Failure.Unavailable.class, () -> ask(stores, HARMLESS));
      server().execute("postgres", "alter role nightjar createrole");
      assertConfined(stores);
      server().execute("postgres", "alter role nightjar nocreaterole");
    }
    try (Stores stores = Stores.open(owner.settings(null))) {
      assertConfined(stores);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant nightjar to nightjar_reader",
        "grant pg_read_all_data to nightjar_reader",
        "grant pg_read_server_files to nightjar_reader",
        "grant usage on schema nightjar to nightjar_reader",
        "grant usage on schema nightjar to public",
        "grant usage on schema batch to nightjar_reader",
        "alter role nightjar_reader superuser",
        "alter role nightjar_reader createrole",
        "create role other; grant nightjar to other; grant other to nightjar_reader;"
            + " alter role nightjar_reader noinherit",
      })
  void isRefusedToARoleThatMayDoMore(String more) throws Exception {
    Owner.OWNER.make();
    ReaderLogin reader = reader("nightjar_reader");
    try (Stores stores = Stores.open(Owner.OWNER.settings(reader))) {
      assertConfined(stores);
      server().execute("nightjar", more);
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> ask(stores, HARMLESS));
      assertTrue(refusal.getMessage().contains("may do more"), refusal.getMessage());
    }
  }

  @Test
  void isRefusedToTheOwnerNamedAsReader() throws Exception {
    Owner.OWNER.make();
    ReaderLogin owner = ReaderLogin.named("nightjar", "change-me");
    try (Stores stores = Stores.open(Owner.OWNER.settings(owner))) {
      assertThrows(Failure.Unavailable.class, () -> ask(stores, SECRET));
    }
  }

  @Test
  void namesARoleThatIsNotLetIn() throws Exception {
    Owner.OWNER.make();
    ReaderLogin wrong = ReaderLogin.named("nightjar_reader", "wr0ng");
    try (Stores stores = Stores.open(Owner.OWNER.settings(wrong))) {
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> ask(stores, HARMLESS));
      assertTrue(refusal.getMessage().contains("NIGHTJAR_READER_PASSWORD"), refusal.getMessage());
      assertFalse(refusal.getMessage().contains("wr0ng"), refusal.getMessage());
    }
  }

  @Test
  void namesARoleThatIsNotThere() throws Exception {
    Owner.OWNER.make();
    try (Stores stores = Stores.open(Owner.OWNER.settings(reader("nobody_here")))) {
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> ask(stores, HARMLESS));
      assertTrue(refusal.getMessage().contains("create role nobody_here"), refusal.getMessage());
    }
  }

  @Test
  void aReaderOfOursThatSomebodyDroppedIsMadeAnew() throws Exception {
    Owner.OWNER.make();
    dropReader(Owner.OWNER);
    server().execute("postgres", "alter role nightjar createrole");
    try (Stores stores = Stores.open(Owner.OWNER.settings(null))) {
      assertConfined(stores);
      dropReader(Owner.OWNER);
      assertConfined(stores);
    }
  }

  private static void dropReader(Owner owner) throws SQLException {
    server()
        .execute(owner.database(), "drop owned by nightjar_reader", "drop role nightjar_reader");
  }

  private static void assertConfined(Stores stores) {
    assertEquals("0", ask(stores, HARMLESS).rows().getFirst().getFirst());
    for (String sql :
        List.of(
            SECRET,
            "select * from nightjar.run",
            "select * from nightjar.reader_login",
            "select set_config('role', 'nightjar', false), (select count(*) from nightjar.run)",
            "select pg_read_file('PG_VERSION')")) {
      assertThrows(Failure.Misuse.class, () -> ask(stores, sql), sql);
    }
  }

  private static QueryResult ask(Stores stores, String sql) {
    return stores.database().queries().run(sql, LIMIT, 10);
  }

  private static ReaderLogin reader(String role) {
    return ReaderLogin.named(role, "change-me-too");
  }

  static StoreSettings settings(
      String user, String password, String database, @Nullable ReaderLogin reader) {
    return new StoreSettings(
        server().url(user, password, database),
        "redis://127.0.0.1:1",
        FOLDER,
        FOLDER,
        Duration.ofMinutes(1),
        reader);
  }

  static OtherServer server() {
    return Objects.requireNonNull(server);
  }

  static boolean isTooOld() throws SQLException {
    return Integer.parseInt(server().version().split("\\.", 2)[0]) < 15;
  }

  private static Path made(Path folder) throws IOException {
    return Files.createDirectories(folder);
  }

  /** The statements of the block of SQL in db/README.md that begins with a word in a comment. */
  private static List<String> documented(String heading) throws IOException {
    String document = Files.readString(Path.of("..", "README.md"));
    var block =
        Pattern.compile("```sql\n-- " + heading + ":[^\n]*\n(.*?)```", Pattern.DOTALL)
            .matcher(document);
    assertTrue(block.find(), heading);
    return Pattern.compile(";[^\n]*\n").splitAsStream(block.group(1)).toList();
  }
}
