package dev.sparrow.cli;

import dev.sparrow.analysis.ExplainedImage;
import dev.sparrow.analysis.ImportanceMap.Place;
import dev.sparrow.report.TextTable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code analyze saliency} stores: how far an attack moves what a network looks at.
 *
 * @param method how places are given importance
 * @param attack the attack's name
 * @param meanOverlap mean over the images of {@link Image#overlap()}
 * @param meanShift mean over the images of {@link Image#shift()}
 * @param images the images, in their order
 */
record SaliencyReport(String method, String attack, double meanOverlap, double meanShift, List<Image> images) {

  /**
   * One image. Each map explains the class predicted for its image.
   *
   * @param label true class
   * @param clean class predicted before the attack
   * @param adversarial class predicted after it
   * @param cleanCentre centre of mass of the clean image's map
   * @param adversarialCentre centre of mass of the adversarial image's map
   * @param overlap how much of both maps lies in the same places, in [0, 1]
   * @param shift distance of the centres, in sides of the image
   */
  record Image(
      String label, String clean, String adversarial, Place cleanCentre, Place adversarialCentre, double overlap, double shift) {}

  /**
   * Sums explanations up.
   *
   * @param method how places are given importance
   * @param attack the attack's name
   * @param explained at least one
   * @return the report
   */
  static SaliencyReport of(String method, String attack, List<ExplainedImage> explained) {
    List<Image> images = explained.stream().map(SaliencyReport::image).toList();
    return new SaliencyReport(
        method,
        attack,
        images.stream().mapToDouble(Image::overlap).average().orElseThrow(),
        images.stream().mapToDouble(Image::shift).average().orElseThrow(),
        images);
  }

  private static Image image(ExplainedImage image) {
    return new Image(
        image.example().label(),
        image.example().before(),
        image.example().after(),
        image.cleanMap().centre(),
        image.adversarialMap().centre(),
        image.overlap(),
        image.shift());
  }

  /**
   * The report for people.
   *
   * @return a table
   */
  String text() {
    TextTable table = new TextTable().right("image").left("true").left("clean").left("adversarial").right("overlap").right("shift");
    IntStream.range(0, images.size())
        .forEach(
            i -> {
              Image image = images.get(i);
              String overlap = Texts.format("%.3f", image.overlap());
              table.row(String.valueOf(i), image.label(), image.clean(), image.adversarial(), overlap, Texts.format("%.3f", image.shift()));
            });
    return Texts.format(
        "%s%n%s under %s: mean overlap of the maps %.3f, mean shift %.3f of the image's side",
        table,
        method,
        attack,
        meanOverlap,
        meanShift);
  }
}
