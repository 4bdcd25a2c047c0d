package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.config.RuntimeConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.units.Labelled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine that a benchmark compares with.
 *
 * @param name as it was given
 * @param kind which engine
 * @param precision its arithmetic
 * @param layout how libtorch's activations lie in memory
 */
record Opponent(String name, EngineKind kind, PrecisionChoice precision, ActivationLayout layout) {

  /** What may be given. */
  static final String KNOWN =
      "auto, dense or sparse, perhaps with a precision, fp32 or bf16, and channels-first, as in dense-fp32-channels-first";

  private static final Pattern FORM = Pattern.compile("(auto|dense|sparse)(?:-(fp32|bf16))?(-channels-first)?");

  /**
   * Reads an opponent.
   *
   * @param name for example {@code dense-fp32}
   * @return the opponent
   * @throws BadInput if it has another form
   */
  static Opponent parse(String name) {
    Matcher matcher = FORM.matcher(name.strip());
    if (!matcher.matches()) {
      throw BadInput.usage("--against", KNOWN, "'" + name + "'");
    }
    return new Opponent(
        name.strip(),
        Labelled.parse(EngineKind.class, "--against", matcher.group(1)),
        matcher.group(2) == null ? PrecisionChoice.AUTO : Labelled.parse(PrecisionChoice.class, "--against", matcher.group(2)),
        matcher.group(3) == null ? ActivationLayout.CHANNELS_LAST : ActivationLayout.CHANNELS_FIRST);
  }

  /**
   * What it computes with.
   *
   * @param runtime device and threads
   * @return the choice
   */
  EngineChoice choice(RuntimeConfig runtime) {
    RuntimeConfig own = new RuntimeConfig(runtime.device(), kind, precision, runtime.threads(), runtime.checkpointEvery());
    return EngineChoice.of(own).withLayout(layout);
  }
}
