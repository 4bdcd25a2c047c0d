package dev.sparrow.train;

import org.apiguardian.api.API;

/** The stages of a Robust Bird run. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Stage {
  /** A cheap dense training looks for the ticket. */
  SEARCH("stage 1"),
  /** The ticket is trained adversarially, its masks fixed. */
  TRAINING("stage 2");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /**
   * What to call it before users.
   *
   * @return {@code stage 1} or {@code stage 2}
   */
  public String label() {
    return label;
  }
}
