package dev.sparrow.kernel;

/** One step of a pass: tasks that may run at the same time, and what is done once when all of them are through. */
interface Step {

  /** What it counts as where time is measured. */
  Kind kind();

  /** Number of tasks. */
  int tasks(Frame frame);

  /**
   * Runs one of them.
   *
   * @param frame the pass
   * @param task which
   * @param worker the thread's number, for memory of its own
   */
  void run(Frame frame, int task, int worker);

  /**
   * Runs all tasks of one group, where groups run through the network on their own; nothing is concluded then.
   *
   * @param frame the pass
   * @param group the group
   * @param worker the thread's number
   */
  void run(Frame frame, Group group, int worker);

  /** Ends the step, on the calling thread. */
  default void conclude(Frame frame) {}

  /** Kinds of steps. */
  enum Kind {
    PACK,
    FORWARD_CONVOLUTION,
    MOMENTS,
    NORMALIZE,
    POOL,
    BACKWARD_CONVOLUTION,
    MASK,
    CENTRE,
    WEIGHT_GRADIENT,
    CONCLUSION,
    UNPACK
  }
}
