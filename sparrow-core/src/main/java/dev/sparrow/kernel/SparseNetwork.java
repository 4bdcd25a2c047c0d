package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;
import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A whole network in the sparse engine, from its input to its logits: pre- and post-activation residual networks, plain ones with maximum
 * pools, and the rear parts of such networks, which begin at an inner value.
 *
 * <p>A weight that is not active costs no time, neither forward nor backward. New networks have all weights active, parameters and running
 * statistics are zero until they are loaded.
 *
 * <p>Used by one thread at a time; splits its work among threads of its own. Results do not depend on the number of threads, not in the
 * last bit. Once as many passes of a kind were open as ever are, no memory is allocated any more.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparseNetwork implements AutoCloseable {

  private record ProgramKey(Mode mode, int groups) {}

  private final Blueprint blueprint;
  private final Standardization standardization;
  private final Stages stages;
  private final NetworkTensors tensors;
  private final Kernels kernels;
  private final Workers workers;
  private final Runner runner;
  private final WorkMemory memory;
  private final ArrayPool pool;
  private final ParameterGradients gradients;
  private final Map<ProgramKey, Program> programs = new HashMap<>();

  /**
   * Prepares a network.
   *
   * @param blueprint what it computes; any shape of input
   * @param standardization what is done to the input first
   * @param settings how it computes
   * @throws dev.sparrow.BadInput if the blueprint has an operation that the engine does not know, or knows in other places only
   */
  public SparseNetwork(Blueprint blueprint, Standardization standardization, EngineSettings settings) {
    this.blueprint = blueprint;
    this.standardization = standardization;
    stages = Stages.of(blueprint);
    int channels = stages.plane(0).channels();
    if (standardization.channels() != channels) {
      throw BadInput.data("channels of the standardization", channels, standardization.channels(), blueprint.name() + ", sparse engine");
    }
    tensors = new NetworkTensors(stages);
    kernels = KernelLoader.load(settings.kernels(), settings.format());
    workers = new Workers(settings.threadCount());
    runner = new Runner(workers);
    memory = new WorkMemory(kernels.lanes(), workers.count());
    pool = new ArrayPool(kernels);
    gradients = new ParameterGradients(blueprint);
  }

  /**
   * What this network computes.
   *
   * @return the blueprint
   */
  public Blueprint blueprint() {
    return blueprint;
  }

  /**
   * One line for the log.
   *
   * @return which kernels run and why, with how many threads
   */
  public String description() {
    return kernels.description() + ", " + workers.count() + (workers.count() == 1 ? " thread" : " threads");
  }

  /**
   * Says which weights of a layer may differ from zero. The layer's weights must be loaded afterwards.
   *
   * @param weight name of a parameter of rank 4 or 2
   * @param active one per weight, in the blueprint's shape; may be all false
   * @throws dev.sparrow.BadInput if the name or the length is wrong
   */
  public void activate(String weight, boolean[] active) {
    tensors.layer(weight).activate(active);
    gradients.activationChanged();
    programs.clear(); // how their work is divided depends on the active weights
  }

  /**
   * Takes over a parameter or a running mean or variance.
   *
   * @param tensor its name
   * @param values in the blueprint's shape; of a weight, inactive positions are not read
   * @throws dev.sparrow.BadInput if the name or the length is wrong
   */
  public void load(String tensor, float[] values) {
    tensors.load(tensor, values);
  }

  /**
   * A running mean or variance as it is now.
   *
   * @param name its name
   * @return borrowed, one number per channel; passes with {@link Statistics#BATCH} change it in place
   * @throws dev.sparrow.BadInput if there is none of this name
   */
  public float[] runningStatistic(String name) {
    return tensors.runningStatistic(name);
  }

  /**
   * Runs the network.
   *
   * @param input [count, channels, height, width]; read during the call only
   * @param count number of images, at least 1
   * @param statistics where batch norm takes its statistics from
   * @param gradients which gradients the pass will be asked for
   * @return the pass, to be closed by the caller
   * @throws dev.sparrow.BadInput if the length of the input is wrong, or statistics of the batch would be those of a single value
   */
  public SparsePass forward(float[] input, int count, Statistics statistics, Gradients gradients) {
    int size = Math.toIntExact(blueprint.input().size());
    if (count < 1 || input.length != count * size) {
      throw BadInput.data("length of the input", count + " times " + size, input.length, blueprint.name() + ", sparse engine");
    }
    Mode mode = new Mode(statistics != Statistics.RUNNING, gradients);
    int perGroup = kernels.lanes() * kernels.format().images();
    int groups = (count + perGroup - 1) / perGroup;
    Program program = programs.computeIfAbsent(new ProgramKey(mode, groups), this::plan);
    Frame frame =
        program.idle().isEmpty() ? new Frame(program, stages, kernels, runner.places(mode, groups)) : program.idle().pop();
    frame.begin(input, count, statistics, tensors.norms(), pool);
    try {
      runner.run(program.forward(), frame);
    } catch (RuntimeException | Error e) {
      release(frame);
      throw e;
    }
    return new SparsePass(this, frame);
  }

  private Program plan(ProgramKey key) {
    StepFactory steps = new StepFactory(kernels, memory, key.groups());
    Conclusions conclusions = new Conclusions(memory.moments(), gradients, key.mode(), new PlainWords(kernels.format(), kernels.lanes()));
    return Program.of(stages, standardization, key.mode(), steps, conclusions, (layer, input, gradient) ->
        new WeightGradientStep(kernels, memory, gradients, layer, input, gradient));
  }

  void backward(Frame frame, float[] logitGradient, boolean everywhere) {
    if (logitGradient.length != frame.logits.length) {
      throw BadInput.data("length of the logit gradient", frame.logits.length, logitGradient.length, blueprint.name() + ", sparse engine");
    }
    if (frame.program().mode().gradients().ofParameters()) {
      gradients.begin(everywhere);
    }
    frame.beginBackward(logitGradient, everywhere);
    runner.run(frame.program().backward(), frame);
  }

  Map<String, float[]> parameterGradients() {
    return gradients.all();
  }

  void release(Frame frame) {
    frame.end(pool);
    frame.program().idle().push(frame);
  }

  /**
   * Where the time of all passes went.
   *
   * @return seconds since the network was made
   */
  public StageTimes times() {
    return runner.times();
  }

  /** Ends its threads. */
  @Override
  public void close() {
    workers.close();
  }
}
