package dev.sparrow.eval;

import org.apiguardian.api.API;

/** Follows a cascade, and may stop it. All calls come from the thread that runs it. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface CascadeListener {

  /** Hears nothing and never stops. */
  CascadeListener SILENT = new CascadeListener() {};

  /**
   * An attack, or the clean classification, went on.
   *
   * @param stage {@code clean} or the attack's name
   * @param decided images whose fate is known
   * @param total images that the stage looks at
   * @param standing images that stand so far
   */
  default void progress(String stage, int decided, int total, int standing) {}

  /**
   * A reason for doubt was found before the attacks.
   *
   * @param finding what it is
   */
  default void found(Finding finding) {}

  /**
   * An attack has come to its end.
   *
   * @param report how it went
   */
  default void attackFinished(AttackReport report) {}

  /**
   * The evaluation goes on from a stored state.
   *
   * @param attack the attack that was interrupted
   * @param standing images that stood then
   */
  default void resumed(String attack, int standing) {}

  /**
   * Whether to save the state and stop. Asked after every batch and every iteration of a search.
   *
   * @return true to stop
   */
  default boolean stopRequested() {
    return false;
  }
}
