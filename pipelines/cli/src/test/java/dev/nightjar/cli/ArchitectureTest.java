package dev.nightjar.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/decisions/001: rooms, floors, and one room for each large library. */
class ArchitectureTest {
  /** From the ground up; a room may use those on lower floors. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("model"),
          List.of("kernel", "git", "store"),
          List.of("routes", "reports", "bench", "gate", "research", "driverwin"),
          List.of("jobs"),
          List.of("cli"));

  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nightjar");
  }

  @Test
  void everyRoomIsSeenAndNoOtherIsThere() {
    List<String> rooms = FLOORS.stream().flatMap(List::stream).toList();
    for (String room : rooms) {
      assertTrue(
          house.stream().anyMatch(type -> roomOf(type.getPackageName()).equals(room)),
          "no class of dev.nightjar." + room + " was read, so its rules would hold for nothing");
    }
    house.forEach(type ->
        assertTrue(
            rooms.contains(roomOf(type.getPackageName())),
            type.getName() + " is in a room that stands on no floor"));
  }

  private static String roomOf(String packageName) {
    return packageName.split("\\.")[2];
  }

  @Test
  void aRoomUsesOnlyLowerFloors() {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      List<String> besideOrAbove =
          FLOORS.subList(floor, FLOORS.size()).stream().flatMap(List::stream).toList();
      for (String room : FLOORS.get(floor)) {
        noClasses()
            .that()
            .resideInAPackage("dev.nightjar." + room + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                besideOrAbove.stream()
                    .filter(other -> !other.equals(room))
                    .map(other -> "dev.nightjar." + other + "..")
                    .toArray(String[]::new))
            .allowEmptyShould(true)
            .because("floors keep the house's arrows one-way")
            .check(house);
      }
    }
  }

  @Test
  void camelIsKnownInRoutesOnly() {
    onlyIn("routes", "org.apache.camel..");
  }

  @Test
  void springIsKnownInJobsOnly() {
    onlyIn("jobs", "org.springframework..");
  }

  @Test
  void jgitIsKnownInGitOnly() {
    onlyIn("git", "org.eclipse.jgit..");
  }

  @Test
  void jcudaIsKnownInBenchOnly() {
    onlyIn("bench", "jcuda..");
  }

  @Test
  void commonsCliIsKnownInCliOnly() {
    onlyIn("cli", "org.apache.commons.cli..");
  }

  @Test
  void sqlIsKnownInTheStoreOnly() {
    onlyIn("store", "java.sql..", "org.postgresql..");
  }

  private static void onlyIn(String room, String... library) {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nightjar." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .because("one room knows each large library")
        .check(house);
  }
}
