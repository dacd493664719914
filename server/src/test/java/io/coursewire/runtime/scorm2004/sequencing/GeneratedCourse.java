package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ChildSet;
import io.coursewire.packages.scorm2004.Combination;
import io.coursewire.packages.scorm2004.CompletionThreshold;
import io.coursewire.packages.scorm2004.Condition;
import io.coursewire.packages.scorm2004.Content;
import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.packages.scorm2004.DeliveryControls;
import io.coursewire.packages.scorm2004.Item;
import io.coursewire.packages.scorm2004.LaunchData;
import io.coursewire.packages.scorm2004.LimitConditions;
import io.coursewire.packages.scorm2004.Objective;
import io.coursewire.packages.scorm2004.ObjectiveMap;
import io.coursewire.packages.scorm2004.ObjectiveValue;
import io.coursewire.packages.scorm2004.Organization;
import io.coursewire.packages.scorm2004.Presentation;
import io.coursewire.packages.scorm2004.Randomization;
import io.coursewire.packages.scorm2004.Randomization.Timing;
import io.coursewire.packages.scorm2004.Rollup;
import io.coursewire.packages.scorm2004.RollupConsiderations;
import io.coursewire.packages.scorm2004.RollupConsiderations.Required;
import io.coursewire.packages.scorm2004.RollupRule;
import io.coursewire.packages.scorm2004.RollupRule.RollupCondition;
import io.coursewire.packages.scorm2004.RuleCondition;
import io.coursewire.packages.scorm2004.Sequencing;
import io.coursewire.packages.scorm2004.SequencingRule;
import io.coursewire.packages.scorm2004.SequencingRule.Action;
import io.coursewire.packages.scorm2004.SequencingRule.Kind;
import io.coursewire.packages.scorm2004.SequencingRules;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Courses at random: every control, rule, map and limit of the model, in trees of all shapes. The same seed makes the same course.
final class GeneratedCourse {
    private static final int MAX_DEPTH = 4;
    private static final String[] GLOBALS = {"g1", "g2", "g3"};
    private static final List<String> LOCALS = List.of("o1", "o2");

    private final SplittableRandom random;
    private final boolean leadsAstray;
    private int items;

    private GeneratedCourse(long seed, boolean leadsAstray) {
        random = new SplittableRandom(seed);
        this.leadsAstray = leadsAstray;
    }

