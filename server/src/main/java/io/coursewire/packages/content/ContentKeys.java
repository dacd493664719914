package io.coursewire.packages.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.kernel.ClientId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names sets of files on the content origin. The name is the same for the same files of the same client,
/// so that browsers cache them across versions; it cannot be guessed, and tells nobody that another client
/// has the same files.
public final class ContentKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 24;

    private final SecretKeySpec secret;

    /// @param secret the node's secret key, or one derived from it; the same on all nodes
    public ContentKeys(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /// 32 characters of URL-safe base64.
    public String of(ClientId client, Collection<StagedFile> files) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(("content key\0" + client + "\0").getBytes(UTF_8));
            byte[] tag = mac.doFinal(digest(files));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(tag, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(Collection<StagedFile> files) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        files.stream()
                .sorted(Comparator.comparing(StagedFile::path))
                .map(file -> file.path() + "\0" + file.hash() + "\0" + file.mediaType() + "\n")
                .forEach(line -> digest.update(line.getBytes(UTF_8)));
        return digest.digest();
    }
}
