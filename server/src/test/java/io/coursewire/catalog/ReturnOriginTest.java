package io.coursewire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ClientId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReturnOriginTest {
    private static final Client CLIENT =
            new Client(
                    new ClientId("companyxyz"),
                    "Company XYZ",
                    new Language("en"),
                    Stream.of("https://lms.example", "http://localhost:3000")
                            .map(text -> ReturnOrigin.parse(text).orElseThrow())
                            .toList(),
                    ClientSettings.DEFAULT);

    @Test
    void an_origin_has_one_spelling() {
        for (var text :
                List.of("https://LMS.example", "HTTPS://lms.example/", "https://lms.example:443")) {
            assertThat(ReturnOrigin.parse(text))
                    .as(text)
                    .contains(new ReturnOrigin("https://lms.example"));
        }
    }

    @Test
    void more_or_less_than_an_origin_is_none() {
        for (var text :
                List.of(
                        "lms.example",
                        "https://",
                        "https://lms.example/path",
                        "https://lms.example?x",
                        "https://lms.example#x",
                        "https://user@lms.example",
                        "ftp://lms.example",
                        "javascript:alert(1)",
                        "https://*.example",
                        "*")) {
            assertThat(ReturnOrigin.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_return_goes_to_the_same_origin_only() {
        assertThat(ReturnOrigin.of("https://lms.example/course?done=1#top"))
                .isEqualTo(ReturnOrigin.parse("https://LMS.example:443"));
        assertThat(ReturnOrigin.of("http://localhost:3000/"))
                .isEqualTo(ReturnOrigin.parse("http://localhost:3000"));
        for (var url :
                List.of(
                        "http://lms.example/",
                        "https://lms.example:8443/",
                        "https://lms.example.evil.example/",
                        "https://lms.example@evil.example/",
                        "https://evil.example\\@lms.example/",
                        "//lms.example/",
                        "/course",
                        "javascript:alert(1)//https://lms.example")) {
            assertThat(ReturnOrigin.of(url))
                    .as(url)
                    .isNotEqualTo(ReturnOrigin.parse("https://lms.example"));
        }
    }
}
