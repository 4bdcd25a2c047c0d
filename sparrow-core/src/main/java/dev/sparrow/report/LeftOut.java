package dev.sparrow.report;

import java.nio.file.Path;

/**
 * A run folder that does not enter a table.
 *
 * @param folder the folder
 * @param reason what keeps it out
 * @param details the reason in words
 */
public record LeftOut(Path folder, Reason reason, String details) {

  /** What keeps a run out of a table. */
  public enum Reason {
    /** It has not ended regularly. */
    UNFINISHED("unfinished"),
    /** A file of it is missing or damaged. */
    DAMAGED("damaged"),
    /** Another folder holds the same run; counting it twice would make the deviation too small. */
    REPEATED("repeated");

    private final String adjective;

    Reason(String adjective) {
      this.adjective = adjective;
    }

    /**
     * The reason as an adjective.
     *
     * @return lower case
     */
    public String adjective() {
      return adjective;
    }
  }
}
