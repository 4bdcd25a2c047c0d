package dev.sparrow.report;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.ProtoBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A run as TensorBoard's table of hyper-parameters knows it: values of summaries for its plug-in {@code hparams}, of version 0 of its data.
 * Every run brings the list of all hyper-parameters with it, since TensorBoard looks for one such list among the runs.
 *
 * @see <a href="https://github.com/tensorflow/tensorboard/tree/master/tensorboard/plugins/hparams">plugin_data.proto and api.proto</a>
 */
final class TensorBoardSession {

  private static final String PLUGIN = "hparams";
  private static final List<String> METRICS = List.of("validation/robust", "validation/clean", "test/robust", "test/clean");

  private static final int EXPERIMENT = 2;
  private static final int START = 3;
  private static final int END = 4;

  /** {@code Status.STATUS_SUCCESS}. */
  private static final int SUCCESS = 1;

  private TensorBoardSession() {}

  /** Kinds of hyper-parameters, {@code DataType}. */
  private enum Type {
    STRING(1),
    BOOL(2),
    FLOAT64(3);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    static Type of(String value) {
      if (value.equals("true") || value.equals("false")) {
        return BOOL;
      }
      return value.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?") ? FLOAT64 : STRING;
    }

    /** A {@code google.protobuf.Value}. */
    ProtoBuffer value(String text) {
      return switch (this) {
        case FLOAT64 -> new ProtoBuffer().real(2, Double.parseDouble(text));
        case STRING -> new ProtoBuffer().text(3, text);
        case BOOL -> new ProtoBuffer().number(4, text.equals("true") ? 1 : 0);
      };
    }
  }

  /** What hyper-parameters and metrics there are, and the values of this run. */
  static ProtoBuffer started(RunConfig config, double seconds) {
    Map<String, String> values = ConfigFile.values(config);
    ProtoBuffer experiment = new ProtoBuffer().real(3, seconds);
    values.forEach((name, value) -> experiment.message(4, new ProtoBuffer().text(1, name).number(4, Type.of(value).number)));
    METRICS.forEach(tag -> experiment.message(5, new ProtoBuffer().message(1, new ProtoBuffer().text(2, tag))));
    ProtoBuffer start = new ProtoBuffer();
    values.forEach((name, value) -> start.message(1, new ProtoBuffer().text(1, name).message(2, Type.of(value).value(value))));
    start.real(5, seconds);
    return new ProtoBuffer()
        .message(1, value("_hparams_/experiment", EXPERIMENT, experiment))
        .message(1, value("_hparams_/session_start_info", START, start));
  }

  /** The run reached its end. */
  static ProtoBuffer finished(double seconds) {
    ProtoBuffer end = new ProtoBuffer().number(1, SUCCESS).real(2, seconds);
    return new ProtoBuffer().message(1, value("_hparams_/session_end_info", END, end));
  }

  /** A {@code Summary.Value} that carries nothing but data for the plug-in. */
  private static ProtoBuffer value(String tag, int field, ProtoBuffer message) {
    ByteBuffer content = ByteBuffer.wrap(new ProtoBuffer().number(1, 0).message(field, message).toBytes());
    ProtoBuffer plugin = new ProtoBuffer().text(1, PLUGIN).bytes(2, content);
    return new ProtoBuffer().text(1, tag).message(9, new ProtoBuffer().message(1, plugin));
  }
}
