package dev.nightjar.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Skip;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTextTest {

  private static List<Skip> skips(String words) {
    return words.isBlank()
        ? List.of()
        : Arrays.stream(words.split(" "))
            .map(word -> word.split("=", 2))
            .map(one -> new Skip(one[0].startsWith("x") ? "bench" : "telemetry", one[0], one[1]))
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the first run | '' | a=why b=why | Not measured: a: why;Not measured: b: why",
        "the same again | a=why b=why | a=why b=why | Not measured, as before: a, b",
        "one more | a=why | a=why b=why | Not measured: b: why;Not measured, as before: a",
        "another reason | a=why | a=else | Not measured: a: else",
        "one less | a=why b=why | b=why | Measured again: a;Not measured, as before: b",
        "a benchmark that is gone | x=failed | '' | ''",
        "all is measured | '' | '' | ''"
      })
  void onlyWhatIsNewOnAHostIsExplained(String situation, String earlier, String now, String lines) {
    assertEquals(
        lines, String.join(";", OutcomeText.skipLines(skips(now), skips(earlier))), situation);
  }
}
