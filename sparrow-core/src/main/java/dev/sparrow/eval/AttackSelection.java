package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Square;
import dev.sparrow.model.Classifier;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The attacks of a cascade that can be run on a network.
 *
 * @param attacks those that were asked for, or what takes their place
 * @param findings what is to be said if others were asked for
 */
record AttackSelection(List<Attack> attacks, List<Finding> findings) {

  /**
   * Leaves attacks with gradients out where the network gives none. If nothing is left, Square runs in their place, in the same ball as the
   * first of them.
   *
   * @param model the network
   * @param wanted the attacks that were asked for
   * @return the attacks to run
   */
  static AttackSelection of(Classifier model, List<Attack> wanted) {
    List<Attack> leftOut = wanted.stream().filter(Attack::usesGradients).toList();
    if (model.givesGradients() || leftOut.isEmpty()) {
      return new AttackSelection(wanted, List.of());
    }
    List<Attack> blackBox = wanted.stream().filter(Predicate.not(Attack::usesGradients)).toList();
    Attack square = new Square(leftOut.get(0).threatModel(), Square.STANDARD_QUERIES);
    String names = leftOut.stream().map(Attack::name).collect(Collectors.joining(", "));
    String detail = names + (leftOut.size() == 1 ? " was" : " were") + " left out" + (blackBox.isEmpty() ? ", square runs instead" : "");
    return new AttackSelection(blackBox.isEmpty() ? List.of(square) : blackBox, List.of(new Finding(Flag.NO_GRADIENTS, detail)));
  }
}
