package io.coursewire.webhooks.sending;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/// Why a server was not trusted, in words that tell whom to ask. Pure.
final class TlsFault {
    private TlsFault() {}

    static String explain(SSLException failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return "TLS failed: "
                + switch (last) {
                    case CertificateExpiredException e ->
                            "the server's certificate has expired (%s)".formatted(e.getMessage());
                    case CertificateNotYetValidException e ->
                            "the server's certificate is not valid yet (%s)"
                                    .formatted(e.getMessage());
                    case CertPathBuilderException _ ->
                            "no authority that is trusted here vouches for the server's certificate (self-signed, of a private authority, or an intermediate certificate is missing)";
                    // The words of the JDK, which has no type of its own for it.
                    case CertificateException e when e.getMessage().startsWith("No ") ->
                            "the server's certificate is not for this name (%s)"
                                    .formatted(e.getMessage());
                    default -> failure.getMessage();
                };
    }
}
