package dev.sparrow.kernel;

/**
 * A step that works on every group by itself.
 *
 * @param kind what it counts as
 * @param parts how the work on a group is divided
 * @param body the work on a part
 * @param conclusion what is done once at the end
 */
record GroupStep(Kind kind, Part[] parts, Body body, Conclusion conclusion) implements Step {

  /** Work on a part of a group. */
  interface Body {

    /**
     * Does it.
     *
     * @param frame the pass
     * @param group the group
     * @param part the part
     * @param task number of the task, for sums over all of them
     * @param worker number of the thread, for memory of its own
     */
    void run(Frame frame, Group group, Part part, int task, int worker);
  }

  /** What is done when all groups are through. */
  interface Conclusion {

    /** Nothing. */
    Conclusion NONE = (frame, parts, tasks) -> {};

    /**
     * Does it.
     *
     * @param frame the pass
     * @param parts of every group
     * @param tasks number of tasks: groups times parts
     */
    void conclude(Frame frame, Part[] parts, int tasks);
  }

  @Override
  public int tasks(Frame frame) {
    return frame.groups() * parts.length;
  }

  @Override
  public void run(Frame frame, int task, int worker) {
    body.run(frame, frame.group(task / parts.length), parts[task % parts.length], task, worker);
  }

  @Override
  public void run(Frame frame, Group group, int worker) {
    for (Part part : parts) {
      body.run(frame, group, part, 0, worker);
    }
  }

  @Override
  public void conclude(Frame frame) {
    conclusion.conclude(frame, parts, tasks(frame));
  }
}
