package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.allocation.Uniform;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.schedule.CubicDensity;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Density;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradualPlanTest {

  private static final CubicDensity TO_A_HALF_OF_A_PERCENT = new CubicDensity(new Density(0.005), 0, 8);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** By hand, for 716 weights from iteration 0 to 27: all but int(0.8 (1 - ((27 - t) / 27)^3) 716) are active. */
  @Test
  void countsFollowTheCubic() {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod method = create(PruneScope.GLOBAL)) {
      run.start(method);
      assertThat(method.masks().density()).isEqualTo(1);
      List<TopologyUpdate> log = run.train(method, 1, 36, () -> assertThat(method.explored()).isEqualTo(1));
      assertThat(log).extracting(TopologyUpdate::iteration).containsExactly(4L, 8L, 12L, 16L, 24L, 27L);
      assertThat(log).extracting(update -> Math.round(update.density() * 716)).containsExactly(498L, 343L, 242L, 182L, 144L, 144L);
      assertThat(log).extracting(TopologyUpdate::dropped).containsExactly(218L, 155L, 101L, 60L, 38L, 0L);
      assertThat(log).allMatch(update -> update.grown() == 0 && update.event() == DensityEvent.NONE);
      assertThat(log.get(1).dropFraction()).isCloseTo(155 / 498.0, within(1e-15));
      assertThat(method.dropFraction()).isZero();
    }
  }

  @Test
  void masksOnlyShrink() {
    for (PruneScope prune : PruneScope.values()) {
      ToyRun run = new ToyRun(2);
      try (SparsityMethod method = create(prune)) {
        run.start(method);
        for (int iteration = 1; iteration <= 36; iteration++) {
          try (MaskSet before = MaskSet.copyOf(method.masks().tensors())) {
            run.train(method, iteration, iteration, () -> {});
            try (MaskSet union = before.union(method.masks())) {
              assertThat(union.active()).isEqualTo(before.active());
            }
          }
        }
      }
    }
  }

  @Test
  void perLayerItEndsAtTheAllocation() {
    ToyRun run = new ToyRun(3);
    try (SparsityMethod gradual = create(PruneScope.LAYER);
        SparsityMethod fixed = SparsityMethods.create(Configs.of(Method.STATIC, Growth.GRADIENT), ToyRun.BLUEPRINT, ToyRun.ITERATIONS_PER_EPOCH)) {
      run.start(fixed);
      Map<String, Double> allocated = fixed.masks().densities();
      run.start(gradual);
      run.train(gradual, 1, 27, () -> {});
      assertThat(gradual.masks().densities()).isEqualTo(allocated);
    }
  }

  /** 108, 288 and 320 weights to one half: after 4 of 8 steps the density is 0.5 + 0.5 / 8, 0.4375 of each layer is gone. */
  @Test
  void perLayerEveryLayerFollowsItsOwnCubic() {
    ToyRun run = new ToyRun(4);
    CubicDensity toOneHalf = new CubicDensity(new Density(0.5), 0, 8);
    GradualPlan plan = new GradualPlan(UpdateSchedule.every(4), toOneHalf, Optional.of(new Uniform()));
    try (SparsityMethod method = method(plan, false)) {
      run.start(method);
      run.train(method, 1, 4, () -> {});
      assertThat(active(method)).containsExactly(108L - 47, 288L - 126, 320L - 140);
      run.train(method, 5, 8, () -> {});
      assertThat(active(method)).containsExactly(54L, 144L, 160L);
    }
  }

  @Test
  void ticketsShrinkOnceTheScheduleIsBelowThem() {
    ToyRun run = new ToyRun(5);
    GradualPlan plan = new GradualPlan(UpdateSchedule.every(4), new CubicDensity(new Density(0.1), 0, 8), Optional.empty());
    try (SparsityMethod source = SparsityMethods.create(Configs.of(Method.STATIC, Growth.GRADIENT), ToyRun.BLUEPRINT, ToyRun.ITERATIONS_PER_EPOCH);
        SparsityMethod method = method(plan, false)) {
      run.start(source);
      long ticket = source.masks().active();
      SparsityStart fresh = SparsityStart.of(run.model, DeviceSpec.CPU, run.seed());
      method.initialize(new SparsityStart(fresh.model(), fresh.device(), fresh.images(), Optional.of(source.masks()), fresh.seed()));
      run.train(method, 1, 4, () -> {}); // the schedule is at 0.1 + 0.9 / 8, just above the ticket's fifth
      assertThat(method.masks().active()).isEqualTo(Math.min(ticket, 716 - 563));
      run.train(method, 5, 8, () -> {});
      assertThat(method.masks().active()).isEqualTo(716 - 644);
      assertThat(method.explored()).isEqualTo(ticket / 716.0);
    }
  }

  /** Four weights of 716 in three layers, of which the classifier's are a hundredth of the others'. */
  @Test
  void collapseEndsTheRunUnlessItIsAllowed() {
    GradualPlan plan = new GradualPlan(UpdateSchedule.every(8), TO_A_HALF_OF_A_PERCENT, Optional.empty());
    ToyRun refused = new ToyRun(6);
    try (SparsityMethod method = method(plan, false)) {
      refused.start(method);
      refused.train(method, 1, 7, () -> refused.shrink("fc.weight", 0.01));
      assertThatThrownBy(() -> refused.train(method, 8, 8, () -> {}))
          .isInstanceOf(BadInput.class)
          .hasMessageMatching(
              "active weights: expected at least one in every layer, got none in .*fc.weight \\(320 weights\\)"
                  + " \\(topology update of iteration 8; --allow-collapse lets it pass\\)");
    }
    ToyRun allowed = new ToyRun(6);
    try (SparsityMethod method = method(plan, true)) {
      allowed.start(method);
      allowed.train(method, 1, 7, () -> allowed.shrink("fc.weight", 0.01));
      allowed.train(method, 8, 8, () -> {});
      assertThat(method.masks().active()).isEqualTo(4);
      assertThat(LayerCollapse.layers(method.masks())).contains("fc.weight");
    }
  }

  /** A rule of somebody else's that grows nothing: the second update takes each layer's last weights. */
  @Test
  void anyPlanThatEmptiesALayerIsRefused() {
    DropAndGrowPlan plan = new DropAndGrowPlan(UpdateSchedule.every(1), new DropFraction.Constant(1), (site, count) -> 0, Optional.empty());
    ToyRun run = new ToyRun(7);
    try (SparsityMethod method = method(Method.SET, new Density(0.2), plan, false)) {
      run.start(method);
      assertThatThrownBy(() -> run.train(method, 1, 1, () -> {}))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "active weights: expected at least one in every layer, got none in conv1.weight (108 weights), conv2.weight (288 weights),"
                  + " fc.weight (320 weights) (topology update of iteration 1; --allow-collapse lets it pass)");
    }
  }

  private static List<Long> active(SparsityMethod method) {
    return method.masks().asMap().values().stream().map(mask -> mask.active()).toList();
  }

  private static SparsityMethod method(GradualPlan plan, boolean allowCollapse) {
    return method(Method.GRADUAL, Density.DENSE, plan, allowCollapse);
  }

  private static SparsityMethod method(Method name, Density first, TopologyPlan plan, boolean allowCollapse) {
    return new SparseTraining(name, new FirstMasks(PruneConfig.DEFAULT, new Uniform(), first), new LayerCollapse(allowCollapse), plan);
  }

  private static SparsityMethod create(PruneScope scope) {
    return SparsityMethods.create(Configs.gradual(scope), ToyRun.BLUEPRINT, ToyRun.ITERATIONS_PER_EPOCH);
  }
}
