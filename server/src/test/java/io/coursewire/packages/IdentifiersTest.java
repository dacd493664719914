package io.coursewire.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.coursewire.packages.xml.ReadXml;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Each item has an identifier of its own, however many had the same.
class IdentifiersTest {
    private final Warnings warnings = new Warnings();
    private final Identifiers identifiers = new Identifiers(warnings);

    @Test
    void a_number_that_is_taken_is_passed_over() {
        var items =
                "<item identifier='a'/><item identifier='a~2'/>"
                        + "<item identifier='a'/>".repeat(2);
        var root = ReadXml.read(("<x>" + items + "</x>").getBytes(UTF_8), "m.xml", warnings);
        assertThat(root.children()).map(identifiers::of).containsExactly("a", "a~2", "a~3", "a~4");
    }

    @Test
    void thousands_of_one_name_are_not_counted_through_for_each() {
        var xml = "<x>" + "<item identifier='a'/>".repeat(8_000) + "</x>";
        var root = ReadXml.read(xml.getBytes(UTF_8), "m.xml", warnings);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        root.children().forEach(identifiers::of);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
        assertThat(warnings.list()).hasSize(Warnings.LISTED_PER_CODE_MAX + 1);
    }
}
