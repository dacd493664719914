package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {
    private static final GroupCommit.Limits ONE_WORKER =
            new GroupCommit.Limits(1, 100, 10, Duration.ZERO);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        threads.close();
    }

    @Test
    void each_item_gets_its_own_outcome() throws Exception {
        try (var commit = commit(GroupCommit.Limits.DEFAULT, this::doubled)) {
            gate.countDown();
            var answers = submitAll(commit, 1, 1_000);
            for (int i = 0; i < 1_000; i++) {
                assertThat(answers.get(i).get()).isEqualTo(2 * (i + 1));
            }
        }
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(1_000);
    }

    @Test
    void what_gathers_while_a_batch_is_written_becomes_the_next_batch_up_to_its_maximum()
            throws Exception {
        try (var commit = commit(ONE_WORKER, this::doubled)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            var rest = submitAll(commit, 1, 25);
            until(() -> commit.queued() == 25);
            gate.countDown();
            for (var answer : rest) {
                answer.get();
            }
            assertThat(first.get()).isZero();
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 10, 10, 5);
    }

    @Test
    void a_lone_item_does_not_linger() {
        var limits = new GroupCommit.Limits(1, 100, 10, Duration.ofHours(1));
        gate.countDown();
        try (var commit = commit(limits, this::doubled)) {
            assertThat(commit.submit(21)).isEqualTo(42);
        }
    }

    @Test
    void a_batch_that_lingers_takes_in_what_comes_meanwhile() throws Exception {
        var limits = new GroupCommit.Limits(1, 100, 4, Duration.ofHours(1));
        try (var commit = commit(limits, this::doubled)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            submitAll(commit, 1, 2);
            until(() -> commit.queued() == 2);
            gate.countDown();
            first.get();
            // The batch of two would wait an hour; it is full with these.
            for (var answer : submitAll(commit, 3, 4)) {
                answer.get();
            }
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 4);
    }

    @Test
    void items_of_one_key_are_done_in_the_order_of_submission() throws Exception {
        Map<Integer, List<Integer>> seen = new ConcurrentHashMap<>();
        var limits = new GroupCommit.Limits(4, 2_000, 7, Duration.ZERO);
        Function<List<Integer>, List<Integer>> note =
                items -> {
                    items.forEach(i -> seen.computeIfAbsent(i % 10, _ -> synced()).add(i));
                    return items;
                };
        try (var commit = new GroupCommit<>("test", limits, i -> i % 10, note)) {
            var writers = new ArrayList<Future<?>>();
            for (int key = 0; key < 10; key++) {
                int start = key;
                writers.add(
                        threads.submit(
                                () -> {
                                    for (int i = start; i < 2_000; i += 10) {
                                        commit.submit(i);
                                    }
                                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(seen).hasSize(10);
        seen.values().forEach(order -> assertThat(order).hasSize(200).isSorted());
    }

    @Test
    void a_bad_item_fails_alone() throws Exception {
        try (var commit = commit(ONE_WORKER, this::refusingThirteen)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            var answers = submitAll(commit, 11, 15);
            until(() -> commit.queued() == 5);
            gate.countDown();
            first.get();
            assertThat(answers.get(0).get()).isEqualTo(22);
            assertThat(answers.get(1).get()).isEqualTo(24);
            assertThatThrownBy(answers.get(2)::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasRootCauseMessage("thirteen");
            assertThat(answers.get(3).get()).isEqualTo(28);
            assertThat(answers.get(4).get()).isEqualTo(30);
        }
    }

    @Test
    void an_error_of_the_work_reaches_the_caller_and_the_worker_goes_on() {
        gate.countDown();
        Function<List<Integer>, List<Integer>> work =
                items -> {
                    if (items.contains(13)) {
                        throw new StackOverflowError("deep");
                    }
                    return items;
                };
        try (var commit = commit(ONE_WORKER, work)) {
            assertThatThrownBy(() -> commit.submit(13)).isInstanceOf(StackOverflowError.class);
            assertThat(commit.submit(14)).isEqualTo(14);
        }
    }

    @Test
    void when_the_database_is_away_a_batch_fails_at_once_instead_of_one_by_one() throws Exception {
        Function<List<Integer>, List<Integer>> work =
                items -> {
                    doubled(items);
                    throw new IllegalStateException(new java.sql.SQLException("gone", "08006"));
                };
        try (var commit = commit(ONE_WORKER, work)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            var answers = submitAll(commit, 1, 5);
            until(() -> commit.queued() == 5);
            gate.countDown();
            assertThatThrownBy(first::get).hasRootCauseMessage("gone");
            for (var answer : answers) {
                assertThatThrownBy(answer::get).hasRootCauseMessage("gone");
            }
        }
        assertThat(batches).hasSize(2);
    }

    @Test
    void when_the_database_goes_while_items_are_tried_alone_the_rest_fail_with_the_first()
            throws Exception {
        Function<List<Integer>, List<Integer>> work =
                items -> {
                    doubled(items);
                    if (items.contains(3)) {
                        throw new IllegalStateException(
                                new java.sql.SQLException(
                                        "gone", items.size() == 1 ? "08006" : "22000"));
                    }
                    return items;
                };
        try (var commit = commit(ONE_WORKER, work)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            var answers = submitAll(commit, 1, 9);
            until(() -> commit.queued() == 9);
            gate.countDown();
            first.get();
            assertThat(answers.get(0).get()).isEqualTo(1);
            assertThat(answers.get(1).get()).isEqualTo(2);
            for (var answer : answers.subList(2, 9)) {
                assertThatThrownBy(answer::get).hasRootCauseMessage("gone");
            }
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 9, 1, 1, 1);
    }

    @Test
    void work_that_answers_with_too_few_outcomes_is_reported_and_not_repeated() {
        gate.countDown();
        try (var commit = commit(ONE_WORKER, items -> doubled(items).subList(1, items.size()))) {
            assertThatThrownBy(() -> commit.submit(1)).hasMessage("0 outcomes for a batch of 1");
        }
        assertThat(batches).hasSize(1);
    }

    @Test
    void a_full_queue_refuses_at_once() throws Exception {
        var limits = new GroupCommit.Limits(1, 3, 10, Duration.ZERO);
        try (var commit = commit(limits, this::doubled)) {
            var first = threads.submit(() -> commit.submit(0));
            until(() -> batches.size() == 1);
            var queued = submitAll(commit, 1, 3);
            until(() -> commit.queued() == 3);
            assertThatThrownBy(() -> commit.submit(4))
                    .isInstanceOf(Overloaded.class)
                    .hasMessageContaining("too many requests wait");
            gate.countDown();
            first.get();
            assertThat(queued.getFirst().get()).isEqualTo(2);
        }
    }

    @Test
    void close_finishes_what_is_queued_and_then_refuses() throws Exception {
        var commit = commit(ONE_WORKER, this::doubled);
        var first = threads.submit(() -> commit.submit(0));
        until(() -> batches.size() == 1);
        var queued = submitAll(commit, 1, 20);
        until(() -> commit.queued() == 20);
        var closing = threads.submit(commit::close);
        gate.countDown();
        closing.get();
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(21);
        assertThat(first.get()).isZero();
        for (int i = 0; i < 20; i++) {
            assertThat(queued.get(i).get()).isEqualTo(2 * (i + 1));
        }
        assertThatThrownBy(() -> commit.submit(1))
                .isInstanceOf(Overloaded.class)
                .hasMessageContaining("stopping");
    }

    @Test
    void closing_under_load_leaves_nobody_waiting_and_loses_nothing_that_was_answered()
            throws Exception {
        gate.countDown();
        for (int round = 0; round < 50; round++) {
            batches.clear();
            var commit = commit(new GroupCommit.Limits(2, 4, 3, Duration.ZERO), this::doubled);
            var answers = submitAll(commit, 1, 40);
            commit.close();
            int done = 0;
            for (var answer : answers) {
                try {
                    answer.get();
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Overloaded.class);
                }
            }
            assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(done);
        }
    }

    @Test
    void an_interrupted_caller_still_learns_its_outcome() throws Exception {
        try (var commit = commit(ONE_WORKER, this::doubled)) {
            var caller = new Thread[1];
            var answer =
                    threads.submit(
                            () -> {
                                caller[0] = Thread.currentThread();
                                int outcome = commit.submit(21);
                                return Thread.interrupted() ? outcome : -1;
                            });
            until(() -> batches.size() == 1);
            caller[0].interrupt();
            gate.countDown();
            assertThat(answer.get()).isEqualTo(42);
        }
    }

    private List<Integer> doubled(List<Integer> items) {
        batches.add(items);
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return items.stream().map(i -> 2 * i).toList();
    }

    private List<Integer> refusingThirteen(List<Integer> items) {
        if (items.contains(13)) {
            throw new IllegalArgumentException("thirteen");
        }
        return doubled(items);
    }

    private static GroupCommit<Integer, Integer> commit(
            GroupCommit.Limits limits, Function<List<Integer>, List<Integer>> work) {
        return new GroupCommit<>("test", limits, i -> i, work);
    }

    /// In order, from threads of their own: each is queued before the next begins.
    private List<Future<Integer>> submitAll(
            GroupCommit<Integer, Integer> commit, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> threads.submit(() -> commit.submit(i)))
                .toList();
    }

    private static List<Integer> synced() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
