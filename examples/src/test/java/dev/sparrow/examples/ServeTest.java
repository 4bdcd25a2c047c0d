package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.interop.ExportFormat;
import dev.sparrow.interop.ModelExport;
import dev.sparrow.interop.StoredModel;
import dev.sparrow.io.Json;
import dev.sparrow.report.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that serve, over a loopback connection. */
class ServeTest {

  private static final ImageSet IMAGES = Datasets.sample().test();

  /** What a server says. */
  private record Prediction(int predicted, double[] probabilities) {}

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws Exception {
    run = folder.resolve("run");
    Output.of(TrainFlyingBirdPlus::main, Small.args(run, "objective=standard", "epochs=2", "data.limitTrain=300"));
  }

  @Test
  void onnxAnswersWhatTheLibraryComputes() throws Exception {
    try (PredictionServer server = ServeOnnx.start(export(ExportFormat.ONNX), 0)) {
      check(server);
    }
  }

  @Test
  void sparseAnswersWhatTheLibraryComputes() throws Exception {
    try (PredictionServer server = ServeSparse.start(export(ExportFormat.SAFETENSORS), 0)) {
      check(server);
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    try (PredictionServer server = ServeOnnx.start(export(ExportFormat.ONNX), 0)) {
      String noImage = "image: expected a JPEG or PNG file, got another kind of file (request)";
      assertRefused(post(server.url(), new byte[0]), 400, noImage);
      assertRefused(post(server.url(), new byte[] {1, 2, 3}), 400, noImage);
      byte[] large = png(new BufferedImage(2049, 2048, BufferedImage.TYPE_BYTE_BINARY));
      assertRefused(post(server.url(), large), 400, "image: expected at most 4194304 pixels, got 2049x2048 (request)");
      assertRefused(post(server.url(), new byte[PredictionServer.MAX_BYTES + 1]), 413, "image: expected at most 1048576 bytes");
      assertRefused(post(server.url() + "/more", png(0)), 404, "path: expected /classify");
      HttpResponse<String> got = send(HttpRequest.newBuilder(URI.create(server.url())).GET());
      assertRefused(got, 405, "method: expected POST");
      assertThat(got.headers().firstValue("Allow")).contains("POST");
      assertThat(post(server.url(), png(0)).statusCode()).as("it goes on").isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path file = Files.writeString(folder.resolve("text.onnx"), "text");
    assertThatThrownBy(() -> ServeOnnx.start(file, 0))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot read " + file + " as an ONNX model");
  }

  private static Path export(ExportFormat format) throws IOException {
    Path file = folder.resolve("bird." + format.label());
    try (StoredModel stored = StoredModel.ofCheckpoint(new RunFolder(run).bestRobustCheckpoint(), Optional.empty())) {
      ModelExport.write(stored, new ModelExport.Request(format, false, OptionalInt.empty()), file);
    }
    return file;
  }

  private static void check(PredictionServer server) throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = post(server.url(), png(i));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      Prediction prediction = Json.parse(response.body().replace("\"class\"", "\"predicted\""), Prediction.class, "answer");
      double[] expected = probabilities(i);
      assertThat(prediction.probabilities).containsExactly(expected, Offset.offset(1e-4));
      assertThat(expected[prediction.predicted]).isGreaterThanOrEqualTo(Arrays.stream(expected).max().orElseThrow() - 1e-4);
    }
  }

  /** By the library: the logits are libtorch's. */
  private static double[] probabilities(int index) throws IOException {
    float[] logits = Predict.logits(run, IMAGES.pixels(index), IMAGES.imageSize());
    double[] exponentials = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(exponential -> exponential / sum).toArray();
  }

  private static byte[] png(int index) throws IOException {
    int side = IMAGES.imageSize();
    byte[] pixels = IMAGES.pixels(index);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int red = Byte.toUnsignedInt(pixels[i]);
      int green = Byte.toUnsignedInt(pixels[side * side + i]);
      int blue = Byte.toUnsignedInt(pixels[2 * side * side + i]);
      image.setRGB(i % side, i / side, red << 16 | green << 8 | blue);
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static HttpResponse<String> post(String url, byte[] body) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String why) {
    assertThat(response.body()).isEqualTo(why + "\n");
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
