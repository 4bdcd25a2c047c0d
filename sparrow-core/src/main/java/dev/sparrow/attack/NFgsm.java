package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * N-FGSM (de Jorge et al., 2022): uniform l-infinity noise of twice the radius, then one step of the radius, not clipped to the radius. A
 * training attack: it may leave the ball it trains for, so its {@linkplain #threatModel() threat model} has three times the radius.
 *
 * @param eps the radius it trains for
 * @param loss what is climbed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record NFgsm(Epsilon eps, Loss loss) implements Attack {

  private static final double NOISE_PER_EPS = 2;

  /** {@code n-fgsm}. */
  @Override
  public String name() {
    return "n-fgsm";
  }

  /** Noise and step together: l-infinity, three times {@link #eps()}. */
  @Override
  public ThreatModel threatModel() {
    return new ThreatModel(Norm.LINF, eps).scaled(NOISE_PER_EPS + 1);
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open()) {
      ThreatModel noise = new ThreatModel(Norm.LINF, eps).scaled(NOISE_PER_EPS);
      Tensor adversarial = scope.keep(noise.around(images).sample(rng));
      new Ascent(model, labels, loss, threatModel().around(images)).step(adversarial, eps.value());
      return adversarial;
    }
  }
}
