package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilingRuntimeTest {
  @ParameterizedTest
  @CsvSource({
    "java -jar app.jar,java",
    "/usr/bin/java -cp a Main,java",
    "./mvnw -q test,mvnw",
    "cd app && node index.js,node",
    "OUT=x pypy3 bench.py,pypy3",
    "python3 bench.py,",
    "./javac-like,",
    "cat java.txt,",
    "./nodes,",
    "make bench,",
    "cargo bench,",
  })
  void areKnownByTheirPrograms(String command, String name) {
    assertEquals(Optional.ofNullable(name), CompilingRuntime.in(List.of("/bin/sh", "-c", command)));
  }
}
