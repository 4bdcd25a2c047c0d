package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A first stage of Robust Bird that was done elsewhere: the ticket is drawn from weights that exist. What they cost is not known, so it is
 * in no count of floating-point operations.
 *
 * @param config the run
 * @param source a run folder, whose last checkpoint counts, or a file of weights
 * @param listener hears of the ticket
 */
record PretrainedWeights(RunConfig config, Path source, TrainingListener listener) implements TicketSource {

  private static final Logger LOG = LoggerFactory.getLogger(PretrainedWeights.class);

  @Override
  public void check(ModelInfo model) {
    try (LoadedModel loaded = load(model);
        MaskSet masks = new TicketMasks(config).of(loaded)) {
      LOG.debug("{} of {} weights in {} make a ticket", masks.active(), masks.size(), source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void obtain(ModelInfo model, RunFolder run) {
    try (LoadedModel loaded = load(model)) {
      LOG.info("no first stage: the ticket is drawn from {}, whose cost is not counted", source);
      listener.ticketDrawn(new TicketDrawing(config, run).draw(loaded, source.toString(), Optional.empty(), Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoadedModel load(ModelInfo model) throws IOException {
    if (!Files.exists(source)) {
      throw BadInput.usage("--stage1-pretrained", "a run folder or a file of weights", "nothing").at(source);
    }
    LoadedModel loaded =
        Files.isDirectory(source)
            ? LoadedModel.fromCheckpoint(RunFolder.existing(source).lastCheckpoint(), EngineChoice.EXACT)
            : LoadedModel.fromWeights(source, model, EngineChoice.EXACT);
    List<String> differences = model.differences(loaded.info());
    if (!differences.isEmpty()) {
      loaded.close();
      throw BadInput.data("pretrained network", "the one to train", String.join(", ", differences), source);
    }
    return loaded;
  }
}
