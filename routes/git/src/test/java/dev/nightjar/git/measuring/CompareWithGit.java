package dev.nightjar.git.measuring;

import dev.nightjar.git.GitAgreement;
import java.nio.file.Path;
import java.util.List;

/** Reads one branch of a real repository both ways and tells where git and the reader differ. */
public final class CompareWithGit {
  private CompareWithGit() {}

  /** Arguments: a repository, a revision, how many differences to show, "first-parent" if so. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    String revision = words.size() > 1 ? words.get(1) : "HEAD";
    int shown = words.size() > 2 ? Integer.parseInt(words.get(2)) : 10;
    GitAgreement agreement =
        GitAgreement.over(Path.of(words.getFirst()), revision, words.contains("first-parent"));
    agreement.differences().stream().limit(shown).forEach(System.out::println);
    agreement.unreadable().stream().limit(shown).forEach(System.out::println);
    System.out.println(words.getFirst() + " " + revision + ": " + agreement.summary());
  }
}
