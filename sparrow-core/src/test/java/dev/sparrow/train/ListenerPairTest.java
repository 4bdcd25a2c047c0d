package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerPairTest {

  @Test
  void everythingIsForwarded() {
    List<String> events =
        Arrays.stream(TrainingListener.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == void.class)
            .map(Method::getName)
            .toList();
    List<String> forwarded = Arrays.stream(ListenerPair.class.getDeclaredMethods()).map(Method::getName).toList();
    assertThat(events).isNotEmpty();
    assertThat(forwarded).containsAll(events);
  }

  @Test
  void bothHearInOrder() {
    List<String> heard = new ArrayList<>();
    listener("a", heard).then(listener("b", heard)).evaluating("test", 1, 2);
    assertThat(heard).containsExactly("a test 1/2", "b test 1/2");
  }

  private static TrainingListener listener(String name, List<String> heard) {
    return new TrainingListener() {
      @Override
      public void evaluating(String what, int done, int total) {
        heard.add(name + " " + what + " " + done + "/" + total);
      }
    };
  }
}
