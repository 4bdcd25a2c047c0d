package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Transfer;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.TorchScriptFile;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.TorchScriptClassifier;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network that adversarial images are crafted on. Owns it.
 *
 * @param other another network than the one under attack; empty if there is none
 */
record TransferSource(Optional<Classifier> other) implements AutoCloseable {

  /**
   * Loads the other network.
   *
   * @param path a run folder, whose best robust network it is, a ticket, a file that describes its network, or a TorchScript model; empty
   *     for none
   * @param target the network under attack
   * @param engine what computes both
   * @return to be closed
   * @throws BadInput if it cannot be loaded, or is for other images or classes
   * @throws IOException if reading fails
   */
  static TransferSource open(Optional<Path> path, Classifier target, EngineChoice engine) throws IOException {
    if (path.isEmpty()) {
      return new TransferSource(Optional.empty());
    }
    Classifier source = load(path.get(), target, engine);
    if (source.imageSize() == target.imageSize() && source.numClasses() == target.numClasses()) {
      return new TransferSource(Optional.of(source));
    }
    String got = images(source);
    source.close();
    throw BadInput.data("--transfer-from", "a network for " + images(target) + ", as the one under attack", "one for " + got, path.get());
  }

  private static Classifier load(Path path, Classifier target, EngineChoice engine) throws IOException {
    return TorchScriptFile.recognises(path)
        ? TorchScriptClassifier.load(path, target.numClasses(), target.imageSize(), engine.device())
        : loadNetwork(path, engine).model();
  }

  private static LoadedModel loadNetwork(Path path, EngineChoice engine) throws IOException {
    if (Ticket.exists(path)) {
      return LoadedModel.fromTicket(path, engine);
    }
    return Files.isRegularFile(path)
        ? LoadedModel.fromWeights(path, engine)
        : LoadedModel.fromCheckpoint(RunFolder.existing(path).bestRobustCheckpoint(), engine);
  }

  private static String images(Classifier model) {
    return model.imageSize() + "x" + model.imageSize() + " images of " + model.numClasses() + " classes";
  }

  /** The attacks on the other network, or themselves if there is none. */
  List<Attack> attacks(List<Attack> attacks) {
    return other.map(source -> attacks.stream().<Attack>map(attack -> new Transfer(attack, source)).toList()).orElse(attacks);
  }

  @Override
  public void close() {
    other.ifPresent(Classifier::close);
  }
}
