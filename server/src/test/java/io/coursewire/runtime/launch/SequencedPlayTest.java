package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import io.coursewire.packages.PackageVersions;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.launch.LaunchOutcome.Created;
import io.coursewire.runtime.launch.LaunchRequest.AttemptChoice;
import io.coursewire.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// SCORM 2004 from a launch link to the attempts' status, with sequencing deciding what is delivered.
class SequencedPlayTest {
    private static final String FLOW = "<sequencing><controlMode flow=\"true\"/></sequencing>";

    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
    private final List<Announcer.Announcement> announced = new ArrayList<>();
    private final PackageVersions packages = new PackageVersions(database.jdbi());
    private final LaunchAddresses addresses =
            new LaunchAddresses(
                    "http://content.example",
                    new LaunchTokens(
                            (purpose, message) ->
                                    (purpose + new String(message, StandardCharsets.UTF_8))
                                            .getBytes(StandardCharsets.UTF_8)));
    private final RecordReport recordReport =
            new RecordReport(
                    database.jdbi(),
                    new Announcer() {
                        @Override
                        public void announce(Handle db, List<Announcement> announcements) {
                            announced.addAll(announcements);
                        }

                        @Override
                        public void committed() {}
                    },
                    clock);
    private final CreateLaunch createLaunch =
            new CreateLaunch(database.jdbi(), packages, new StartAttempt(clock), addresses, clock);
    private final OpenSession openSession =
            new OpenSession(database.jdbi(), packages, recordReport, addresses.tokens(), clock);
    private final RecordCommits recordCommits =
            new RecordCommits(database.jdbi(), packages, recordReport, clock);

    private GivenCourse course = given("<sco id=\"one\"></sco>");

    @Test
    void a_course_of_one_item_is_played_to_its_end_and_told() {
        var created = launch();
        var opened = ready(open(created));
        assertThat(opened.speaks()).contains("scorm2004");
        assertThat(opened.course().navigation()).isPresent();
        assertThat(opened.elements())
                .containsEntry("cmi.entry", "ab-initio")
                .containsEntry("cmi.learner_name", "Lovelace, Ada");
        finish(
                created,
                opened,
                Map.of("cmi.completion_status", "completed", "cmi.success_status", "passed"));
        assertThat((OpenOutcome.Ended) navigate(created, "content"))
                .returns(Optional.of("passed"), OpenOutcome.Ended::status);
        assertThat(types())
                .startsWith("attempt.started")
                .endsWith("attempt.completed", "activity.completed");
        assertThat(last("attempt.completed").get("status").stringValue()).isEqualTo("passed");
        assertThat(open(created)).isInstanceOf(OpenOutcome.AlreadyFinished.class);
        var second = launch();
        assertThat(second.attemptNumber()).contains(2);
        assertThat(ready(open(second)).elements()).containsEntry("cmi.entry", "ab-initio");
    }

