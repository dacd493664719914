package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, String> recent = new Recent<>(2);

    @Test
    void what_was_used_longest_ago_goes_first() {
        recent.put("a", "1");
        recent.put("b", "2");
        recent.get("a");
        recent.put("c", "3");
        assertThat(recent.get("b")).isEmpty();
        assertThat(recent.get("a")).contains("1");
        assertThat(recent.get("c")).contains("3");
    }

    @Test
    void what_is_replaced_takes_no_more_room() {
        recent.put("a", "1");
        recent.put("b", "2");
        recent.put("b", "3");
        assertThat(recent.get("a")).contains("1");
        assertThat(recent.get("b")).contains("3");
    }

    @Test
    void what_is_heavy_takes_the_room_of_several() {
        var texts = new Recent<String, String>(10, String::length);
        texts.put("a", "1234");
        texts.put("b", "1234");
        texts.put("c", "12345");
        assertThat(texts.get("a")).isEmpty();
        assertThat(texts.get("b")).contains("1234");
        texts.put("d", "heavier than all");
        assertThat(texts.get("d")).isEmpty();
        assertThat(texts.get("c")).contains("12345");
        texts.put("b", "1");
        texts.put("a", "1234");
        assertThat(texts.get("c")).as("there is room for all").contains("12345");
    }

    @Test
    void it_is_read_once_and_absence_each_time() {
        assertThat(recent.get("a", Optional::empty)).isEmpty();
        assertThat(recent.get("a", () -> Optional.of("read"))).contains("read");
        assertThat(recent.get("a", () -> Optional.of("again"))).contains("read");
    }
}
