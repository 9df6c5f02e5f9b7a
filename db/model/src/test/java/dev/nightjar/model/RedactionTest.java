package dev.nightjar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void aValueGivesWayToTheNameOfItsVariable() {
    Redaction redaction = Redaction.of(Map.of("TOKEN", "s3cret", "USER_KEY", "s3cret-longer"));

    assertEquals("a ${TOKEN} b ${USER_KEY}.", redaction.applyTo("a s3cret b s3cret-longer."));
    assertFalse(redaction.toString().contains("s3cret"));
  }

  @Test
  void namesThatArePutInAreNotReadAgain() {
    assertEquals("${A}", Redaction.of(Map.of("A", "$1\\ABBA", "B", "${A}")).applyTo("$1\\ABBA"));
  }

  @Test
  void eachLineOfAKeyIsHidden() {
    Redaction redaction = Redaction.of(Map.of("KEY", "-----BEGIN\nMIIEow\n-----END\n"));

    assertEquals("it says ${KEY} only", redaction.applyTo("it says MIIEow only"));
  }

  @Test
  void shortWordsStandEverywhereAndStay() {
    assertSame(Redaction.NONE, Redaction.of(Map.of("CPUS", "4", "MODE", "on ", "EMPTY", "")));
    assertEquals("4 on", Redaction.NONE.applyTo("4 on"));
  }
}
