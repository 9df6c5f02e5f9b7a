package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.PlacedFunctions;
import dev.nightjar.bench.profile.symbols.SourceNames;
import dev.nightjar.bench.profile.symbols.Symbols;
import dev.nightjar.model.profile.CodeFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the instructions of a native program by Valgrind's callgrind, its child processes
 * included. Counts repeat, so that one run of a version is enough; it takes 20 to 100 times as long
 * as without.
 */
final class Callgrind {
  /** What programs take under callgrind by what they take without; short ones also pay a start. */
  static final int SLOWDOWN = 60;

  static final Duration START = Duration.ofSeconds(2);

  /** Callers that are told apart; what is below them in a stack is not known. */
  private static final int CALLERS = 16;

  /** What callgrind calls all that starts a program, by whatever names. */
  private static final String BELOW_MAIN = "(below main)";

  private final Path valgrind;
  private final ProfiledCommand command;

  Callgrind(Path valgrind, ProfiledCommand command) {
    this.valgrind = valgrind;
    this.command = command;
  }

  /** What a version costs. */
  CallTree count(Path tree, Duration timeout) throws ProfileFailed, InterruptedException {
    try (ProfiledFolder folder = new ProfiledFolder()) {
      command.run(tree, options(folder), Map.of(), timeout);
      CallgrindReader reader = new CallgrindReader();
      List<Path> processes = folder.files(".callgrind");
      if (processes.isEmpty()) {
        throw new ProfileFailed("callgrind wrote nothing");
      }
      for (Path process : processes) {
        reader.read(process);
      }
      return new Stacks(new SourceNames(tree), new Symbols(folder.path())).tree(reader.costs());
    }
  }

  private List<String> options(ProfiledFolder folder) {
    return List.of(
        valgrind.toString(),
        "--tool=callgrind",
        "-q",
        "--trace-children=yes",
        "--callgrind-out-file=" + folder.path().resolve("%p.callgrind"),
        "--dump-instr=yes",
        "--demangle=no",
        "--separate-recs=1",
        "--separate-callers=" + CALLERS);
  }

  /** Makes stacks of functions of what instructions cost. */
  static final class Stacks {
    private final SourceNames names;
    private final PlacedFunctions functions;
    private final Symbols symbols;
    private final Map<String, CodeFunction> bySymbol = new HashMap<>();
    private final Map<List<String>, CodeFunction> byPlace = new HashMap<>();
    private Map<String, String> meanings = Map.of();

    Stacks(SourceNames names, Symbols symbols) {
      this.names = names;
      functions = new PlacedFunctions(names);
      this.symbols = symbols;
    }

    CallTree tree(Map<CallgrindReader.Spot, long[]> costs) throws InterruptedException {
      List<CallgrindReader.Spot> spots = dearestFirst(costs);
      Map<String, Map<Long, List<Symbols.Place>>> places = places(spots);
      spots.forEach(spot ->
          here(spot, places).stream()
              .limit(1)
              .forEach(innermost -> functions.meet(spot.object(), innermost)));
      meanings = symbols.demangled(symbolsOf(costs.keySet()));
      bySymbol.put(BELOW_MAIN, new CodeFunction(BELOW_MAIN, "", null));
      // Who calls is known by the symbol alone: of several of that name it is the dearest.
      spots.forEach(spot -> bySymbol.putIfAbsent(symbol(spot.context()), own(spot, places)));
      CallTree tree = new CallTree(1);
      spots.forEach(spot -> add(tree, spot, cost(costs, spot), places));
      return tree;
    }

    /** In an order that is the same for the same costs. */
    private static List<CallgrindReader.Spot> dearestFirst(
        Map<CallgrindReader.Spot, long[]> costs) {
      return costs.keySet().stream()
          .sorted(
              Comparator.comparingLong((CallgrindReader.Spot spot) -> -cost(costs, spot))
                  .thenComparing(CallgrindReader.Spot::object)
                  .thenComparingLong(CallgrindReader.Spot::address)
                  .thenComparing(CallgrindReader.Spot::context))
          .toList();
    }

