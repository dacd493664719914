package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.webhooks.sending.AddressGuard.Judgement;
import io.coursewire.webhooks.sending.AddressGuard.Judgement.Accepted;
import io.coursewire.webhooks.sending.AddressGuard.Judgement.Refused;
import io.coursewire.webhooks.sending.AddressGuard.Judgement.Unresolved;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final Map<String, List<String>> ZONE =
            Map.of(
                    "public.example", List.of("93.184.216.34"),
                    "six.example", List.of("2606:2800:220:1::1"),
                    "private.example", List.of("10.1.2.3"),
                    "mixed.example", List.of("93.184.216.34", "127.0.0.1"),
                    "metadata.example", List.of("169.254.169.254"),
                    "localhost", List.of("127.0.0.1", "::1"));

    private final AddressGuard guard = guard();

    /// The first and last address of every special-purpose block, and of those that embed one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.8",
                "192.0.0.9",
                "192.0.0.170",
                "192.0.0.255",
                "192.0.2.0",
                "192.0.2.255",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.0",
                "192.88.99.255",
                "192.168.0.0",
                "192.168.255.255",
                "192.175.48.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "198.51.100.255",
                "203.0.113.0",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::2",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "64:ff9b:1:ffff::1",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:0:4136:e378::1",
                "2001:1::1",
                "2001:2::1",
                "2001:3::1",
                "2001:4:112::1",
                "2001:10::1",
                "2001:20::1",
                "2001:30::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2002:c0a8:101::1",
                "2620:4f:8000::1",
                "3fff::1",
                "3fff:fff:ffff::1",
                "5f00::1",
                "fc00::1",
                "fd00::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "feff::1",
                "ff00::1",
                "ff02::1",
                "1::1",
                "4000::1",
                "8000::1",
                "e000::1"
            })
    void a_special_address_is_refused(String address) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThat(guard.judge("http://" + host + "/hook")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> guard.resolve(address)).isInstanceOf(AddressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "[2606:4700::1111]",
                "[2001:200::1]",
                "[2003::1]",
                "[64:ff9b::101:101]",
                "[2002:101:101::1]",
                "[::ffff:1.1.1.1]",
                "public.example",
                "six.example",
                "PUBLIC.example"
            })
    void a_public_address_is_accepted(String host) {
        assertThat(guard.judge("https://" + host + ":8443/hook?x=1")).isEqualTo(new Accepted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://127.1/",
                "http://127.0.1/",
                "http://017700000001/",
                "http://1.1.1.1.1/",
                "http://256.1.1.1/",
                "http://01.1.1.1/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[::ffff:0x7f.1]/",
                "http://[127.0.0.1]/",
                "http://①②⑦.0.0.1/",
                "http://１２７.0.0.1/",
                "http://localhost\t/",
                "http:///hook",
                "http:hook",
                "//host/x",
                "http://user:secret@public.example/",
                "http://user@public.example/",
                "http://a@b@public.example/",
                "ftp://public.example/",
                "file:///etc/passwd",
                "gopher://public.example/",
                "jar:http://public.example!/",
                "http://public.example:0/",
                "http://public.example:65536/",
                "http://public.example:99999999999/",
                "http://public.example/#x",
                "http://public.example\\@localhost/",
                "http://public.example/ x",
                "http://.example/",
                "http://-a.example/",
                "http://a..example/",
                "http://example.1/",
                "http://bücher.example/",
                "javascript:alert(1)",
                ""
            })
    void a_url_in_any_other_form_is_refused(String url) {
        assertThat(guard.judge(url)).isInstanceOf(Refused.class);
    }

    @Test
    void a_url_beyond_the_limit_is_refused() {
        assertThat(guard.judge("https://public.example/" + "a".repeat(HostRules.URL_CHARS_MAX)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void one_private_address_spoils_a_name() {
        assertThat(reason("https://mixed.example/"))
                .contains("mixed.example resolves to 127.0.0.1", "127.0.0.0/8 (loopback)");
        assertThat(guard.judge("https://localhost/")).isInstanceOf(Refused.class);
    }

    @Test
    void the_refusal_says_which_address_why_and_which_setting_allows_it() {
        assertThat(reason("https://metadata.example/latest"))
                .isEqualTo(
                        "metadata.example resolves to 169.254.169.254, which is refused: 169.254.169.254 is in"
                                + " 169.254.0.0/16 (link-local, where cloud metadata is served). Webhooks go to public addresses"
                                + " only; to allow this one start the server with --allow-target 169.254.169.254/32"
                                + " (COURSEWIRE_ALLOW_TARGETS)");
        assertThat(reason("http://[64:ff9b::a00:1]/"))
                .contains("leads to an IPv4 address", "10.0.0.0/8 (private use)");
    }

    @Test
    void an_allowed_block_opens_itself_and_nothing_else() {
        var open = guard("10.1.0.0/16", "::1");
        assertThat(open.judge("http://private.example/")).isEqualTo(new Accepted());
        assertThat(open.judge("http://10.2.0.1/")).isInstanceOf(Refused.class);
        assertThat(open.judge("http://[::1]/")).isEqualTo(new Accepted());
        assertThat(open.judge("http://[::ffff:10.1.0.1]/")).isEqualTo(new Accepted());
        assertThat(open.judge("http://[2002:a01:1::]/")).isEqualTo(new Accepted());
        assertThat(open.judge("http://mixed.example/")).isInstanceOf(Refused.class);
    }

    @Test
    void a_name_that_does_not_resolve_is_accepted_with_a_warning() {
        assertThat(guard.judge("https://later.example/")).isInstanceOf(Unresolved.class);
        assertThatThrownBy(() -> guard.resolve("later.example"))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_name_is_judged_anew_at_every_connection() throws Exception {
        var answers = List.of("93.184.216.34", "127.0.0.1").iterator();
        var rebinding =
                new AddressGuard(List.of(), _ -> List.of(InetAddress.ofLiteral(answers.next())));
        assertThat(rebinding.judge("https://rebind.example/")).isEqualTo(new Accepted());
        assertThatThrownBy(() -> rebinding.resolve("rebind.example"))
                .isInstanceOf(AddressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0/8",
                "host.example",
                "::1/129",
                "10.0.0.0/",
                "/8",
                "",
                "010.0.0.0/8",
                "::1%eth0"
            })
    void a_setting_that_is_no_block_is_refused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text, "--allow-target"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("10.1.0.0/16");
    }

    private String reason(String url) {
        Judgement judgement = guard.judge(url);
        return ((Refused) judgement).reason();
    }

    private static AddressGuard guard(String... allowed) {
        return new AddressGuard(
                Arrays.stream(allowed)
                        .map(text -> AddressBlock.parse(text, "--allow-target"))
                        .toList(),
                AddressGuardTest::lookUp);
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        if (!ZONE.containsKey(host.toLowerCase(java.util.Locale.ROOT))) {
            throw new UnknownHostException(host);
        }
        return ZONE.get(host.toLowerCase(java.util.Locale.ROOT)).stream()
                .map(InetAddress::ofLiteral)
                .toList();
    }
}
