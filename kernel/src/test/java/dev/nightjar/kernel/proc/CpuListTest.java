package dev.nightjar.kernel.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {
  @Test
  void rangesAndNumbersAreCpus() {
    assertEquals("{0, 1, 2, 3, 8}", CpuList.parse(" 0-3,8\n").orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "3-1", "1,,2", "-1", "1-", "99999", "1-2-3"})
  void whatIsNoListOfCpusIsNone(String text) {
    assertTrue(CpuList.parse(text).isEmpty());
  }
}
