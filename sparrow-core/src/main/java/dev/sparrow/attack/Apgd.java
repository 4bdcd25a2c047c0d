package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Auto-PGD (Croce and Hein, 2020, "Reliable evaluation of adversarial robustness with an ensemble of diverse parameter-free attacks"):
 * gradient ascent with momentum that chooses its step itself. The step is two radii at first. After each interval of a schedule it is
 * halved, and the row goes back to its best point, if too few steps raised the loss or the best loss stayed what it was.
 *
 * <p>An iteration costs as many forward passes and input gradients as there are passes, and a few operations on the images.
 *
 * <p>Differs from the authors' code: a row ends at its first misclassified image, and of several passes the loss and the logits are
 * averaged too, where theirs takes those of the last one. With one pass, what is found misclassified is the same.
 *
 * @param threatModel norm and radius
 * @param aim what is climbed
 * @param iterations of an attempt, at least 1; AutoAttack has 100
 * @param restarts number of attempts for each round of the aim, at least 1; AutoAttack has 1, its {@code plus} 5
 * @param passes over which a random network is averaged, at least 1; AutoAttack's {@code rand} has 20
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Apgd(ThreatModel threatModel, Aim aim, int iterations, int restarts, int passes) implements RepeatedSearch {

  /** Checks the numbers. */
  public Apgd {
    check("iterations", iterations);
    check("restarts", restarts);
    check("passes", passes);
  }

  private static void check(String what, int number) {
    if (number < 1) {
      throw BadInput.usage(what + " of APGD", "a whole number of at least 1", number);
    }
  }

  /** {@code apgd-ce}, {@code apgd-dlr} or {@code apgd-t}. */
  @Override
  public String name() {
    return "apgd-" + aim.label();
  }

  @Override
  public int classesNeeded() {
    return aim.classesNeeded();
  }

  /** Restarts for each round of the aim. */
  @Override
  public int attempts(Classifier model) {
    return aim.rounds(model) * restarts;
  }

  /** Starts at a random point of the whole radius. */
  @Override
  public void start(Classifier model, TensorTable rows, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      RandomStart start = new RandomStart(threatModel.norm(), threatModel.eps().value());
      startAt(start.points(rows, seed.derive(name())), model, rows);
    }
  }

  /** Starts at given points of the ball. */
  void startAt(Tensor points, Classifier model, TensorTable rows) {
    try (TensorScope scope = TensorScope.open()) {
      aim.choose(model, rows, rows.get(ATTEMPT).floor_divide(new Scalar(restarts)));
      new ApgdRows(rows).begin(points, look(points, model, rows), threatModel.eps().value());
    }
  }

  @Override
  public void iterate(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      ApgdSchedule schedule = new ApgdSchedule(iterations);
      ApgdRows rows = new ApgdRows(table);
      rows.step(ball(table.get(IMAGE)));
      rows.see(look(table.get(ApgdRows.POINT), model, table));
      rows.lookBack(schedule);
      table.put(OVER, rows.finished(schedule));
    }
  }

  /** Asks the classifier about points, and marks the rows that it misclassifies there. */
  private Expectation look(Tensor points, Classifier model, TensorTable table) {
    Tensor labels = table.get(LABEL);
    Expectation here = Expectation.of(this, model, points, labels, aim.loss(table), passes);
    Search.found(table, Arithmetic.argmax(here.logits()).ne(labels), points);
    return here;
  }

  /** In l2 the authors go to the radius first and to the box afterwards; in l-infinity the order makes no difference. */
  private Ball ball(Tensor images) {
    return switch (threatModel.norm()) {
      case LINF -> threatModel.around(images);
      case L2 -> L2Ball.radiusFirst(images, threatModel.eps().value());
    };
  }
}
