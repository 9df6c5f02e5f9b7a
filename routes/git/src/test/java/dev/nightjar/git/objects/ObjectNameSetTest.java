package dev.nightjar.git.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectNameSetTest {
  @Test
  void holdsWhatAHashSetHolds() {
    Random random = new Random(5);
    Set<ObjectName> expected = new HashSet<>();
    ObjectNameSet names = new ObjectNameSet();
    for (int i = 0; i < 20_000; i++) {
      ObjectName name = new ObjectName((long) random.nextInt(5000) << 40, random.nextInt(3), 1);
      assertEquals(expected.add(name), names.add(name));
    }
    assertEquals(expected.size(), names.size());
  }

  @Test
  void theNameOfAllZerosIsOneLikeAnyOther() {
    ObjectNameSet names = new ObjectNameSet();
    assertTrue(names.add(new ObjectName(0, 0, 0)));
    assertFalse(names.add(new ObjectName(0, 0, 0)));
    assertTrue(names.add(new ObjectName(0, 0, 1)));
    assertEquals(2, names.size());
  }
}
