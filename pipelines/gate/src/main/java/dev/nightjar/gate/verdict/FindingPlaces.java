package dev.nightjar.gate.verdict;

import dev.nightjar.model.Verdict;
import java.util.List;

/** Where in the repository people should look first. */
public interface FindingPlaces {
  /** Nothing is known of any place. */
  FindingPlaces NONE =
      new FindingPlaces() {
        @Override
        public List<FilePlace> of(Verdict verdict) {
          return List.of();
        }

        @Override
        public List<FilePlace> ofRun() {
          return List.of();
        }
      };

  /** For a verdict, the likeliest first; empty where none is known. */
  List<FilePlace> of(Verdict verdict);

  /** For what is said of the run as a whole. */
  List<FilePlace> ofRun();
}
