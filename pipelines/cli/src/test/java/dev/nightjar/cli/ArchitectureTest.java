package dev.nightjar.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/decisions/001: rooms, floors, and one room for each large library. */
class ArchitectureTest {
  /** From the ground up; a room may use those on lower floors. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("model"),
          List.of("kernel", "git", "formats", "store", "markup"),
          List.of("doors", "viewer", "bench", "gate", "research", "fleet", "driverwin"),
          List.of("site"),
          List.of("settings"),
          List.of("jobs"),
          List.of("nights", "serve"),
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

  private static final Pattern ARROW = Pattern.compile("(?m)^  (\\w+) --> (\\w+)$");

  /** The first picture in docs/architecture.md. */
  @Test
  void thePictureOfTheHouseIsTrue() throws IOException {
    String page = Files.readString(CiServer.NIGHTJAR.resolve("docs/architecture.md"));
    Map<String, Set<String>> drawn = new TreeMap<>();
    ARROW
        .matcher(page.substring(0, page.indexOf("## One night")))
        .results()
        .forEach(arrow ->
            drawn.computeIfAbsent(arrow.group(1), _ -> new TreeSet<>()).add(arrow.group(2)));
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : house) {
      String room = roomOf(type.getPackageName());
      for (Dependency one : type.getDirectDependenciesFromSelf()) {
        String other = one.getTargetClass().getPackageName();
        if (other.startsWith("dev.nightjar.") && !roomOf(other).equals(room)) {
          used.computeIfAbsent(room, _ -> new TreeSet<>()).add(roomOf(other));
        }
      }
    }
    assertTrue(drawn.size() > 5, "the picture has no arrows: " + drawn);
    drawn.forEach((room, others) ->
        assertTrue(
            used.getOrDefault(room, Set.of()).containsAll(others),
            room + " is drawn to use " + others + " and uses " + used.get(room)));
    used.forEach((room, others) ->
        assertTrue(
            reached(drawn, room).containsAll(others),
            room + " uses " + others + ", and the arrows lead to " + reached(drawn, room)));
  }

  private static Set<String> reached(Map<String, Set<String>> arrows, String from) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      for (String there : arrows.getOrDefault(next.remove(), Set.of())) {
        if (reached.add(there)) {
          next.add(there);
        }
      }
    }
    return reached;
  }

  @Test
  void packagesOfARoomUseOneAnotherWithoutACycle() {
    for (String room : FLOORS.stream().flatMap(List::stream).toList()) {
      slices()
          .assignedFrom(packagesOf(room))
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .because("a package that is understood alone can be changed alone")
          .check(house);
    }
  }

  private static SliceAssignment packagesOf(String room) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return type.getPackageName().startsWith("dev.nightjar.")
                && roomOf(type.getPackageName()).equals(room)
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + room;
      }
    };
  }

  @Test
  void camelIsKnownInDoorsOnly() {
    onlyIn("doors", "org.apache.camel..");
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

  /**
   * Those that stay away from the doors, since what they read or write nobody else does: programs'
   * output in private temporary folders, the folders of the embedded stores, of the log and of the
   * user's own words, what the system tells of processes, and git's packs, which are mapped.
   */
  private static final Set<String> PRIVATE_FILES =
      Set.of(
          "dev.nightjar.bench.CommandOutput",
          "dev.nightjar.cli.log.LogFile",
          "dev.nightjar.git.WorkTrees",
          "dev.nightjar.git.objects.ObjectStore",
          "dev.nightjar.git.objects.Pack",
          "dev.nightjar.jobs.paired.BisectState",
          "dev.nightjar.settings.trust.TrustFile",
          "dev.nightjar.kernel.bpf.BpfTracer",
          "dev.nightjar.kernel.process.MarkedProcesses",
          "dev.nightjar.site.SitePublisher");

  private static final Pattern OPENING =
      Pattern.compile("(read(?!SymbolicLink|Attributes)|write|lines|newB|newIn|newOut|copy).*");

  @Test
  void filesAreOpenedThroughTheirDoors() {
    noClasses()
        .that(describe("are no doors and have no files of their own", ArchitectureTest::isOutside))
        .should()
        .callMethodWhere(
            describe(
                "it opens a file",
                call ->
                    (call.getTargetOwner().isEquivalentTo(Files.class)
                            && OPENING.matcher(call.getName()).matches())
                        || (call.getTargetOwner().isEquivalentTo(FileChannel.class)
                            && call.getName().equals("open"))))
        .orShould()
        .callConstructorWhere(
            describe(
                "it opens a file",
                call ->
                    call.getTargetOwner().isAssignableTo(RandomAccessFile.class)
                        || ((call.getTargetOwner().isAssignableTo(FileInputStream.class)
                                || call.getTargetOwner().isAssignableTo(FileOutputStream.class)
                                || call.getTargetOwner().isAssignableTo(FileReader.class)
                                || call.getTargetOwner().isAssignableTo(FileWriter.class))
                            && !isOfDescriptor(call.getTarget()))))
        .because(
            "pipes, devices, links and endless files wait under names that others may take:"
                + " InputFile and OutputFile know them")
        .check(house);
  }

  private static boolean isOfDescriptor(AccessTarget.ConstructorCallTarget target) {
    return target.getRawParameterTypes().getFirst().isEquivalentTo(FileDescriptor.class);
  }

  private static boolean isOutside(JavaClass type) {
    String owner = type.getName().replaceFirst("\\$.*", "");
    return !PRIVATE_FILES.contains(owner)
        && !type.getPackageName().equals("dev.nightjar.model.file")
        && !type.getPackageName().startsWith("dev.nightjar.store.embedded");
  }

  /** What is formatted, cased and parsed takes its locale from there, in libraries as well. */
  @Test
  void everyProgramTakesNoLocaleFromTheMachine() {
    List<JavaClass> programs =
        house.stream()
            .filter(type -> type.tryGetMethod("main", String[].class).isPresent())
            .toList();
    assertTrue(programs.size() >= 3, "fewer programs than there are: " + programs);
    classes()
        .that(describe("are programs", programs::contains))
        .should()
        .callMethod(Locale.class, "setDefault", Locale.class)
        .because("digits and letters of a person's language would reach files and databases")
        .check(house);
    noClasses()
        .should()
        .callMethod(Locale.class, "getDefault")
        .orShould()
        .callMethod(Locale.class, "getDefault", Locale.Category.class)
        .check(house);
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
