package dev.nightjar.store.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FlameFrame;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import dev.nightjar.model.profile.ProfiledBy;
import dev.nightjar.store.Database;
import dev.nightjar.store.SharedStores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProfileStoreIT {
  private static final Instant NIGHT = Instant.parse("2026-11-02T02:00:30Z");
  private static final String BASE = "0123456789012345678901234567890123456789";

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private final UUID run = UuidV7.at(NIGHT);

  private static Database database() {
    return shared.stores().database();
  }

  @BeforeEach
  void begin() {
    long host = database().runs().host(new Host(run.toString(), "test", new TreeMap<>()));
    RepositoryFacts facts = new RepositoryFacts("/" + run, "test", "sha1", null, null, null, false);
    long repository = database().runs().repository(facts, Optional.empty());
    database()
        .runs()
        .begin(
            new Run(
                run, "bench", repository, host, BASE, "main", RunState.RUNNING, NIGHT, null, "1"),
            "{}");
  }

  private static FunctionDifference function(String name, @Nullable Double confidence) {
    boolean isKnown = confidence == null;
    return new FunctionDifference(
        new CodeFunction(name, "bin/p", isKnown ? "src/a.c" : null),
        isKnown ? 12 : null,
        isKnown ? 30 : null,
        new CostChange(1.5, 2.5),
        new CostChange(3, 4),
        0.92,
        confidence);
  }

  private static DifferentialProfile profile(String benchmark, ProfiledBy by, String name) {
    FunctionDifference first = function(name, by.isSampler() ? 0.993 : null);
    return new DifferentialProfile(
        benchmark,
        by,
        new CostChange(100, 111),
        Optional.of(new NamedFunction(first, "src/a.c", 14, name + " did it")),
        List.of(first, function("other", by.isSampler() ? 0.5 : null)),
        new FlameFrame(
            "all",
            new CostChange(100, 111),
            List.of(new FlameFrame(name, new CostChange(1, 2), List.of()))),
        List.of("a \"note\""));
  }

  @Test
  void whatIsReadIsWhatWasPut() {
    List<DifferentialProfile> profiles =
        List.of(
            profile("a", ProfiledBy.CALLGRIND, "parse'\"\\ <b>"),
            profile("b", ProfiledBy.JFR, "a.B.c"),
            profile("c", ProfiledBy.PERF, "d").naming(Optional.empty(), List.of()));

    database().profiles().put(run, BASE, profiles);

    assertEquals(profiles, database().profiles().of(run));
  }

  @Test
  void profilesOfARunReplaceThoseItHad() {
    database().profiles().put(run, BASE, List.of(profile("a", ProfiledBy.PERF, "f")));
    List<DifferentialProfile> later = List.of(profile("b", ProfiledBy.JFR, "g"));

    database().profiles().put(run, BASE, later);

    assertEquals(later, database().profiles().of(run));
    assertEquals(List.of(), database().profiles().of(UuidV7.at(NIGHT)));
  }

  @Test
  void whatADatabaseCannotKeepOfANameIsReplaced() {
    database().profiles().put(run, BASE, List.of(profile("a", ProfiledBy.JFR, "a\0\ud800b")));

    DifferentialProfile stored = database().profiles().of(run).getFirst();

    assertEquals("a\ufffd\ufffdb", stored.functions().getFirst().function().name());
    assertEquals("a\ufffd\ufffdb", stored.flame().children().getFirst().name());
  }
}
