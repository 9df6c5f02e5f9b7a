package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Three programs, in C, C++ and Rust, each built as it is, again as it is, and with so many more
 * steps that the whole of it, its start included, executes a stated share more instructions. How
 * many steps those are follows from two counts.
 */
final class CountPrograms implements AutoCloseable {
  /** How much more each version executes. Beyond 0.5 % a little: that much is no change yet. */
  static final Map<String, Double> VERSIONS = versions();

  private static final Map<String, String> SOURCES = sources();
  private static final String BUILD =
      """
      set -e
      gcc -O2 -DSTEPS=STEPSull -o c c.c
      g++ -O2 -DSTEPS=STEPSull -o cpp cpp.cpp
      sed s/WANTED/STEPS/ rust.rs >wanted.rs
      rustc --crate-name rust -O -o rust wanted.rs
      """;
  private static final int STEPS = 100_000;
  private static final double PLANTED_WITHIN = 0.0005;

  private final Path folder;

  private CountPrograms(Path folder) {
    this.folder = folder;
  }

  private static Map<String, Double> versions() {
    Map<String, Double> versions = new LinkedHashMap<>();
    versions.put("base", 0.0);
    versions.put("same", 0.0);
    versions.put("half", 0.0055);
    versions.put("one", 0.01);
    versions.put("three", 0.03);
    return versions;
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put(
        "c.c",
        """
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) {
          char line[32];
          uint64_t x = 88172645463325252ull, sum = 5381;
          for (uint64_t i = 0; i < STEPS / 10; i++) {
            x ^= x << 13; x ^= x >> 7; x ^= x << 17;
            snprintf(line, sizeof line, "%llu", (unsigned long long)x);
            for (const char *c = line; *c; c++) sum = sum * 33 + *c;
            sum += strtoull(line, NULL, 10);
          }
          printf("%llu\\n", (unsigned long long)sum);
          return 0;
        }
        """);
    sources.put(
        "cpp.cpp",
        """
        #include <cstdint>
        #include <iostream>
        #include <map>
        #include <string>
        #include <vector>
        int main() {
          std::map<std::string, int> words;
          uint64_t x = 88172645463325252ull;
          for (uint64_t i = 0; i < STEPS / 10; i++) {
            x ^= x << 13; x ^= x >> 7; x ^= x << 17;
            words[std::to_string(x % 500)]++;
          }
          std::vector<int> counts;
          for (const auto &word : words) counts.push_back(word.second);
          std::cout << words.size() << ' ' << counts.front() << std::endl;
        }
        """);
    sources.put(
        "rust.rs",
        """
        use std::collections::BTreeMap;
        fn main() {
            let mut words: BTreeMap<String, u32> = BTreeMap::new();
            let mut x: u64 = 88172645463325252;
            for _ in 0..WANTED / 10 {
                x ^= x << 13; x ^= x >> 7; x ^= x << 17;
                *words.entry(format!("{}", x % 500)).or_insert(0) += 1;
            }
            println!("{} {:?}", words.len(), words.iter().next());
        }
        """);
    return sources;
  }

  /** Builds all in a new folder. */
  static CountPrograms build() throws IOException, InterruptedException {
    CountPrograms programs = new CountPrograms(Files.createTempDirectory("count-trial"));
    Path base = programs.compile("base", STEPS, List.copyOf(names()));
    Path more = programs.compile("more", 2 * STEPS, List.copyOf(names()));
    for (String name : names()) {
      double count = count(base, name);
      double ofAStep = (count(more, name) - count) / STEPS;
      for (Map.Entry<String, Double> version : VERSIONS.entrySet()) {
        double planted = version.getValue();
        long steps = Math.round(STEPS + planted * count / ofAStep);
        Path tree = programs.compile(version.getKey(), steps, List.of(name));
        if (planted > 0 && Math.abs(count(tree, name) / count - 1 - planted) > PLANTED_WITHIN) {
          throw new IllegalStateException(name + " does not execute " + version + " more");
        }
      }
    }
    return programs;
  }

  static List<String> names() {
    return List.of("c", "cpp", "rust");
  }

  private Path compile(String version, long steps, List<String> names)
      throws IOException, InterruptedException {
    Path tree = Files.createDirectories(folder.resolve(version));
    for (Map.Entry<String, String> source : SOURCES.entrySet()) {
      Files.writeString(tree.resolve(source.getKey()), source.getValue());
    }
    List<String> lines = new ArrayList<>(List.of("set -e"));
    BUILD
        .lines()
        .filter(line ->
            names.stream().anyMatch(name -> line.contains(" " + name + "."))
                || (line.contains("wanted") && names.contains("rust")))
        .forEach(lines::add);
    String script = String.join("\n", lines).replace("STEPS=STEPS", "STEPS=" + steps);
    run(tree, script.replace("WANTED/STEPS", "WANTED/" + steps + "u64"));
    return tree;
  }

  private static void run(Path tree, String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", script).directory(tree.toFile()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the programs do not build: " + script);
    }
  }

  private static double count(Path tree, String name) throws InterruptedException {
    List<Sample> counted = new ArrayList<>();
    BenchmarkRunner.run(
        definition(name).repeatedMore(1),
        tree,
        new RunObserver() {
          @Override
          public void repetitionDone(int repetition, List<Sample> samples) {
            counted.addAll(samples);
          }

          @Override
          public void skipped(Skip skip) {
            throw new IllegalStateException(skip.toString());
          }
        });
    return Objects.requireNonNull(counted.getFirst()).value();
  }

  /** What a person would write into nightjar.yaml. */
  static BenchmarkDefinition definition(String name) {
    return BenchmarkDefinition.named(name)
        .command("./" + name)
        .warmups(0)
        .measures(List.of(new Measured(Quantity.INSTRUCTIONS)))
        .build();
  }

  Path tree(String version) {
    return folder.resolve(version);
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
