package io.coursewire.packages.xml;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.Warnings;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every encoding that real manifests come in, and nothing that reaches outside of them.
class ReadXmlTest {
    private final Warnings warnings = new Warnings();

    @Test
    void elements_attributes_and_text_are_read() {
        var root = read("<a x='1'><b>one</b><B xml:lang='en'><![CDATA[two]]> &amp; &#x41;</B></a>");
        assertThat(root.attribute("X")).contains("1");
        assertThat(root.all("b")).extracting(XmlElement::text).containsExactly("one", "two & A");
        assertThat(root.children().getLast().attribute("xml:lang")).contains("en");
    }

    @Test
    void namespaces_do_not_matter() {
        var root =
                read("<p:a xmlns:p='urn:x' p:scormType='sco'><title xmlns='urn:y'>T</title></p:a>");
        assertThat(root.is("a")).isTrue();
        assertThat(root.attribute("scormtype")).contains("sco");
        assertThat(root.text("title")).contains("T");
    }

    @Test
    void places_name_the_path_and_the_line() {
        assertThat(read("<a>\n  <b/>\n</a>").children().getFirst().place())
                .isEqualTo("m.xml, /a/b (line 2)");
    }

    @Test
    void every_encoding_is_read() {
        var xml = "<a>Größe 日本</a>";
        assertThat(read(xml.getBytes(UTF_8)).text()).isEqualTo("Größe 日本");
        assertThat(
                        read(marked(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, xml, UTF_8))
                                .text())
                .isEqualTo("Größe 日本");
        assertThat(read(marked(new byte[] {(byte) 0xff, (byte) 0xfe}, xml, UTF_16LE)).text())
                .isEqualTo("Größe 日本");
        assertThat(read(marked(new byte[] {(byte) 0xfe, (byte) 0xff}, xml, UTF_16BE)).text())
                .isEqualTo("Größe 日本");
        assertThat(read(xml.getBytes(UTF_16LE)).text()).isEqualTo("Größe 日本");
        assertThat(read(xml.getBytes(UTF_16BE)).text()).isEqualTo("Größe 日本");
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void a_declared_encoding_is_used() {
        var xml = "<?xml version='1.0' encoding='windows-1251'?><a>Привет</a>";
        assertThat(read(xml.getBytes(Charset.forName("windows-1251"))).text()).isEqualTo("Привет");
    }

    @Test
    void a_wrong_declaration_is_seen_through() {
        var wide = "<?xml version='1.0' encoding='utf-16'?><a>Größe</a>";
        assertThat(read(wide.getBytes(UTF_8)).text()).isEqualTo("Größe");
        var unknown = "<?xml version='1.0' encoding='x-none'?><a>Größe</a>";
        assertThat(read(unknown.getBytes(UTF_8)).text()).isEqualTo("Größe");
        assertThat(warnings.list()).isEmpty();
        var narrow = "<?xml version='1.0' encoding='UTF-8'?><a>Größe</a>";
        assertThat(read(narrow.getBytes(Charset.forName("windows-1252"))).text())
                .isEqualTo("Größe");
        assertThat(codes()).isEqualTo("xml-encoding");
    }

    @Test
    void a_mark_of_utf_8_before_another_encoding_is_seen_through() {
        var xml = "<?xml version='1.0' encoding='UTF-8'?><a>Größe</a>";
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        assertThat(read(marked(mark, xml, Charset.forName("windows-1252"))).text())
                .isEqualTo("Größe");
        assertThat(codes()).isEqualTo("xml-encoding");
    }

    @Test
    void as_many_predefined_references_are_read_as_a_file_holds() {
        assertThat(read("<a>" + "&quot;".repeat(200_000) + "</a>").text()).hasSize(200_000);
    }

    @Test
    void white_space_before_the_declaration_is_tolerated() {
        assertThat(read("\r\n <?xml version='1.0'?><a>x</a>").text()).isEqualTo("x");
        assertThat(codes()).isEqualTo("xml-leading-space");
    }

    @Test
    void a_document_type_is_refused() {
        assertThat(refused("<!DOCTYPE a><a/>").code()).isEqualTo("document-type");
        assertThat(refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>").code())
                .isEqualTo("document-type");
        assertThat(refused("<!DOCTYPE a [<!ENTITY x '" + "y".repeat(99) + "'>]><a>&x;</a>").place())
                .contains("m.xml (line 1)");
    }

    @Test
    void nothing_outside_the_file_is_read(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "secret");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            var url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
            for (var system : new String[] {secret.toUri().toString(), url}) {
                refused("<!DOCTYPE a SYSTEM '" + system + "'><a/>");
                refused("<!DOCTYPE a [<!ENTITY x SYSTEM '" + system + "'>]><a>&x;</a>");
                refused("<!DOCTYPE a [<!ENTITY % p SYSTEM '" + system + "'> %p;]><a/>");
            }
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept))
                    .isNotNull();
        }
    }

    @Test
    void an_unknown_entity_is_refused() {
        assertThat(refused("<a>\n&nbsp;</a>").code()).isIn("entity", "malformed-xml");
    }

    @Test
    void malformed_xml_is_refused_with_its_line() {
        var refused = refused("<a>\n<b>\n</a>");
        assertThat(refused.code()).isEqualTo("malformed-xml");
        assertThat(refused.place()).contains("m.xml (line 3)");
        assertThat(refused).hasMessageNotContaining("ParseError");
        assertThat(refused("").code()).isEqualTo("malformed-xml");
        assertThat(refused("not xml").code()).isEqualTo("malformed-xml");
        assertThat(refused("<a/><b/>").code()).isEqualTo("malformed-xml");
        assertThat(refused("<a>\u0000</a>").code()).isEqualTo("malformed-xml");
    }

    @Test
    void elements_below_long_names_cost_what_others_do() {
        var names = IntStream.range(0, 90).mapToObj(n -> "n".repeat(900) + n).toList();
        var xml =
                names.stream().map(name -> "<" + name + ">").collect(joining())
                        + "<a/>".repeat(20_000)
                        + names.reversed().stream()
                                .map(name -> "</" + name + ">")
                                .collect(joining());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        var root = read(xml);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(root.walk()).hasSize(20_090);
        assertThat(allocated).isLessThan(64L << 20);
    }

    @Test
    void depth_and_number_of_elements_are_limited() {
        assertThat(refused("<a>".repeat(101) + "</a>".repeat(101)).code())
                .isEqualTo("xml-too-large");
        assertThat(refused("<a>" + "<b/>".repeat(PackageLimits.XML_ELEMENTS_MAX) + "</a>").code())
                .isEqualTo("xml-too-large");
        var attributes =
                IntStream.range(0, 100).mapToObj(n -> "a" + n + "=''").collect(joining(" "));
        assertThat(refused("<a>" + ("<b " + attributes + "/>").repeat(5_001) + "</a>").code())
                .isEqualTo("xml-too-large");
    }

    private static byte[] marked(byte[] mark, String xml, Charset charset) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(mark);
        out.writeBytes(xml.getBytes(charset));
        return out.toByteArray();
    }

    private XmlElement read(String xml) {
        return read(xml.getBytes(UTF_8));
    }

    private XmlElement read(byte[] xml) {
        return ReadXml.read(xml, "m.xml", warnings);
    }

    private PackageRefused refused(String xml) {
        return catchThrowableOfType(PackageRefused.class, () -> read(xml));
    }

    private String codes() {
        return String.join(",", warnings.list().stream().map(PackageWarning::code).toList());
    }
}
