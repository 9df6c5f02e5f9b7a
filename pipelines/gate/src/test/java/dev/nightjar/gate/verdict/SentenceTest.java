package dev.nightjar.gate.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
  @ParameterizedTest
  @CsvSource({
    "it is empty, it is empty.",
    "it is empty., it is empty.",
    "it is empty.., it is empty.",
    "is it?, is it?",
    "is it?., is it?",
    "a.json:1: x; …, a.json:1: x; …",
    "a.json:1: x; …., a.json:1: x; …",
    "' it ends here.  ', it ends here."
  })
  void endsInOneMark(String clause, String sentence) {
    assertEquals(sentence, Sentence.of(clause));
  }
}
