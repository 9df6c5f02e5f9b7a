import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the house may not grow beyond. Main code alone counts, and a method's lines are those from
 * its signature to its closing brace.
 */
final class MeasureHouse {
  private static final int MOST_FILES = 20;
  private static final int MEDIAN_LINES = 6;
  private static final int P99_LINES = 30;

  /** A longer method has an essay: documentation of at least so many characters. */
  private static final int MOST_LINES = 60;

  private static final int ESSAY_CHARACTERS = 240;

  /** As many equal lines in a row are a repetition, those of no meaning of their own left out. */
  private static final int RUN = 12;

  private static final int MOST_SHOWN = 60;

  private record Method(String name, int lines, boolean hasEssay) {}

  private record Place(Path file, int line) {}

  private final Path root;
  private final Map<String, Set<String>> files = new TreeMap<>();
  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final List<Method> methods = new ArrayList<>();
  private final Map<List<String>, Place> runs = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private MeasureHouse(Path root) {
    this.root = root;
  }

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    MeasureHouse house = new MeasureHouse(Path.of(arguments[0]));
    house.read();
    house.judge(Arrays.asList(arguments).contains("--sizes"));
    System.exit(house.problems.isEmpty() ? 0 : 1);
  }

  private void read() throws IOException {
    List<Path> sources;
    try (Stream<Path> all = Files.walk(root)) {
      sources =
          all.filter(path -> path.toString().endsWith(".java"))
              .filter(path -> path.toString().contains("/src/main/java/"))
              .filter(path -> !path.toString().contains("/target/"))
              .sorted()
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        read(unit, trees);
      }
    }
    for (Path source : sources) {
      repetitions(source);
    }
  }

  private void read(CompilationUnitTree unit, DocTrees trees) {
    String name = unit.getPackageName().toString();
    Path file = Path.of(unit.getSourceFile().toUri());
    files.computeIfAbsent(name, _ -> new TreeSet<>()).add(file.getFileName().toString());
    Set<String> used = uses.computeIfAbsent(name, _ -> new TreeSet<>());
    for (ImportTree one : unit.getImports()) {
      used.add(packageOf(one.getQualifiedIdentifier().toString()));
    }
    SourcePositions positions = trees.getSourcePositions();
    LineMap lines = unit.getLineMap();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long end = positions.getEndPosition(unit, method);
        if (end >= 0) {
          long from = bodyStart(method);
          String documentation = trees.getDocComment(getCurrentPath());
          methods.add(
              new Method(
                  name + "." + typeName(getCurrentPath()) + "#" + method.getName(),
                  (int) (lines.getLineNumber(end) - lines.getLineNumber(from) + 1),
                  documentation != null && documentation.length() >= ESSAY_CHARACTERS));
        }
        return super.visitMethod(method, nothing);
      }

      /** The signature, without annotations above it. */
      private long bodyStart(MethodTree method) {
        Tree type = method.getReturnType();
        long from = type == null ? -1 : positions.getStartPosition(unit, type);
        return from < 0 ? positions.getStartPosition(unit, method) : from;
      }
    }.scan(unit, null);
  }

  private static String typeName(TreePath path) {
    return path.getParentPath().getLeaf() instanceof ClassTree type
        ? type.getSimpleName().toString()
        : "";
  }

  private static String packageOf(String qualified) {
    return Arrays.stream(qualified.split("\\."))
        .takeWhile(part -> !part.isEmpty() && Character.isLowerCase(part.charAt(0)))
        .collect(Collectors.joining("."));
  }

  private void repetitions(Path source) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(source)) {
      number++;
      String text = line.strip();
      boolean hasMeaning =
          text.length() > 3
              && !text.startsWith("import ")
              && !text.startsWith("*")
              && !text.startsWith("/")
              && !text.startsWith("@");
      if (hasMeaning) {
        texts.add(text);
        numbers.add(number);
      }
    }
    Place last = null;
    for (int i = 0; i + RUN <= texts.size(); i++) {
      Place here = new Place(root.relativize(source), numbers.get(i));
      Place first = runs.putIfAbsent(List.copyOf(texts.subList(i, i + RUN)), here);
      boolean goesOn = last != null && last.line() == i - 1;
      if (first != null && !goesOn) {
        problems.add(
            "%s:%d repeats %d lines of %s:%d"
                .formatted(here.file(), here.line(), RUN, first.file(), first.line()));
      }
      last = first == null ? null : new Place(here.file(), i);
    }
  }

  private void judge(boolean showsSizes) {
    files.forEach((name, of) -> {
      if (of.size() > MOST_FILES) {
        problems.add("%s has %d files, %d at most".formatted(name, of.size(), MOST_FILES));
      }
    });
    int[] lines = methods.stream().mapToInt(Method::lines).sorted().toArray();
    int median = lines[lines.length / 2];
    int p99 = lines[(int) Math.ceil(lines.length * 0.99) - 1];
    limit("median", median, MEDIAN_LINES);
    limit("99th percentile", p99, P99_LINES);
    methods.stream()
        .filter(method -> method.lines() > MOST_LINES && !method.hasEssay())
        .forEach(method ->
            problems.add(
                "%s has %d lines and no essay".formatted(method.name(), method.lines())));
    cycles();
    if (showsSizes) {
      files.forEach((name, of) -> System.out.printf("%4d files  %s%n", of.size(), name));
      methods.stream()
          .sorted(Comparator.comparingInt(Method::lines).reversed())
          .limit(MOST_SHOWN)
          .forEach(method -> System.out.printf("%4d lines  %s%n", method.lines(), method.name()));
    }
    System.out.printf(
        "%d files in %d packages, at most %d in one; %d methods: median %d lines, 99th percentile %d,"
            + " longest %d%n",
        files.values().stream().mapToInt(Set::size).sum(),
        files.size(),
        files.values().stream().mapToInt(Set::size).max().orElse(0),
        lines.length,
        median,
        p99,
        lines[lines.length - 1]);
    problems.forEach(System.out::println);
  }

  private void limit(String what, int lines, int most) {
    if (lines > most) {
      problems.add("the %s of methods is %d lines, %d at most".formatted(what, lines, most));
    }
  }

  /** Packages of one room that reach themselves again, each cycle told once, as short as it is. */
  private void cycles() {
    Set<Set<String>> told = new HashSet<>();
    for (String start : uses.keySet()) {
      List<String> cycle = shortestWayBack(start);
      if (!cycle.isEmpty() && told.add(new TreeSet<>(cycle))) {
        problems.add("a cycle of packages: " + String.join(" -> ", cycle));
      }
    }
  }

  private List<String> shortestWayBack(String start) {
    Map<String, String> from = new LinkedHashMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      String here = next.remove();
      for (String there : uses.getOrDefault(here, Set.of())) {
        if (there.equals(start) && !here.equals(start)) {
          Deque<String> way = new ArrayDeque<>(List.of(start));
          for (String step = here; !step.equals(start); step = from.get(step)) {
            way.addFirst(step);
          }
          way.addFirst(start);
          return List.copyOf(way);
        }
        if (!there.equals(start)
            && room(there).equals(room(start))
            && uses.containsKey(there)
            && from.putIfAbsent(there, here) == null) {
          next.add(there);
        }
      }
    }
    return List.of();
  }

  private static String room(String name) {
    String[] parts = name.split("\\.");
    return parts.length > 2 ? parts[2] : "";
  }
}