    /// @param leadsAstray with exit rules and post conditions, by which a request can come out otherwise than it says
    static ActivityTree of(long seed, boolean leadsAstray) {
        var course = new GeneratedCourse(seed, leadsAstray);
        var root = course.item(0);
        return ActivityTree.of(
                new Organization(
                        root,
                        Map.of("und", "Course"),
                        "und",
                        course.chance(50),
                        course.chance(50)));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(T[] constants) {
        return constants[random.nextInt(constants.length)];
    }

    private <T> List<T> some(int max, Supplier<T> make) {
        return Stream.generate(make).limit(random.nextInt(max + 1)).toList();
    }

    private double tenth(int from, int to) {
        return random.nextInt(from, to + 1) / 10.0;
    }

    private Item item(int depth) {
        var identifier = "i" + items++;
        var leaf = depth == MAX_DEPTH || depth > 0 && chance(55);
        var children =
                leaf
                        ? List.<Item>of()
                        : Stream.generate(() -> item(depth + 1))
                                .limit(random.nextInt(1, 6))
                                .toList();
        return new Item(identifier, identifier, content(leaf), sequencing(), children);
    }

    private Content content(boolean leaf) {
        var launch =
                leaf
                        ? Optional.of(new Content.Launch("sco.html", chance(90)))
                        : Optional.<Content.Launch>empty();
        var buckets =
                some(2, () -> new LaunchData.SharedData(one(GLOBALS), chance(70), chance(70)));
        return new Content(
                launch,
                new LaunchData("", Optional.empty(), buckets),
                new CompletionThreshold(chance(20), tenth(0, 10), tenth(0, 10)),
                new Presentation(chance(90), EnumSet.noneOf(Presentation.Control.class)));
    }

    private Sequencing sequencing() {
        var controls = EnumSet.noneOf(ControlMode.class);
        for (var mode : ControlMode.values()) {
            if (chance(likely(mode))) {
                controls.add(mode);
            }
        }
        return new Sequencing(controls, rules(), rollup(), objectives(), delivery());
    }

    private static int likely(ControlMode mode) {
        return switch (mode) {
            case CHOICE, FLOW -> 80;
            case CHOICE_EXIT,
                    USE_CURRENT_ATTEMPT_OBJECTIVE_INFO,
                    USE_CURRENT_ATTEMPT_PROGRESS_INFO ->
                    85;
            case FORWARD_ONLY, PREVENT_ACTIVATION, CONSTRAIN_CHOICE -> 12;
        };
    }

    private SequencingRules rules() {
        return new SequencingRules(
                some(2, () -> rule(Kind.PRECONDITION)),
                leadsAstray ? some(1, () -> rule(Kind.EXIT)) : List.of(),
                leadsAstray ? some(2, () -> rule(Kind.POSTCONDITION)) : List.of());
    }

    private SequencingRule rule(Kind kind) {
        var actions =
                Arrays.stream(Action.values())
                        .filter(action -> action.kind() == kind)
                        .toArray(Action[]::new);
        return new SequencingRule(
                one(actions), one(Combination.values()), some(3, this::condition));
    }

    private RuleCondition condition() {
        var objective = chance(50) ? "" : LOCALS.get(random.nextInt(2));
        return new RuleCondition(one(Condition.values()), chance(30), objective, tenth(-10, 10));
    }

    private Rollup rollup() {
        var considerations =
                new RollupConsiderations(
                        one(Required.values()),
                        one(Required.values()),
                        one(Required.values()),
                        one(Required.values()),
                        chance(80));
        return new Rollup(
                some(2, this::rollupRule), chance(85), chance(85), tenth(0, 10), considerations);
    }

    private RollupRule rollupRule() {
        ChildSet set =
                switch (random.nextInt(5)) {
                    case 0 -> new ChildSet.All();
                    case 1 -> new ChildSet.Any();
                    case 2 -> new ChildSet.None();
                    case 3 -> new ChildSet.AtLeastCount(random.nextInt(4));
                    default -> new ChildSet.AtLeastPercent(tenth(0, 10));
                };
        var conditions = some(2, () -> new RollupCondition(rollupCondition(), chance(30)));
        return new RollupRule(
                one(RollupRule.Action.values()), set, one(Combination.values()), conditions);
    }

    private Condition rollupCondition() {
        return one(
                new Condition[] {
                    Condition.SATISFIED,
                    Condition.OBJECTIVE_STATUS_KNOWN,
                    Condition.OBJECTIVE_MEASURE_KNOWN,
                    Condition.COMPLETED,
                    Condition.ACTIVITY_PROGRESS_KNOWN,
                    Condition.ATTEMPTED,
                    Condition.ATTEMPT_LIMIT_EXCEEDED
                });
    }

    private List<Objective> objectives() {
        var primary = objective(chance(50) ? "" : "p", true);
        return Stream.concat(
                        Stream.of(primary),
                        LOCALS.stream().filter(_ -> chance(40)).map(id -> objective(id, false)))
                .toList();
    }

    private Objective objective(String identifier, boolean primary) {
        return new Objective(identifier, primary, chance(20), tenth(-10, 10), some(2, this::map));
    }

    private ObjectiveMap map() {
        var reads = EnumSet.noneOf(ObjectiveValue.class);
        var writes = EnumSet.noneOf(ObjectiveValue.class);
        for (var value : ObjectiveValue.values()) {
            if (chance(50)) {
                reads.add(value);
            }
            if (chance(30)) {
                writes.add(value);
            }
        }
        return new ObjectiveMap(one(GLOBALS), reads, writes);
    }

    private DeliveryControls delivery() {
        var limit = chance(10) ? OptionalInt.of(random.nextInt(4)) : OptionalInt.empty();
        var randomization =
                chance(15)
                        ? new Randomization(
                                one(Timing.values()),
                                OptionalInt.of(random.nextInt(4)),
                                one(Timing.values()),
                                chance(70))
                        : new Randomization(Timing.NEVER, OptionalInt.empty(), Timing.NEVER, false);
        return new DeliveryControls(
                chance(90),
                chance(30),
                chance(30),
                new LimitConditions(limit, Optional.empty()),
                randomization);
    }
}