    @Test
    void suspended_content_goes_on_with_its_data_in_the_same_attempt() {
        var first = launch();
        finish(
                first,
                ready(open(first)),
                Map.of("cmi.exit", "suspend", "cmi.location", "7", "cmi.suspend_data", "x"));
        assertThat(navigate(first, "content")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(last("attempt.updated").get("status").stringValue()).isEqualTo("suspended");
        var second = launch();
        assertThat(second.attempt()).isEqualTo(first.attempt());
        assertThat(ready(open(second)).elements())
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.location", "7")
                .containsEntry("cmi.suspend_data", "x");
    }

    @Test
    void a_page_that_vanished_is_gone_on_with() {
        var created = launch();
        var opened = ready(open(created));
        commit(created, opened, Map.of("cmi.location", "3"), false);
        assertThat(ready(open(created)).elements())
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.location", "3");
        assertThat(types()).containsOnlyOnce("attempt.started");
    }

    @Test
    void content_leads_on_and_each_item_has_its_own_attempt() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        var one = ready(open(created));
        assertThat(one.item()).isEqualTo(course.items().getFirst());
        finish(
                created,
                one,
                Map.of("adl.nav.request", "continue", "cmi.completion_status", "completed"));
        var two = ready(navigate(created, "content"));
        assertThat(two.item()).isEqualTo(course.items().getLast());
        assertThat(two.course().contents())
                .extracting(line -> line.status().orElse(""))
                .containsExactly("", "completed", "active");
        finish(created, two, Map.of("cmi.completion_status", "incomplete"));
        assertThat(navigate(created, "exitAll")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(last("attempt.updated").get("status").stringValue()).isEqualTo("incomplete");
        var again = ready(open(launch()));
        assertThat(again.item()).isEqualTo(course.items().getFirst());
        assertThat(last("attempt.started").get("attemptNumber").intValue()).isEqualTo(2);
    }

    @Test
    void a_request_whose_answer_was_lost_is_met_once_however_often_it_is_made() {
        course =
                given(
                        "<sco id=\"one\"></sco><sco id=\"two\"></sco><sco id=\"three\"></sco>"
                                + FLOW);
        var created = launch();
        var one = ready(open(created));
        finish(created, one, Map.of("adl.nav.request", "continue"));
        for (int tries = 0; tries < 3; tries++) {
            assertThat(ready(navigate(created, "content", one)).item())
                    .isEqualTo(course.items().get(1));
        }
        var two = ready(open(created));
        for (int tries = 0; tries < 3; tries++) {
            assertThat(ready(navigate(created, "continue", two)).item())
                    .isEqualTo(course.items().getLast());
        }
        var three = ready(open(created));
        for (int tries = 0; tries < 3; tries++) {
            assertThat(navigate(created, "suspendAll", three))
                    .isInstanceOf(OpenOutcome.Ended.class);
        }
        assertThat(types().stream().filter("attempt.started"::equals)).hasSize(3);
        assertThat(ready(open(launch())).item()).isEqualTo(course.items().getLast());
    }

    @Test
    void who_has_left_hears_what_the_course_came_to_and_whether_it_goes_on() {
        assertThat(left("suspendAll", Map.of()))
                .returns(Optional.empty(), OpenOutcome.Ended::status)
                .returns(true, OpenOutcome.Ended::goesOn);
        assertThat(left("exitAll", Map.of("cmi.completion_status", "incomplete")))
                .returns(Optional.empty(), OpenOutcome.Ended::status)
                .returns(false, OpenOutcome.Ended::goesOn);
        assertThat(
                        left(
                                "exitAll",
                                Map.of(
                                        "cmi.completion_status",
                                        "completed",
                                        "cmi.success_status",
                                        "failed")))
                .returns(Optional.of("failed"), OpenOutcome.Ended::status)
                .returns(false, OpenOutcome.Ended::goesOn);
    }

    /// What a participant is told who leaves a new course of two items from its second one.
    private OpenOutcome.Ended left(String request, Map<String, String> reported) {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        finish(created, ready(open(created)), reported);
        finish(created, ready(navigate(created, "continue")), reported);
        return (OpenOutcome.Ended) navigate(created, request);
    }

    @Test
    void a_reload_after_the_end_of_a_course_begins_nothing_and_a_new_link_begins_it_again() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        var completed = Map.of("cmi.completion_status", "completed");
        finish(created, ready(open(created)), completed);
        finish(created, ready(navigate(created, "continue")), completed);
        assertThat(navigate(created, "exitAll")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(open(created)).isInstanceOf(OpenOutcome.AlreadyFinished.class);
        assertThat(types().stream().filter("attempt.started"::equals)).hasSize(2);
        var again = launch();
        assertThat(ready(open(again)).item()).isEqualTo(course.items().getFirst());
        assertThat(ready(open(again)).item()).isEqualTo(course.items().getFirst());
    }

    @Test
    void suspending_the_course_resumes_at_the_same_item() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        finish(created, ready(open(created)), Map.of("cmi.location", "1"));
        var two = ready(navigate(created, "continue"));
        commit(created, two, Map.of("cmi.location", "2"), false);
        assertThat(navigate(created, "suspendAll")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(last("attempt.updated").get("status").stringValue()).isEqualTo("suspended");
        var resumed = ready(open(launch()));
        assertThat(resumed.item()).isEqualTo(two.item());
        assertThat(resumed.elements()).containsEntry("cmi.location", "2");
    }

    @Test
    void leaving_the_course_for_good_keeps_what_content_in_it_suspended() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        finish(created, ready(open(created)), Map.of("cmi.exit", "normal"));
        var two = ready(navigate(created, "continue"));
        commit(created, two, Map.of("cmi.exit", "suspend", "cmi.suspend_data", "x"), false);
        assertThat(navigate(created, "exitAll")).isInstanceOf(OpenOutcome.Ended.class);
        var second = launch();
        assertThat(ready(open(second)).item()).isEqualTo(course.items().getFirst());
        assertThat(last("attempt.started").get("attemptNumber").intValue()).isEqualTo(2);
        assertThat(ready(navigate(second, "continue")).elements())
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.suspend_data", "x");
        assertThat(types().stream().filter("attempt.started"::equals)).hasSize(3);
    }

