package dev.sparrow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven through its DevTools protocol. It has no network: only files and data are read. */
public final class Browser implements AutoCloseable {

  private static final int SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonNode>> events = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final WebSocket socket;
  private final String session;

  private Browser(Process process, URI devTools) {
    this.process = process;
    this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(devTools, new Listener()).join();
    String target = send("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    this.session = send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId").asText();
    List.of("Page", "Runtime", "Log", "Network").forEach(domain -> call(domain + ".enable", Map.of()));
  }

  /** The program, if it is on the PATH. */
  public static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the program with an empty profile. */
  public static Browser start(Path program, Path emptyFolder) throws IOException {
    List<String> command =
        List.of(
            program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--remote-debugging-port=0", "--user-data-dir=" + emptyFolder, "about:blank");
    Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    String line = errors.readLine();
    while (!line.startsWith(LISTENING)) {
      line = errors.readLine();
    }
    Thread drain = new Thread(() -> errors.lines().forEach(ignored -> {}));
    drain.setDaemon(true);
    drain.start();
    return new Browser(process, URI.create(line.substring(LISTENING.length())));
  }

  /** The size of the window in CSS pixels. */
  public void resize(int width, int height) {
    call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What the page is for, {@code screen} or {@code print}, and the reader's scheme, {@code light} or {@code dark}. */
  public void media(String type, String scheme) {
    call("Emulation.setEmulatedMedia", Map.of("media", type, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Opens a file and waits until it is loaded and has been laid out. */
  public void open(Path page) {
    CompletableFuture<JsonNode> loaded = events.computeIfAbsent("Page.loadEventFired", name -> new CompletableFuture<>());
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    await(loaded);
    events.clear();
    settle();
  }

  /** Waits until two frames were drawn. */
  public void settle() {
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
  }

  /** The value of an expression. */
  public JsonNode evaluate(String expression) {
    JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.get("exceptionDetails").toString());
    }
    return result.get("result").path("value");
  }

  /** Moves the mouse. */
  public void pointAt(int x, int y) {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    settle();
  }

  /** The whole page as a PNG. */
  public byte[] screenshot() {
    JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode(picture.get("data").asText());
  }

  /** The page as printed. */
  public byte[] pdf() {
    return Base64.getDecoder().decode(call("Page.printToPDF", Map.of("printBackground", true)).get("data").asText());
  }

  /** Everything that the page or the browser complained about: messages, warnings, exceptions, refused styles and scripts. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Everything that was loaded. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    return send(session, method, parameters);
  }

  private JsonNode send(String to, String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    Map<String, Object> message = new LinkedHashMap<>(Map.of("id", number, "method", method, "params", parameters));
    if (!to.isEmpty()) {
      message.put("sessionId", to);
    }
    socket.sendText(Json.line(message), true).join();
    JsonNode received = await(answer);
    if (received.has("error")) {
      throw new AssertionError(method + ": " + received.get("error"));
    }
    return received.get("result");
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  private void received(JsonNode message) {
    if (message.has("id")) {
      answers.remove(message.get("id").asInt()).complete(message);
      return;
    }
    JsonNode parameters = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(parameters.toString());
      case "Network.requestWillBeSent" -> requests.add(parameters.at("/request/url").asText());
      default -> events.computeIfAbsent(message.path("method").asText(), name -> new CompletableFuture<>()).complete(parameters);
    }
  }

  /** Ends the program and waits until it has let go of its folder. */
  @Override
  public void close() {
    send("", "Browser.close", Map.of());
    socket.abort();
    List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());
    try {
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(child -> child.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join());
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        received(Json.parse(whole, JsonNode.class, "DevTools"));
      }
      from.request(1);
      return CompletableFuture.completedFuture(0);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      answers.values().forEach(answer -> answer.completeExceptionally(new UncheckedIOException(new IOException(error))));
    }
  }
}
