package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, String> recent = new Recent<>(10, String::length);

    @Test
    void what_was_used_longest_ago_goes_first() {
        recent.put("a", "xxxx");
        recent.put("b", "xxxx");
        recent.get("a");
        recent.put("c", "xx");
        recent.put("d", "x");
        assertThat(recent.get("b")).isEmpty();
        assertThat(recent.get("a")).contains("xxxx");
        assertThat(recent.get("c")).contains("xx");
        assertThat(recent.get("d")).contains("x");
    }

    @Test
    void what_is_replaced_or_forgotten_weighs_nothing_any_more() {
        recent.put("a", "xxxxxx");
        recent.put("a", "x");
        recent.put("b", "xxxxxxxxx");
        assertThat(recent.get("a")).contains("x");
        recent.forget("b");
        recent.forget("never kept");
        recent.put("c", "xxxxxxxxx");
        assertThat(recent.get("a")).contains("x");
    }

    @Test
    void what_weighs_more_than_all_is_not_kept() {
        recent.put("a", "xxxxxxxxxxx");
        assertThat(recent.get("a")).isEmpty();
        recent.put("b", "x");
        assertThat(recent.get("b")).contains("x");
    }

    @Test
    void it_is_read_once_and_absence_each_time() {
        assertThat(recent.get("a", Optional::empty)).isEmpty();
        assertThat(recent.get("a", () -> Optional.of("read"))).contains("read");
        assertThat(recent.get("a", () -> Optional.of("again"))).contains("read");
    }
}
