package dev.sparrow.analysis;

import dev.sparrow.BadInput;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.EvaluationProgress;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear centred kernel alignment (Kornblith et al., 2019) between layers: how alike they tell images apart, whatever their widths.
 *
 * <p>Definition: for features X of one layer and Y of another, one row per image and each column less its mean,
 * {@code |Y'X|^2 / (|X'X| |Y'Y|)} in Frobenius norms. It is 1 where one is a rotated and scaled copy of the other.
 *
 * <p>Computed exactly through the matrices {@code XX'} and {@code YY'} of all pairs of images, so that the cost grows with the number of
 * features and not with its square. With few images next to many features, independent layers come out similar too: compare with as many
 * images as can be waited for.
 *
 * @param images number of images
 * @param rows layers of the first network
 * @param columns layers of the second network, or those of the first again
 * @param similarity one list per row, one value in [0, 1] per column
 */
public record Cka(int images, List<String> rows, List<String> columns, List<List<Double>> similarity) {

  /** Fewer images have no similarities to compare: centred, two are always one line. */
  public static final int FEWEST_IMAGES = 3;

  /**
   * Compares the layers of a network with one another.
   *
   * @param network the network
   * @param layers names of values
   * @param batches the images
   * @param images how many of them, at least {@value #FEWEST_IMAGES}
   * @param progress hears of the layers that are done, as images
   * @return the similarities, symmetric
   * @throws BadInput if a layer is unknown or there are too few images
   */
  public static Cka within(LayerViews network, List<String> layers, Batches batches, int images, EvaluationProgress progress) {
    List<CentredGram> grams = grams(network, layers, batches, images, part(progress, 0, layers.size()));
    return of(images, layers, grams, layers, grams);
  }

  /**
   * Compares the layers of two networks.
   *
   * @param first one network
   * @param rows names of its values
   * @param second the other network
   * @param columns names of its values
   * @param batches the images, the same for both
   * @param images how many of them, at least {@value #FEWEST_IMAGES}
   * @param progress hears of the layers that are done, as images
   * @return the similarities
   * @throws BadInput if a layer is unknown or there are too few images
   */
  public static Cka between(
      LayerViews first, List<String> rows, LayerViews second, List<String> columns, Batches batches, int images, EvaluationProgress progress) {
    int layers = rows.size() + columns.size();
    List<CentredGram> these = grams(first, rows, batches, images, part(progress, 0, layers));
    List<CentredGram> those = grams(second, columns, batches, images, part(progress, rows.size(), layers));
    return of(images, rows, these, columns, those);
  }

  private static EvaluationProgress part(EvaluationProgress whole, int before, int layers) {
    return (done, images) -> whole.images(before * images + done, layers * images);
  }

  private static List<CentredGram> grams(LayerViews network, List<String> layers, Batches batches, int images, EvaluationProgress progress) {
    if (images < FEWEST_IMAGES) {
      throw BadInput.usage("images", "at least " + FEWEST_IMAGES, images);
    }
    List<CentredGram> grams = new ArrayList<>();
    for (String layer : layers) {
      progress.images(grams.size() * images, images);
      grams.add(network.gram(layer, batches, images));
    }
    return grams;
  }

  private static Cka of(int images, List<String> rows, List<CentredGram> these, List<String> columns, List<CentredGram> those) {
    List<List<Double>> similarity =
        these.stream().map(gram -> those.stream().map(other -> gram.alignment(other)).toList()).toList();
    return new Cka(images, rows, columns, similarity);
  }
}
