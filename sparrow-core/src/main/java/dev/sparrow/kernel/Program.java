package dev.sparrow.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The steps of passes of one mode and one number of groups, and the frames of such passes that are not in use. */
final class Program {

  private final Mode mode;
  private final List<? extends Step> forward;
  private final List<Step> backward;
  private final List<Room> rooms;
  private final Deque<Frame> idle = new ArrayDeque<>();

  private Program(Mode mode, List<? extends Step> forward, List<Step> backward, List<Room> rooms) {
    this.mode = mode;
    this.forward = forward;
    this.backward = backward;
    this.rooms = rooms;
  }

  /** Plans a program. */
  static Program of(
      Stages stages, Standardization standardization, Mode mode, StepFactory steps, Conclusions conclusions,
      WeightSteps weights) {
    BufferPlan buffers = new BufferPlan();
    ForwardPlanner planner = new ForwardPlanner(stages, mode, steps, conclusions, buffers);
    List<GroupStep> forward = planner.plan(standardization);
    List<Step> backward =
        mode.isRecorded()
            ? new BackwardPlanner(stages, mode, steps, conclusions, buffers, planner, weights).plan(standardization)
            : List.of();
    return new Program(mode, forward, backward, buffers.rooms());
  }

  Mode mode() {
    return mode;
  }

  List<? extends Step> forward() {
    return forward;
  }

  List<Step> backward() {
    return backward;
  }

  List<Room> rooms() {
    return rooms;
  }

  Deque<Frame> idle() {
    return idle;
  }
}