    private Map<String, Map<Long, List<Symbols.Place>>> places(List<CallgrindReader.Spot> spots)
        throws InterruptedException {
      Map<String, Set<Long>> asked = new HashMap<>();
      spots.forEach(spot ->
          asked
              .computeIfAbsent(spot.object(), object -> new LinkedHashSet<>())
              .add(spot.address()));
      Map<String, Map<Long, List<Symbols.Place>>> places = new HashMap<>();
      for (Map.Entry<String, Set<Long>> object : asked.entrySet()) {
        places.put(object.getKey(), symbols.at(object.getKey(), object.getValue()));
      }
      return places;
    }

    private static long cost(Map<CallgrindReader.Spot, long[]> costs, CallgrindReader.Spot of) {
      long[] cost = costs.get(of);
      return cost == null ? 0 : cost[0];
    }

    private static Set<String> symbolsOf(Set<CallgrindReader.Spot> spots) {
      Set<String> all = new HashSet<>();
      spots.stream()
          .map(CallgrindReader.Spot::context)
          .distinct()
          .forEach(context -> all.addAll(List.of(context.split("'"))));
      return all;
    }

    private static String symbol(String context) {
      int end = context.indexOf('\'');
      return context.substring(0, end < 0 ? context.length() : end);
    }

    /** The function whose symbol a spot has; another of that name may stand in another file. */
    private CodeFunction own(
        CallgrindReader.Spot spot, Map<String, Map<Long, List<Symbols.Place>>> places) {
      String symbol = symbol(spot.context());
      return byPlace.computeIfAbsent(
          List.of(spot.object(), spot.file(), symbol), key -> outermost(symbol, spot, places));
    }

    private CodeFunction outermost(
        String symbol,
        CallgrindReader.Spot spot,
        Map<String, Map<Long, List<Symbols.Place>>> places) {
      List<Symbols.Place> here = here(spot, places);
      if (!here.isEmpty()) {
        return functions.at(spot.object(), here.getLast());
      }
      String meaning = meanings.getOrDefault(symbol, symbol);
      return new CodeFunction(
          SourceNames.function(meaning), names.object(spot.object()), names.source(spot.file()));
    }

    private static List<Symbols.Place> here(
        CallgrindReader.Spot spot, Map<String, Map<Long, List<Symbols.Place>>> places) {
      return places.getOrDefault(spot.object(), Map.of()).getOrDefault(spot.address(), List.of());
    }

    private void add(
        CallTree tree,
        CallgrindReader.Spot spot,
        long cost,
        Map<String, Map<Long, List<Symbols.Place>>> places) {
      List<CodeFunction> stack = callers(spot.context());
      if (!stack.getLast().name().equals(BELOW_MAIN)) {
        stack.set(stack.size() - 1, own(spot, places));
      }
      List<Symbols.Place> here = here(spot, places);
      for (int i = here.size() - 2; i >= 0; i--) {
        stack.add(functions.at(spot.object(), here.get(i)));
      }
      CodeFunction innermost = stack.getLast();
      int line = here.isEmpty() ? spot.line() : here.getFirst().line();
      tree.ran(innermost, line);
      tree.add(stack, (double) cost);
    }

    /** The function of the symbol itself, with all that called it, the outermost first. */
    private List<CodeFunction> callers(String context) {
      List<CodeFunction> stack = new ArrayList<>();
      for (String symbol : context.split("'")) {
        CodeFunction caller = bySymbol.computeIfAbsent(symbol, this::unknown);
        if (!isNumber(symbol) && !isStart(caller, stack)) {
          stack.add(caller);
        }
      }
      if (stack.isEmpty()) {
        stack.add(unknown(context));
      }
      Collections.reverse(stack);
      return stack;
    }

    /** One of several that start a program, of which one is enough. */
    private static boolean isStart(CodeFunction caller, List<CodeFunction> stack) {
      return caller.name().equals(BELOW_MAIN) && !stack.isEmpty() && stack.getLast().equals(caller);
    }

    /** Nothing, or a depth of recursion. */
    private static boolean isNumber(String symbol) {
      return symbol.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private CodeFunction unknown(String symbol) {
      return new CodeFunction(
          SourceNames.function(meanings.getOrDefault(symbol, symbol)), "", null);
    }
  }
}
