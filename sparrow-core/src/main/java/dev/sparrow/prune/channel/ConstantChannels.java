package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.arch.Statistics;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which channels of which values are the same number at every position of every image, and which number: a filter without weights gives its
 * bias, a batch norm with scale 0 its shift, and from there constants pass through everything that works channel by channel.
 */
final class ConstantChannels {

  /** The channels of one value; {@code numbers} holds those of the known ones. */
  private record Channels(BitSet known, double[] numbers) {

    static Channels unknown(int count) {
      return new Channels(new BitSet(), new double[count]);
    }

    void put(int channel, double number) {
      known.set(channel);
      numbers[channel] = number;
    }

    BitSet zero() {
      BitSet zero = (BitSet) known.clone();
      known.stream().filter(channel -> numbers[channel] != 0).forEach(zero::clear);
      return zero;
    }
  }

  private final NamedTensors parameters;
  private final NamedTensors buffers;
  private final Readers readers;
  private final Statistics statistics;
  private final List<Channels> values = new ArrayList<>();

  private ConstantChannels(NamedTensors parameters, NamedTensors buffers, Readers readers, Statistics statistics) {
    this.parameters = parameters;
    this.buffers = buffers;
    this.readers = readers;
    this.statistics = statistics;
  }

  /**
   * The channels that are zero whatever the images are, with the statistics of the batch as well as with the running ones.
   *
   * @return by value
   */
  static List<BitSet> zero(Blueprint blueprint, NamedTensors parameters, NamedTensors buffers, Readers readers) {
    List<BitSet> zero = new ConstantChannels(parameters, buffers, readers, Statistics.RUNNING).zero(blueprint);
    List<BitSet> inTraining = new ConstantChannels(parameters, buffers, readers, Statistics.BATCH).zero(blueprint);
    for (int value = 0; value < zero.size(); value++) {
      zero.get(value).and(inTraining.get(value));
    }
    return zero;
  }

  private List<BitSet> zero(Blueprint blueprint) {
    values.add(Channels.unknown(blueprint.input().dim(0)));
    blueprint.nodes().forEach(node -> values.add(channels(node)));
    return new ArrayList<>(values.stream().map(Channels::zero).toList());
  }

  private Channels channels(Node node) {
    Channels input = values.get(node.inputs().get(0));
    Op op = node.op();
    if (op instanceof Op.Conv2d conv) {
      return mixed(node, input, conv.bias() ? floats(conv.name() + ".bias") : new float[conv.out()]);
    } else if (op instanceof Op.Linear linear) {
      return mixed(node, input, floats(linear.name() + ".bias"));
    } else if (op instanceof Op.BatchNorm norm) {
      return normalised(norm, input);
    } else if (op instanceof Op.Relu) {
      return rectified(input);
    } else if (op instanceof Op.Add) {
      return sum(input, values.get(node.inputs().get(1)));
    }
    return input; // maxima and means of a constant
  }

  private Channels mixed(Node node, Channels input, float[] bias) {
    Channels channels = Channels.unknown(bias.length);
    BitSet zero = input.zero();
    for (int out = 0; out < bias.length; out++) {
      BitSet reads = (BitSet) readers.filter(node, out).clone();
      reads.andNot(zero);
      if (reads.isEmpty()) { // not of other constants: the padding is zero
        channels.put(out, bias[out]);
      }
    }
    return channels;
  }

  private Channels normalised(Op.BatchNorm norm, Channels input) {
    float[] scale = floats(norm.name() + ".weight");
    float[] shift = floats(norm.name() + ".bias");
    float[] mean = Tensors.toFloats(buffers.get(norm.name() + ".running_mean"));
    float[] variance = Tensors.toFloats(buffers.get(norm.name() + ".running_var"));
    Channels channels = Channels.unknown(norm.channels());
    for (int c = 0; c < norm.channels(); c++) {
      if (scale[c] == 0 || input.known.get(c) && statistics != Statistics.RUNNING) {
        channels.put(c, shift[c]); // a constant is its own mean
      } else if (input.known.get(c)) {
        channels.put(c, shift[c] + scale[c] * (input.numbers[c] - mean[c]) / Math.sqrt(variance[c] + Op.BatchNorm.EPSILON));
      }
    }
    return channels;
  }

  private static Channels rectified(Channels input) {
    Channels channels = Channels.unknown(input.numbers.length);
    input.known.stream().forEach(c -> channels.put(c, Math.max(0, input.numbers[c])));
    return channels;
  }

  private static Channels sum(Channels left, Channels right) {
    Channels channels = Channels.unknown(left.numbers.length);
    left.known.stream().filter(right.known::get).forEach(c -> channels.put(c, left.numbers[c] + right.numbers[c]));
    return channels;
  }

  private float[] floats(String parameter) {
    return Tensors.toFloats(parameters.get(parameter));
  }
}
