package io.coursewire.webhooks;

/// Encrypts what is stored and decrypts what was stored.
public interface SecretBox {
    byte[] seal(byte[] plain);

    byte[] open(byte[] sealed);
}
