package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorTable;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The rows of an APGD search: each has its own point, step, best point and count of iterations. All of this is columns of the table, so the
 * methods must be called in a scope that releases what they make.
 *
 * @param table the state, changed
 */
record ApgdRows(TensorTable table) {

  /** [N, 3, H, W]: where the row is. */
  static final String POINT = "point";

  /** [N]: the largest loss of the attempt. */
  static final String BEST_LOSS = "best-loss";

  /** [N, 3, H, W]: where that was. */
  static final String BEST_POINT = "best-point";

  /** [N] float32: length of the next step in the norm. */
  static final String STEP = "step";

  /** [N, 3, H, W]: where the row was one step before. */
  private static final String PREVIOUS = "previous";

  /** [N, 3, H, W]: of the loss at the point. */
  private static final String GRADIENT = "gradient";

  /** [N, 3, H, W]: of the loss at the best point. */
  private static final String BEST_GRADIENT = "best-gradient";

  /** [N] float32, as the authors': the loss of the last iteration. */
  private static final String LAST_LOSS = "last-loss";

  /** [N]: the best loss when the row last looked back. */
  private static final String BEST_LOSS_BEFORE = "best-loss-before";

  /** [N] bool: whether the step was halved when the row last looked back. */
  private static final String HALVED = "halved";

  /** [N] int64: how often the loss has risen since the row last looked back. */
  private static final String RISES = "rises";

  /** [N] int64: iterations of the attempt so far. */
  private static final String ITERATION = "iteration";

  /** The first step in radii. */
  private static final double FIRST_STEP = 2;

  /** Weight of the step before the last one. */
  private static final double INERTIA = 0.25;

  /** Fraction of steps that must raise the loss. */
  private static final double RHO = 0.75;

  /**
   * Starts an attempt of every row.
   *
   * <p>The first iteration counts as a rise when its loss is above zero, not above that of the start: the authors' code reads the loss
   * before the first one from the end of an array that holds zeros.
   */
  void begin(Tensor points, Expectation start, double eps) {
    table.put(POINT, points);
    table.put(PREVIOUS, points);
    table.put(BEST_POINT, points);
    table.put(GRADIENT, start.gradient());
    table.put(BEST_GRADIENT, start.gradient());
    table.put(BEST_LOSS, start.loss());
    table.put(BEST_LOSS_BEFORE, start.loss());
    Tensor zeros = BlankTensors.zeros(ScalarType.Float, points.device(), points.size(0));
    table.put(LAST_LOSS, zeros);
    table.put(STEP, Arithmetic.plus(zeros, FIRST_STEP * eps));
    table.put(HALVED, table.get(RepeatedSearch.OVER).logical_not());
    table.put(RISES, BlankTensors.zerosLike(table.get(Search.ID)));
    table.put(ITERATION, BlankTensors.zerosLike(table.get(Search.ID)));
  }

  /** A step along the gradient, projected, of which a part is replaced by the step before; projected again. */
  void step(Ball ball) {
    Tensor point = table.get(POINT);
    Tensor previous = table.get(PREVIOUS);
    Tensor inertia = perImage(Arithmetic.atLeast(table.get(ITERATION), 1).to(point.scalar_type()));
    Arithmetic.scaleInPlace(inertia, INERTIA);
    Tensor way = table.get(GRADIENT).clone();
    ball.ascent(way);
    way.mul_(perImage(table.get(STEP))).add_(point);
    ball.project(way);
    way.sub_(point).mul_(Arithmetic.plus(inertia.neg(), 1.0));
    Tensor before = point.sub(previous).mul_(inertia);
    previous.copy_(point);
    point.add_(way).add_(before);
    ball.project(point);
  }

  /** Takes note of loss and gradient at the points. */
  void see(Expectation here) {
    Tensor better = here.loss().gt(table.get(BEST_LOSS));
    table.overwrite(BEST_LOSS, better, here.loss());
    table.overwrite(BEST_POINT, better, table.get(POINT));
    table.overwrite(BEST_GRADIENT, better, here.gradient());
    table.get(GRADIENT).copy_(here.gradient());
    Tensor loss = here.loss().to(ScalarType.Float);
    table.get(RISES).add_(loss.gt(table.get(LAST_LOSS)));
    table.get(LAST_LOSS).copy_(loss);
    table.put(ITERATION, Arithmetic.plus(table.get(ITERATION), 1));
  }

  /**
   * Where an interval of the schedule ends, and the loss rose too rarely, or it has no new best while the step stayed: halves the step and
   * goes back to the best point.
   */
  void lookBack(ApgdSchedule schedule) {
    Tensor interval = schedule.endingAt(table.get(ITERATION));
    Tensor due = Arithmetic.atLeast(interval, 1);
    Tensor oscillates = table.get(RISES).le(interval.mul(new Scalar(RHO)));
    Tensor stuck = table.get(BEST_LOSS_BEFORE).ge(table.get(BEST_LOSS)).logical_and_(table.get(HALVED).logical_not());
    Tensor halve = oscillates.logical_or_(stuck).logical_and_(due);
    table.overwrite(HALVED, due, halve);
    table.overwrite(BEST_LOSS_BEFORE, due, table.get(BEST_LOSS));
    table.overwrite(RISES, due, BlankTensors.zerosLike(interval));
    Tensor half = table.get(STEP).clone();
    Arithmetic.scaleInPlace(half, 0.5);
    table.overwrite(STEP, halve, half);
    table.overwrite(POINT, halve, table.get(BEST_POINT));
    table.overwrite(GRADIENT, halve, table.get(BEST_GRADIENT));
  }

  /** [N] bool: which rows have made all iterations. */
  Tensor finished(ApgdSchedule schedule) {
    return Arithmetic.atLeast(table.get(ITERATION), schedule.iterations());
  }

  private static Tensor perImage(Tensor numbers) {
    return numbers.view(-1, 1, 1, 1);
  }
}
