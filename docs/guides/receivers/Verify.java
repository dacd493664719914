import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies a webhook by Standard Webhooks, with nothing but Java (17 or newer). */
public class Verify {
    static final long TOLERANCE_SECONDS = 300;

    /** Header names in lower case, the body as it arrived. Throws when the request is not to be trusted. */
    static void verify(String secret, Map<String, String> headers, byte[] body) throws Exception {
        String id = headers.getOrDefault("webhook-id", "");
        String timestamp = headers.getOrDefault("webhook-timestamp", "");
        if (!timestamp.matches("\\d{1,12}")
                || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            throw new SecurityException("webhook-timestamp is missing or not of now");
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
        for (String signature : headers.getOrDefault("webhook-signature", "").split(" ")) {
            if (MessageDigest.isEqual(signature.getBytes(), expected)) {
                return;
            }
        }
        throw new SecurityException("no signature is of this secret over these bytes");
    }

    // java Verify.java SECRET ID TIMESTAMP SIGNATURE < body
    public static void main(String[] arguments) throws Exception {
        Map<String, String> headers = Map.of(
                "webhook-id", arguments[1], "webhook-timestamp", arguments[2], "webhook-signature", arguments[3]);
        try {
            verify(arguments[0], headers, System.in.readAllBytes());
            System.out.println("verified");
        } catch (SecurityException e) {
            System.out.println("refused: " + e.getMessage());
            System.exit(1);
        }
    }
}
