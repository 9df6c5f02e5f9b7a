package dev.nightjar.settings.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.ShellLine;
import dev.nightjar.settings.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What projects of many kinds are proposed: small ones, laid out as real ones are. */
class ProposalTest {
  @TempDir Path folder;

  private Path project;

  @BeforeEach
  void makeAProject() throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** The settings that the proposed file gives: read as any other. */
  private Settings settings() throws IOException {
    write("nightjar.yaml", ProposedFile.text(Proposal.of(project)));
    return Workspace.find(
            project,
            Optional.empty(),
            Map.of("HOME", folder.resolve("home").toString(), "NIGHTJAR_TRUST", "1"))
        .settings();
  }

  private static String told(Settings settings) {
    return settings.benchmarks().stream()
        .map(one -> one.name() + ": " + command(one) + results(one))
        .collect(Collectors.joining("\n"));
  }

  private static String command(BenchmarkDefinition one) {
    return one.command().getLast();
  }

  private static String results(BenchmarkDefinition one) {
    return one.results() == null ? "" : " -> " + one.results();
  }

  /** Layout, setup, benchmarks. */
  static Stream<Arguments> projects() {
    return Stream.of(
        Arguments.of(
            "JMH in a module of Maven",
            Map.of(
                "pom.xml", "<modules><module>bench</module></modules>",
                "mvnw", "",
                "bench/pom.xml",
                    "<artifactId>jmh-core</artifactId><finalName>benchmarks</finalName>"),
            "./mvnw -q -B -pl bench -am -DskipTests package",
            "bench: java -jar bench/target/benchmarks.jar -rf json -rff"
                + " bench/target/jmh-result.json -> bench/target/jmh-result.json"),
        Arguments.of(
            "JMH in Gradle",
            Map.of(
                "build.gradle.kts",
                "plugins { id(\"me.champeau.jmh\") version \"0.7.2\" }",
                "gradlew",
                ""),
            "",
            "jmh: ./gradlew -q --rerun-tasks jmh -> build/results/jmh/results.json"),
        Arguments.of(
            "Google Benchmark",
            Map.of(
                "CMakeLists.txt",
                "project(p)\nadd_subdirectory(benchmarks)\n",
                "benchmarks/CMakeLists.txt",
                """
                find_package(benchmark REQUIRED)
                add_executable(tool tool.cc)
                add_executable(parse_bench parse.cc)
                target_link_libraries(parse_bench PRIVATE p benchmark::benchmark_main)
                """),
            "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel",
            "parse-bench: build/benchmarks/parse_bench --benchmark_out=build/parse_bench.json"
                + " --benchmark_out_format=json -> build/parse_bench.json"),
        Arguments.of(
            "pytest-benchmark",
            Map.of(
                "pyproject.toml",
                "[project.optional-dependencies]\ntest = [\"pytest-benchmark>=4\"]\n"),
            "",
            "pytest: python3 -m pytest -q --benchmark-only --benchmark-json=.nightjar-pytest.json"
                + " -> .nightjar-pytest.json"),
        Arguments.of(
            "criterion",
            Map.of(
                "Cargo.toml",
                """
                [dev-dependencies]
                criterion = { version = "0.5" }
                [[bench]]
                name = "parse"
                harness = false
                [[bench]]
                harness = false
                name = "write"
                """),
            "cargo bench --quiet --no-run",
            """
            parse: rm -rf target/criterion && cargo bench --quiet --bench parse\
             -> target/criterion/**/new/estimates.json
            write: rm -rf target/criterion && cargo bench --quiet --bench write\
             -> target/criterion/**/new/estimates.json\
            """),
        Arguments.of(
            "Go",
            Map.of(
                "go.mod", "module example\n",
                "x/x_test.go", "package x\n\nfunc BenchmarkX(b *testing.B) {\n}\n"),
            "",
            "go: go test -run '^$' -bench . ./... >.nightjar-go.txt -> .nightjar-go.txt"),
        Arguments.of(
            "Go without benchmarks", Map.of("go.mod", "m", "x_test.go", "package x\n"), "", ""),
        Arguments.of(
            "hyperfine",
            Map.of(
                "scripts/bench.sh",
                    "#!/bin/bash\nhyperfine --warmup 3 --export-json out/h.json 'app'\n",
                "other.sh", "echo hyperfine is a program\n"),
            "",
            "bench: bash scripts/bench.sh -> out/h.json"),
        Arguments.of(
            "hyperfine without a file",
            Map.of("speed.sh", "hyperfine 'app --fast'\n"),
            "",
            "speed: sh speed.sh"),
        Arguments.of(
            "npm",
            Map.of(
                "package.json",
                "{\"scripts\":{\"build\":\"x\",\"bench\":\"node"
                    + " b.js\",\"bench:parse\":\"y\",\"performer\":\"z\"}}",
                "package-lock.json",
                "{}"),
            "npm ci --silent",
            "bench: npm run --silent bench\nbench-parse: npm run --silent bench:parse"),
        Arguments.of(
            "a package.json that is none", Map.of("package.json", "{\"scripts\": ["), "", ""),
        Arguments.of(
            "make",
            Map.of(
                "Makefile",
                "all:\n\tcc x.c\nbench: all\n\t./x\nbenchmark-io:\nbench := 3\nworkbench:\n"),
            "make -s",
            "bench: make -s bench\nbenchmark-io: make -s benchmark-io"),
        Arguments.of(
            "make without a benchmark", Map.of("Makefile", "all:\n\tcc x.c\n"), "make -s", ""),
        Arguments.of(
            "what others made is passed over",
            Map.of(
                "node_modules/a/package.json", "{\"scripts\":{\"bench\":\"x\"}}",
                "target/pom.xml", "jmh-core",
                "third_party/b/go.mod", "m",
                "third_party/b/b_test.go", "func BenchmarkX(b *testing.B) {"),
            "",
            ""),
        Arguments.of("nothing", Map.of("README.md", "hello"), "", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("projects")
  void aProjectIsProposedWhatItHas(
      String kind, Map<String, String> files, String setup, String benchmarks) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
    Settings settings = settings();
    assertEquals(benchmarks, told(settings), kind);
    assertEquals(setup, settings.setup().map(ShellLine::text).orElse(""), kind);
    assertEquals(benchmarks.isEmpty(), settings.suites().contains("memory"), kind);
  }

  @Test
  void historiesOfOtherToolsAreNamed() throws IOException {
    write("dev/bench/data.js", "window.BENCHMARK_DATA = {}\n");
    write("docs/data.js", "const x = 1\n");
    write(".asv/results/host/abc.json", "{}");
    assertEquals(
        List.of(
            ".asv/results is a history of asv: 'nightjar import --from asv .asv/results' brings it"
                + " in.",
            "dev/bench/data.js is a history of github-action-benchmark: 'nightjar import --from"
                + " github-action-benchmark dev/bench/data.js' brings it in."),
        Proposal.of(project).notes());
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    write("$(touch owned)/pom.xml", "jmh-core benchmarks");
    write("a'; touch owned; '/go.mod", "m");
    write("a'; touch owned; '/x_test.go", "func BenchmarkX(b *testing.B) {");
    write("line\nsetup: touch owned/pom.xml", "jmh-core benchmarks");
    write("plain name/pom.xml", "jmh-core benchmarks");
    write("-rf/pom.xml", "jmh-core benchmarks");
    write("package.json", "{\"scripts\":{\"bench:$(touch owned)\":\"x\",\"bench:\\\"\\n\":\"y\"}}");
    write("Makefile", "bench-$(touch owned):\n\t:\n");
    Settings settings = settings();
    assertFalse(told(settings).contains("owned"), told(settings));
    assertFalse(settings.setup().toString().contains("owned"), settings.setup().toString());
    assertTrue(
        told(settings)
            .contains(
                "plain-name: java -jar 'plain name/target/benchmarks.jar' -rf json -rff"
                    + " 'plain name/target/jmh-result.json'"),
        told(settings));
    assertTrue(told(settings).contains("java -jar ./-rf/target/benchmarks.jar"), told(settings));
  }

  @Test
  void hugeFoldersFilesAndLinksDoNoHarm() throws IOException {
    Files.createSymbolicLink(project.resolve("loop"), project);
    Files.createSymbolicLink(project.resolve("package.json"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(project.resolve("outside"), Path.of("/"));
    write("Makefile", "bench:\n" + "x".repeat(2 << 20));
    for (int i = 0; i < 300; i++) {
      write("deep/" + "d/".repeat(i % 30) + "f" + i, "");
    }
    for (int i = 0; i < 25_000; i++) {
      Files.createFile(Files.createDirectories(project.resolve("many/" + i % 50)).resolve("f" + i));
    }
    write("many/z/pom.xml", "jmh-core");
    assertTimeout(
        Duration.ofSeconds(60),
        () -> assertTrue(Proposal.of(project).size() <= 1, "far more than is read"));
  }

  @Test
  void manyBenchmarksOfOneNameAreToldApartAndBounded() throws IOException {
    write("Makefile", "bench:\n");
    String scripts =
        Stream.iterate(1, i -> i + 1)
            .limit(40)
            .map(i -> "\"bench:" + i + "\":\"x\"")
            .collect(Collectors.joining(","));
    write("package.json", "{\"scripts\":{" + scripts + ",\"bench.1\":\"y\"}}");
    write("sub/package.json", "{\"scripts\":{\"bench\":\"x\"}}");
    String[] names =
        settings().benchmarks().stream().map(BenchmarkDefinition::name).toArray(String[]::new);
    assertEquals(20, names.length);
    assertEquals(20, Arrays.stream(names).distinct().count());
  }
}
