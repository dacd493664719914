package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretKeyTest {
    private static final byte[] PLAIN = "whsec_...".getBytes(StandardCharsets.UTF_8);

    private final SecretKey key = SecretKey.of(SecretKey.random());

    @Test
    void what_is_sealed_is_read_back_with_the_same_key_and_purpose_only() {
        var sealed = key.seal("webhook", PLAIN);
        assertThat(key.unseal("webhook", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> key.unseal("answer", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecretKey.of(SecretKey.random()).unseal("webhook", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_altered_byte_anywhere_is_noticed() {
        var sealed = key.seal("webhook", PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            var altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> key.unseal("webhook", altered))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> key.unseal("webhook", Arrays.copyOf(sealed, 5)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_same_value_is_sealed_differently_each_time() {
        assertThat(key.seal("webhook", PLAIN)).isNotEqualTo(key.seal("webhook", PLAIN));
    }

    @Test
    void macs_and_fingerprints_differ_by_key_and_purpose() {
        var other = SecretKey.of(SecretKey.random());
        assertThat(key.mac("a", PLAIN))
                .isEqualTo(key.mac("a", PLAIN))
                .isNotEqualTo(key.mac("b", PLAIN))
                .isNotEqualTo(other.mac("a", PLAIN));
        assertThat(key.fingerprint())
                .isEqualTo(key.fingerprint())
                .isNotEqualTo(other.fingerprint())
                .hasSize(32);
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> SecretKey.of(new byte[31])).hasMessageContaining("32 bytes");
    }
}
