package dev.sparrow.analysis;

import dev.sparrow.attack.ThreatModel;
import dev.sparrow.data.Batch;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Images in the plane of two directions each: towards their adversarial image, which is at (1, 0), and a random one that is as far from the
 * image as the threat model allows: plus or minus eps at every value in l-infinity, a vector of length eps in l2. Pixels stay in [0, 1].
 *
 * @param clean the images
 * @param adversarial the same after an attack
 * @param random one direction per batch, in the layout of its images
 */
record InputPlane(FixedImages clean, FixedImages adversarial, List<float[]> random) {

  /** Draws the random directions. */
  static InputPlane draw(FixedImages clean, FixedImages adversarial, ThreatModel threatModel, Seed seed) {
    List<float[]> random = new ArrayList<>();
    long image = 0;
    for (Batch batch : clean.batches()) {
      int length = batch.images().length / batch.size();
      float[] directions = new float[batch.images().length];
      for (int i = 0; i < batch.size(); i++) {
        fill(directions, i * length, length, threatModel, new Random(seed.derive("landscape-input", image++).value()));
      }
      random.add(directions);
    }
    return new InputPlane(clean, adversarial, random);
  }

  private static void fill(float[] directions, int from, int length, ThreatModel threatModel, Random numbers) {
    double eps = threatModel.eps().value();
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      double number = numbers.nextGaussian();
      directions[i] = (float) (threatModel.norm() == Norm.LINF ? Math.copySign(eps, number) : number);
      squares += number * number;
    }
    for (int i = from; threatModel.norm() == Norm.L2 && i < from + length; i++) {
      directions[i] *= (float) (eps / Math.sqrt(squares));
    }
  }

  /** The images at a point of their planes. */
  FixedImages at(double towards, double aside) {
    List<Batch> moved = new ArrayList<>();
    for (int index = 0; index < random.size(); index++) {
      Batch batch = clean.batches().get(index);
      float[] from = batch.images();
      float[] to = adversarial.batches().get(index).images();
      float[] pixels = new float[from.length];
      for (int i = 0; i < pixels.length; i++) {
        double pixel = from[i] + towards * (to[i] - from[i]) + aside * random.get(index)[i];
        pixels[i] = (float) Math.min(1, Math.max(0, pixel));
      }
      moved.add(new Batch(batch.index(), batch.imageSize(), pixels, batch.labels()));
    }
    return new FixedImages(moved, clean.device());
  }
}
