package dev.sparrow.testing;

import dev.sparrow.attack.Search;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The simplest search: a random image of the ball per iteration, until one is misclassified. Image i has {@code tries + i % 4} of them.
 *
 * @param name its name
 * @param threatModel norm and radius
 * @param tries fewest iterations of an image
 * @param gradients whether it says that it uses gradients
 * @param lie whether it gives its last try for broken in any case
 */
public record NoiseSearch(String name, ThreatModel threatModel, int tries, boolean gradients, boolean lie) implements Search {

  private static final String LEFT = "left";

  @Override
  public boolean usesGradients() {
    return gradients;
  }

  @Override
  public void begin(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor no = BlankTensors.zeros(ScalarType.Bool, table.get(IMAGE).device(), table.rows());
      table.put(ADVERSARIAL, table.get(IMAGE));
      table.put(BROKEN, no);
      table.put(DONE, no);
      long[] left = LongStream.of(Tensors.toLongs(table.get(ID))).map(id -> tries + id % 4).toArray();
      table.put(LEFT, Tensors.ofLongs(left, left.length));
    }
  }

  @Override
  public void advance(Classifier model, TensorTable table, Seed seed) {
    long[] ids = Tensors.toLongs(table.get(ID));
    long[] left = Tensors.toLongs(table.get(LEFT));
    try (TensorScope scope = TensorScope.open()) {
      Tensor tried = table.get(IMAGE).clone();
      for (int row = 0; row < ids.length; row++) {
        Tensor image = table.get(IMAGE).narrow(0, row, 1);
        tried.narrow(0, row, 1).copy_(threatModel.around(image).sample(new Rng(seed.derive("noise", ids[row], left[row]))));
      }
      try (Pass pass = model.forward(tried, Recording.INPUT)) {
        boolean[] wrong = Tensors.toBooleans(Arithmetic.argmax(pass.logits()).ne(table.get(LABEL)));
        boolean[] done = new boolean[ids.length];
        for (int row = 0; row < ids.length; row++) {
          left[row]--;
          wrong[row] |= lie && left[row] == 0;
          done[row] = wrong[row] || left[row] == 0;
          if (wrong[row]) {
            table.get(ADVERSARIAL).narrow(0, row, 1).copy_(tried.narrow(0, row, 1));
          }
        }
        table.put(LEFT, Tensors.ofLongs(left, left.length));
        table.put(BROKEN, Tensors.ofBooleans(wrong, wrong.length));
        table.put(DONE, Tensors.ofBooleans(done, done.length));
      }
    }
  }
}
