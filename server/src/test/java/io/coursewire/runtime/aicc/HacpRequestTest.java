package io.coursewire.runtime.aicc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.runtime.Elements;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies as real content writes them.
class HacpRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "command=PutParam&version=4.0&session_id=s.1&aicc_data=x",
                "COMMAND=putparam&VERSION=2.2&SESSION_ID=s.1&AICC_DATA=x",
                "session_id=%20s.1%20&command=PUTPARAM&aicc_data=x",
                "command = PutParam &session_id=s.1&au_password=&aicc_data=x",
                "version=4.0&command=PutParam&aicc_data=x&session_id=s.1&",
                "command=PutParam&session_id=s.1&aicc_data=x&\r\n",
                "command=PutParam&x=1&session_id=s.1&lang=en us&aicc_data=x&nocache=17&",
            })
    void fields_are_found_in_any_case_and_order(String body) {
        var request = parse(body);
        assertThat(request.command()).contains(HacpCommand.PUT_PARAM);
        assertThat(request.sessionId()).isEqualTo("s.1");
        assertThat(request.data()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "command", "&&&", "=", "%", "command=Fly", "{\"command\":\"PutParam\"}"})
    void broken_bodies_ask_for_nothing(String body) {
        var request = parse(body);
        assertThat(request.command()).isEmpty();
        assertThat(request.changes(Elements.NONE)).isEmpty();
    }

    @Test
    void data_survives_however_content_encodes_it() {
        var data = "[Core_Lesson]\r\na+b = 100% & \u20ac \u00e9\t%zz";
        assertThat(parse("aicc_data=" + URLEncoder.encode(data, StandardCharsets.UTF_8)).data())
                .isEqualTo(data);
        assertThat(
                        parse(
                                        "aicc_data=%5BCore_Lesson%5D%0D%0Aa+b%20%3D%20100%25%20%26%20%u20AC%20%E9%09%25zz")
                                .data())
                .as("escape() mixes code pages, and leaves a plus alone")
                .contains("a+b = 100% & ")
                .endsWith("\t%zz");
        assertThat(parse("command=PutParam&aicc_data=" + data).data())
                .as("not encoded at all")
                .isEqualTo(data);
        assertThat(
                        HacpRequest.parse(
                                        "aicc_data=Gr%F6%DFe"
                                                .getBytes(Charset.forName("windows-1252")))
                                .data())
                .isEqualTo("Gr\u00f6\u00dfe");
    }

    @ParameterizedTest
    @CsvSource({
        "%5BCore_Lesson%5D%0D%0AqK+x/A%3D%3D, [Core_Lesson]\\r\\nqK+x/A==",
        "%5BCore_Lesson%5D%0D%0Aa+b@c, [Core_Lesson]\\r\\na+b@c",
        "[Core_Lesson]\\r\\na+b==, [Core_Lesson]\\r\\na+b==",
        "%5BCore_Lesson%5D%0D%0Aa+b%2F%2B%40, [Core_Lesson]\\r\\na b/+@",
        "%5BCore_Lesson%5D%0D%0Aa+b\\r\\n, [Core_Lesson]\\r\\na b\\r\\n",
    })
    void a_plus_is_a_blank_only_where_the_rest_is_encoded_as_forms_are(String raw, String data) {
        assertThat(parse("aicc_data=" + raw.translateEscapes()).data())
                .isEqualTo(data.translateEscapes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Core]\nLesson_Location=a&b=c",
                "Lesson_Location=a&b=c",
                "very well & good",
            })
    void an_ampersand_that_was_not_encoded_stays_data(String data) {
        assertThat(parse("command=PutParam&aicc_data=" + data).data()).isEqualTo(data);
    }

    @Test
    void an_ampersand_that_encodeURI_left_stays_data() {
        assertThat(parse("command=PutParam&aicc_data=%5BCore%5D%0D%0ALesson_Location=a&b=c").data())
                .isEqualTo("[Core]\r\nLesson_Location=a&b=c");
    }

    @Test
    void an_ampersand_in_records_that_encodeURI_left_stays_data() {
        assertThat(
                        parse(
                                        "command=PutComments&aicc_data=%22course_id%22,%22Tom%20&%20Jerry%22%0D%0A%22C1%22,%22x%22")
                                .data())
                .isEqualTo("\"course_id\",\"Tom & Jerry\"\r\n\"C1\",\"x\"");
    }

    @Test
    void what_follows_encoded_data_is_no_part_of_it() {
        var score = URLEncoder.encode("[Core]\r\nScore=90", StandardCharsets.UTF_8);
        assertThat(parse("command=PutParam&aicc_data=" + score + "&").changes(Elements.NONE))
                .containsExactly(Map.entry("cmi.core.score.raw", "90"));
    }

    @Test
    void put_param_is_read_in_groups() {
        var changes =
                put(
                        "[core]\r\n; a comment\r\nLesson_Location = p 7 \r\nlesson_status=I, S\r\n"
                                + "SCORE=85,100,0\r\nTime=00:12:30\r\n[Student_Preferences]\nAudio=-1\nText=1\n"
                                + "[Core_Lesson]\r\nstate=1\r\n[page 2]\r\n\r\nmore\r\n[Comments]\r\n<1>good<e>");
        assertThat(changes)
                .containsEntry("cmi.core.lesson_location", "p 7")
                .containsEntry("cmi.core.lesson_status", "I")
                .containsEntry("cmi.core.exit", "S")
                .containsEntry("cmi.core.score.raw", "85")
                .containsEntry("cmi.core.score.max", "100")
                .containsEntry("cmi.core.score.min", "0")
                .containsEntry("cmi.core.session_time", "00:12:30")
                .containsEntry("cmi.student_preference.audio", "-1")
                .containsEntry("cmi.suspend_data", "state=1\r\n[page 2]\r\n\r\nmore")
                .containsEntry("cmi.comments", "<1>good<e>");
    }

    @Test
    void what_is_left_blank_is_left_as_it_is() {
        assertThat(put("[Core]\r\nLesson_Status=\r\nScore=\r\nTime=\r\n")).isEmpty();
        assertThat(put("[Core]\r\nLesson_Location=\r\n"))
                .containsExactly(Map.entry("cmi.core.lesson_location", ""));
        assertThat(put("Lesson_Status=passed"))
                .as("a heading is missing")
                .containsEntry("cmi.core.lesson_status", "passed");
    }

    @Test
    void objectives_keep_their_places() {
        var stored = Elements.of(Map.of("cmi.objectives.0.id", "J1"));
        var changes =
                changes(
                        "PutParam",
                        "[Objectives_Status]\r\nJ_ID.1=J2\r\nJ_Score.1=60\r\nJ_Status.1=F\r\nj_id.2=J1\r\nj_status.2=passed",
                        stored);
        assertThat(changes)
                .containsEntry("cmi.objectives.1.id", "J2")
                .containsEntry("cmi.objectives.1.score.raw", "60")
                .containsEntry("cmi.objectives.1.status", "F")
                .containsEntry("cmi.objectives.0.status", "passed");
    }

    @Test
    void interactions_are_records_by_name() {
        var changes =
                changes(
                        "PutInteractions",
                        "\"course_id\",\"student_id\",\"lesson_id\",\"date\",\"time\",\"interaction_id\",\"objective_id\",\"type_interaction\",\"correct_response\",\"student_response\",\"result\",\"weighting\",\"latency\"\r\n"
                                + "\"C\",\"s\",\"A1\",\"2026/03/01\",\"10:00:00\",\"Q1\",\"J1\",\"C\",\"{a,b}\",\"a\",\"W\",\"1\",\"00:00:09\"\r\n"
                                + "C,s,A1,2026/03/01,10:01:00,Q2,,F,\"say \"\"yes\"\"\",no,C,2,00:00:12",
                        Elements.NONE);
        assertThat(changes)
                .containsEntry("cmi.interactions.0.id", "Q1")
                .containsEntry("cmi.interactions.0.objectives.0.id", "J1")
                .containsEntry("cmi.interactions.0.correct_responses.0.pattern", "{a,b}")
                .containsEntry("cmi.interactions.0.result", "W")
                .containsEntry("cmi.interactions.1.id", "Q2")
                .containsEntry("cmi.interactions.1.correct_responses.0.pattern", "say \"yes\"")
                .containsEntry("cmi.interactions.1.latency", "00:00:12");
    }

    @Test
    void interactions_without_names_have_the_standards_order() {
        assertThat(
                        changes(
                                "PutInteractions",
                                "C,s,A1,2026/03/01,10:00:00,Q1,J1,T,t,f,W,1,00:00:09",
                                Elements.NONE))
                .containsEntry("cmi.interactions.0.id", "Q1")
                .containsEntry("cmi.interactions.0.latency", "00:00:09");
    }

    @Test
    void an_answer_sent_again_is_the_same_and_a_later_one_is_new() {
        var first = "C,s,A1,2026/03/01,10:00:00,Q1,J1,T,t,f,W,1,00:00:09";
        var later = first.replace("10:00:00", "10:00:30");
        var stored = Elements.of(changes("PutInteractions", first, Elements.NONE));
        assertThat(changes("PutInteractions", first, stored)).isEmpty();
        assertThat(changes("PutInteractions", first + "\n" + later, stored))
                .containsEntry("cmi.interactions.1.time", "10:00:30")
                .doesNotContainKey("cmi.interactions.2.id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PutObjectives | objective_id,status,score\\nJ1,P,80 | cmi.objectives.0.score.raw | 80",
                "PutObjectives | c,s,l,2026/03/01,10:00:00,J1,P,80 | cmi.objectives.0.status | P",
                "PutPath | element_location,status\\nA2,C | cmi.paths.0.location_id | A2",
                "PutComments | location,comment\\np1,\"well, done\" | cmi.evaluation.comments.0.content | well, done",
                "PutComments | Just words. | cmi.evaluation.comments.0.content | Just words.",
                "PutPerformance | anything = at all | cmi.performance.0.text | anything = at all",
                "ExitAU | [Core]\\nLesson_Status=c | cmi.core.lesson_status | c",
            })
    void other_commands_are_kept_too(String command, String data, String element, String value) {
        assertThat(changes(command, data.replace("\\n", "\r\n"), Elements.NONE))
                .containsEntry(element, value);
    }

    private static HacpRequest parse(String body) {
        return HacpRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> put(String data) {
        return changes("PutParam", data, Elements.NONE);
    }

    private static Map<String, String> changes(String command, String data, Elements stored) {
        return parse(
                        "command="
                                + command
                                + "&aicc_data="
                                + URLEncoder.encode(data, StandardCharsets.UTF_8))
                .changes(stored);
    }
}