    @Test
    void content_that_suspends_and_leaves_for_good_goes_on_in_its_attempt() {
        var first = launch();
        finish(
                first,
                ready(open(first)),
                Map.of("cmi.exit", "suspend", "cmi.location", "7", "adl.nav.request", "exitAll"));
        assertThat(navigate(first, "content")).isInstanceOf(OpenOutcome.Ended.class);
        var second = launch();
        assertThat(second.attempt()).isEqualTo(first.attempt());
        assertThat(ready(open(second)).elements())
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.location", "7");
        assertThat(launch(AttemptChoice.NEW).attemptNumber()).contains(2);
    }

    @Test
    void what_cannot_be_met_is_refused_in_words_and_what_is_no_request_is_none() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        finish(created, ready(open(created)), Map.of());
        assertThat(navigate(created, "content")).isInstanceOf(OpenOutcome.Waiting.class);
        var refused = (OpenOutcome.Waiting) navigate(created, "{target=none}choice");
        assertThat(refused.refusal()).isPresent();
        assertThat(navigate(created, "dance")).isInstanceOf(OpenOutcome.NoSuchRequest.class);
        assertThat(ready(navigate(created, "continue")).item()).isEqualTo(course.items().getLast());
    }

    @Test
    void the_course_as_a_whole_is_offered_where_anything_in_it_is() {
        var flow = "<sequencing><controlMode flow=\"true\" choice=\"%s\"/></sequencing>";
        var part =
                "<part id=\"p\"><sco id=\"one\"></sco><sco id=\"two\"></sco>"
                        + flow
                        + "</part>"
                        + flow;
        course = given(part.formatted("true", "false"));
        assertThat(ready(open(launch())).course().contents())
                .extracting(Course.Line::identifier)
                .containsExactly("course", "p", "one", "two");
        course = given(part.formatted("false", "false"));
        assertThat(ready(open(launch())).course().contents())
                .extracting(Course.Line::identifier)
                .containsExactly("p", "one", "two");
    }

    @Test
    void what_content_has_said_so_far_counts_for_where_it_may_lead() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        var opened = ready(open(created));
        assertThat(
                        openSession.navigationAfter(
                                saying(
                                        created,
                                        opened,
                                        Map.of("cmi.location", "1", "cmi.score.scaled", "0.5"))))
                .isEmpty();
        var request = saying(created, opened, Map.of("cmi.completion_status", "completed"));
        recordCommits.record(List.of(request));
        var navigation = openSession.navigationAfter(request).orElseThrow().navigation();
        assertThat(navigation.orElseThrow().valid().continues()).isTrue();
        assertThat(navigation.orElseThrow().valid().previous()).isFalse();
    }

    @Test
    void a_score_counts_for_where_it_may_lead_where_a_measure_decides() {
        course =
                given(
                        "<sco id=\"one\"></sco><sco id=\"two\"><sequencing><objectives>"
                                + "<primaryObjective objectiveID=\"p\" satisfiedByMeasure=\"true\"/>"
                                + "</objectives></sequencing></sco>"
                                + FLOW);
        var created = launch();
        var request = saying(created, ready(open(created)), Map.of("cmi.score.scaled", "0.5"));
        recordCommits.record(List.of(request));
        assertThat(openSession.navigationAfter(request)).isPresent();
    }

    @Test
    void content_that_is_left_for_good_begins_anew_in_the_next_attempt() {
        var first = launch();
        finish(first, ready(open(first)), Map.of("cmi.completion_status", "incomplete"));
        assertThat(navigate(first, "content")).isInstanceOf(OpenOutcome.Ended.class);
        var second = launch();
        assertThat(second.attemptNumber()).contains(2);
        assertThat(second.attempt()).isNotEqualTo(first.attempt());
        assertThat(ready(open(second)).elements()).containsEntry("cmi.entry", "ab-initio");
        assertThat(last("attempt.started").get("attemptId").stringValue())
                .isEqualTo(second.attempt().orElseThrow().toString());
    }

    @Test
    void left_for_good_with_the_browser_it_begins_anew_too() {
        var first = launch();
        finish(first, ready(open(first)), Map.of("cmi.completion_status", "incomplete"));
        var second = launch();
        assertThat(second.attemptNumber()).contains(2);
        assertThat(ready(open(second)).elements()).containsEntry("cmi.entry", "ab-initio");
    }

    @Test
    void a_reload_after_the_end_of_content_that_suspends_says_that_it_is_finished() {
        var created = launch();
        finish(
                created,
                ready(open(created)),
                Map.of("cmi.completion_status", "completed", "cmi.exit", "suspend"));
        assertThat(navigate(created, "content")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(open(created)).isInstanceOf(OpenOutcome.AlreadyFinished.class);
        assertThat(launch().attemptNumber()).contains(2);
    }

    @Test
    void an_item_that_is_through_can_be_gone_back_to() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch(Optional.of(course.items().getFirst()));
        finish(
                created,
                ready(open(created)),
                Map.of("cmi.completion_status", "completed", "cmi.exit", "suspend"));
        assertThat(ready(navigate(created, "continue")).item()).isEqualTo(course.items().getLast());
        var back = ready(navigate(created, "previous"));
        assertThat(back.item()).isEqualTo(course.items().getFirst());
        assertThat(back.elements()).containsEntry("cmi.completion_status", "completed");
    }

    @Test
    void a_course_of_several_items_stands_as_its_root_does() {
        course = given("<sco id=\"one\"></sco><sco id=\"two\"></sco>" + FLOW);
        var created = launch();
        var passed = Map.of("cmi.completion_status", "completed", "cmi.success_status", "passed");
        finish(created, ready(open(created)), with(passed, "cmi.score.scaled", "1.0"));
        var two = ready(navigate(created, "continue"));
        assertThat(types()).doesNotContain("activity.completed");
        // Its window is closed: no request comes after this.
        finish(created, two, with(passed, "cmi.score.scaled", "0.5"));
        assertThat(types()).endsWith("attempt.completed", "activity.completed");
        assertThat(last("activity.completed").get("status").stringValue()).isEqualTo("passed");
        assertThat(last("activity.completed").get("scoreScaled").decimalValue())
                .isEqualByComparingTo("0.75");
        assertThat(ready(open(launch())).item()).isEqualTo(course.items().getFirst());
        assertThat(last("attempt.started").get("attemptNumber").intValue()).isEqualTo(2);
    }

    @Test
    void what_a_course_does_not_wait_for_does_not_hold_up_its_end() {
        course =
                given(
                        "<sco id=\"one\"></sco><sco id=\"more\"><sequencing><rollupRules rollupObjectiveSatisfied=\"false\""
                                + " rollupProgressCompletion=\"false\" objectiveMeasureWeight=\"0\"/></sequencing></sco>"
                                + FLOW);
        var created = launch();
        finish(
                created,
                ready(open(created)),
                Map.of("cmi.completion_status", "completed", "cmi.success_status", "failed"));
        assertThat(navigate(created, "exitAll")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(types()).containsOnlyOnce("activity.completed");
        assertThat(last("activity.completed").get("status").stringValue()).isEqualTo("failed");
        assertThat(last("activity.completed").get("scoreScaled").isNull()).isTrue();
    }

    @Test
    void what_content_said_last_counts_in_the_next_way_through_the_course() {
        course =
                given(
                        """
                        <sco id="intro"><sequencing><sequencingRules><preConditionRule><ruleConditions>
                        <ruleCondition referencedObjective="seen" condition="satisfied"/></ruleConditions>
                        <ruleAction action="skip"/></preConditionRule></sequencingRules><objectives><primaryObjective/>
                        <objective objectiveID="seen"><mapInfo targetObjectiveID="global"/></objective></objectives></sequencing></sco>
                        <sco id="exam"><sequencing><objectives><primaryObjective objectiveID="o">
                        <mapInfo targetObjectiveID="global" writeSatisfiedStatus="true"/></primaryObjective></objectives></sequencing></sco>
                        """
                                + FLOW);
        var first = launch();
        finish(first, ready(open(first)), Map.of());
        finish(first, ready(navigate(first, "continue")), Map.of("cmi.success_status", "passed"));
        // Its window is closed: sequencing has not heard of it when the participant comes again.
        var second = launch(AttemptChoice.NEW);
        assertThat(ready(open(second)).item()).isEqualTo(course.items().getLast());
    }

    private static Map<String, String> with(
            Map<String, String> elements, String name, String value) {
        var all = new HashMap<>(elements);
        all.put(name, value);
        return all;
    }

    private static GivenCourse given(String body) {
        return GivenCourse.scorm2004(database.jdbi(), Manifests.organization(body));
    }

    private Created launch() {
        return launch(Optional.empty(), AttemptChoice.RESUME_OR_NEW);
    }

    private Created launch(Optional<ItemId> item) {
        return launch(item, AttemptChoice.RESUME_OR_NEW);
    }

    private Created launch(AttemptChoice attempt) {
        return launch(Optional.empty(), attempt);
    }

    private Created launch(Optional<ItemId> item, AttemptChoice attempt) {
        return (Created)
                createLaunch.create(
                        course.client(),
                        new LaunchRequest(
                                course.user(),
                                course.activity(),
                                item,
                                attempt,
                                Mode.NORMAL,
                                Optional.empty(),
                                LaunchRequest.VALID_DEFAULT));
    }

    private OpenOutcome open(Created created) {
        return openSession.open(token(created), Optional.empty());
    }

    private OpenOutcome navigate(Created created, String request) {
        return openSession.navigate(token(created), request, Optional.empty());
    }

    private OpenOutcome navigate(Created created, String request, Opened from) {
        return openSession.navigate(token(created), request, Optional.of(from.session()));
    }

    private String token(Created created) {
        return addresses.tokens().play(course.client(), created.id());
    }

    private static Opened ready(OpenOutcome outcome) {
        assertThat(outcome).isInstanceOf(OpenOutcome.Ready.class);
        return ((OpenOutcome.Ready) outcome).opened();
    }

    private void finish(Created created, Opened opened, Map<String, String> elements) {
        commit(created, opened, elements, true);
    }

    private void commit(
            Created created, Opened opened, Map<String, String> elements, boolean finish) {
        var commit =
                new Commit(
                        1,
                        new Change(elements, clock.instant(), ZoneOffset.UTC),
                        List.of(),
                        finish,
                        false);
        var request =
                new CommitRequest(course.client(), created.id(), opened.session(), List.of(commit));
        assertThat(recordCommits.record(List.of(request)).getFirst())
                .isInstanceOf(CommitOutcome.Acknowledged.class);
    }

    private CommitRequest saying(Created created, Opened opened, Map<String, String> elements) {
        var change = new Change(elements, clock.instant(), ZoneOffset.UTC);
        return new CommitRequest(
                course.client(),
                created.id(),
                opened.session(),
                List.of(new Commit(1, change, List.of(), false, false)));
    }

    private List<String> types() {
        return announced.stream().map(Announcer.Announcement::type).toList();
    }

    private JsonNode last(String type) {
        return Json.MAPPER.readTree(
                announced.stream().filter(a -> a.type().equals(type)).toList().getLast().payload());
    }
}
