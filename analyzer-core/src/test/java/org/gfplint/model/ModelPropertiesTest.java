package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What must hold of every request, tried on seeded random ones over all versions. */
class ModelPropertiesTest {
  private static final int TRIES = 4000;
  private static final List<String> VERSIONS =
      List.of("4.10", "4.12", "4.16", "4.18", "5.0", "5.17", "6.1", "6.6", "6.12", "6.19", "7.0");

  /** Behaviour that a restriction takes away; warnings and reserves may well be added by one. */
  private static final Set<Effect> BEHAVIOUR =
      EnumSet.of(
          Effect.SLEEP, Effect.DIRECT_RECLAIM, Effect.IO, Effect.FS_RECLAIM, Effect.OOM_KILL);

  private static final GfpMask RECURSION = GfpMask.of(GfpFlag.IO, GfpFlag.FS);

  private record Case(AllocatorModel model, AllocationRequest request, ExecutionContext context) {
    Outcome outcome() {
      return model.evaluate(request, context);
    }

    Case withMask(GfpMask mask) {
      return new Case(model, new AllocationRequest(request.api(), mask, request.size()), context);
    }

    Case withScopes(List<ScopeKind> scopes) {
      return new Case(model, request, context.withScopes(scopes));
    }
  }

  private static void forRandomCases(long seed, Consumer<Case> check) {
    Random random = new Random(seed);
    for (int i = 0; i < TRIES; i++) {
      AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(any(random, VERSIONS)));
      AllocatorApi api = model.api(any(random, model.apiNames())).orElseThrow();
      GfpMask mask = GfpMask.NONE;
      List<String> names = new ArrayList<>(model.gfpNames());
      for (int n = random.nextInt(4); n >= 0; n--) {
        mask = mask.or(model.mask(any(random, names)).orElseThrow());
      }
      long low = random.nextInt(3) == 0 ? 0 : 1L << random.nextInt(34);
      long high = random.nextInt(3) == 0 ? Long.MAX_VALUE : low + random.nextInt(1 << 20);
      List<ScopeKind> scopes = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        scopes.add(any(random, List.of(ScopeKind.values())));
      }
      Case made =
          new Case(
              model,
              new AllocationRequest(api, mask, new AllocationSize(low, high)),
              ExecutionContext.PROCESS.withScopes(scopes));
      try {
        check.accept(made);
      } catch (AssertionError e) {
        throw new AssertionError(
            model.version()
                + " "
                + api.name()
                + "("
                + model.describe(mask)
                + ") "
                + low
                + ".."
                + high
                + " "
                + scopes,
            e);
      }
    }
  }

  private static <T> T any(Random random, Collection<T> values) {
    return values.stream().skip(random.nextInt(values.size())).findFirst().orElseThrow();
  }

  private static Set<Effect> behaviour(Outcome outcome) {
    Set<Effect> behaviour = EnumSet.noneOf(Effect.class);
    behaviour.addAll(outcome.may());
    behaviour.retainAll(BEHAVIOUR);
    return behaviour;
  }

  @Test
  void aScopeOnlyTakesAway() {
    forRandomCases(
        1,
        made -> {
          Outcome outside = made.withScopes(List.of()).outcome();
          Outcome inside = made.outcome();
          assertThat(outside.effective().containsAll(inside.effective())).isTrue();
          assertThat(behaviour(outside)).containsAll(behaviour(inside));
        });
  }

  @Test
  void aScopeInsideItselfChangesNothing() {
    forRandomCases(
        2,
        made -> {
          List<ScopeKind> twice = new ArrayList<>(made.context().scopes());
          twice.addAll(made.context().scopes());
          assertThat(made.withScopes(twice).outcome()).isEqualTo(made.outcome());
        });
  }

  @Test
  void effectiveMasksStayAsTheyAre() {
    forRandomCases(
        3,
        made -> {
          GfpMask effective = made.outcome().effective();
          assertThat(made.withMask(effective).outcome().effective()).isEqualTo(effective);
        });
  }

  @Test
  void forbiddingIoAndFilesystemsAddsNoBehaviour() {
    forRandomCases(
        4,
        made -> {
          Outcome restricted = made.withMask(made.request().mask().minus(RECURSION)).outcome();
          assertThat(behaviour(made.outcome())).containsAll(behaviour(restricted));
        });
  }

  @Test
  void whatIsReportedFollowsFromWhatMayHappen() {
    forRandomCases(
        5,
        made -> {
          Outcome outcome = made.outcome();
          for (ModelWarning warning : outcome.warnings()) {
            assertThat(outcome.may()).contains(Effect.WARN);
            assertThat(warning.fact().holdsIn(made.model().version())).isTrue();
          }
          assertThat(outcome.facts()).doesNotHaveDuplicates();
          assertThat(outcome.facts())
              .allMatch(fact -> fact.holdsIn(made.model().version()), "holds in this version");
          boolean reclaims = outcome.may().contains(Effect.DIRECT_RECLAIM);
          assertThat(outcome.may().contains(Effect.SLEEP) || !reclaims).isTrue();
          for (Violation violation :
              made.model().violations(made.request(), made.context(), outcome)) {
            assertThat(violation.why()).endsWith(".").doesNotContain("\n");
            assertThat(violation.facts()).isNotEmpty();
            assertThat(violation.kind()).isNotEqualTo(Violation.Kind.SLEEPS_IN_ATOMIC);
          }
        });
  }

  @Test
  void aSpellingOfAMaskIsThatMask() {
    forRandomCases(
        6,
        made -> {
          GfpMask mask = made.request().mask();
          assertThat(made.model().parseMask(made.model().describe(mask)).mask()).isEqualTo(mask);
          assertThat(made.model().parseMask(mask.toString()).mask()).isEqualTo(mask);
        });
  }

  @Test
  void bothSpellingsOfAnAllocatorDoTheSame() {
    forRandomCases(
        7,
        made ->
            assertThat(made.model().api(made.request().api().name() + "_noprof"))
                .contains(made.request().api()));
  }

  @Test
  void nestedScopesEndAsTheyBegan() {
    Random random = new Random(8);
    for (int i = 0; i < TRIES; i++) {
      AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(any(random, VERSIONS)));
      Set<ScopeKind> open = EnumSet.noneOf(ScopeKind.class);
      if (random.nextBoolean()) {
        open.add(any(random, List.of(ScopeKind.values())));
      }
      nest(model, open, random, 4);
    }
  }

  private static void nest(AllocatorModel model, Set<ScopeKind> open, Random random, int depth) {
    if (depth == 0) {
      return;
    }
    ScopeKind kind = any(random, List.of(ScopeKind.values()));
    ScopeSave saved = model.save(open, kind);
    assertThat(saved.open()).contains(kind).containsAll(open);
    nest(model, saved.open(), random, depth - 1);
    assertThat(model.restore(saved.open(), kind, saved.cookie())).isEqualTo(open);
  }
}
