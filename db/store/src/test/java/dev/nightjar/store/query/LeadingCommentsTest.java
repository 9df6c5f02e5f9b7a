package dev.nightjar.store.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingCommentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1|select 1",
        "'  (( select 1) )'|'select 1) )'",
        "'-- why\nselect 1'|select 1",
        "'/* why */ select 1'|select 1",
        "'/* a /* nested */ one */ -- and\n ( /**/ table t)'|table t)",
        "'-- nothing else'|''",
        "'/* never closed'|''",
        "'/* a */ drop view v'|drop view v",
        "'- 1'|'- 1'",
      })
  void theFirstWordIsFoundBehindThem(String sql, String rest) {
    assertEquals(rest, LeadingComments.skip(sql));
  }
}
