package io.coursewire.runtime.aicc.hacp;

import io.coursewire.runtime.aicc.AiccModel;
import io.coursewire.runtime.aicc.HacpCommand;
import io.coursewire.runtime.aicc.HacpRequest;
import io.coursewire.runtime.aicc.WriteParam;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.LaunchTokens;
import io.coursewire.runtime.launch.ReadContentData;
import io.coursewire.runtime.launch.RecordCommits;
import io.coursewire.runtime.launch.Spoken;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Optional;

/// `POST /aicc/{utcOffsetMinutes}`: the address that AICC content is given as AICC_URL. The offset is the
/// participant's, since content tells local times; without one they are taken as UTC.
///
/// The session id, given to one opening of content only, is all that lets a caller in: no cookies, no answers for other origins.
public final class HacpService implements HttpService {
    public static final String PATH = "/aicc";

    static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    private final LaunchTokens tokens;
    private final ReadContentData readContentData;
    private final RecordCommits recordCommits;

    public HacpService(
            LaunchTokens tokens, ReadContentData readContentData, RecordCommits recordCommits) {
        this.tokens = tokens;
        this.readContentData = readContentData;
        this.recordCommits = recordCommits;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::answer);
        rules.post("/{offset}", this::answer);
        rules.any("/*", HacpService::refuse);
        rules.any("/", HacpService::refuse);
    }

    private static void refuse(ServerRequest request, ServerResponse response) {
        response.status(Status.METHOD_NOT_ALLOWED_405).header(HeaderNames.ALLOW, "POST");
        send(response, HacpAnswer.INVALID_COMMAND.with(""));
    }

    private void answer(ServerRequest request, ServerResponse response) {
        var body = body(request);
        if (body.length > BODY_BYTES_MAX) {
            response.status(Status.REQUEST_ENTITY_TOO_LARGE_413);
            send(response, HacpAnswer.TOO_LARGE.with(""));
            return;
        }
        var offset = offset(request.path().pathParameters().first("offset").orElse("0"));
        send(response, answer(read(request, body), offset));
    }

    /// Some content sends its form as the address's query, and no body.
    private static HacpRequest read(ServerRequest request, byte[] body) {
        var inBody = HacpRequest.parse(body);
        return inBody.command().isPresent()
                ? inBody
                : HacpRequest.parse(
                        request.query().rawValue().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] body(ServerRequest request) {
        try (var in = request.content().inputStream()) {
            return in.readNBytes(BODY_BYTES_MAX + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZoneOffset offset(String minutes) {
        try {
            return ZoneOffset.ofTotalSeconds(Math.multiplyExact(Integer.parseInt(minutes), 60));
        } catch (NumberFormatException | ArithmeticException | DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }

    private static void send(ServerResponse response, String text) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.send(text);
    }

    private String answer(HacpRequest request, ZoneOffset offset) {
        if (request.command().isEmpty()) {
            return HacpAnswer.INVALID_COMMAND.with("");
        }
        return tokens.readContent(request.sessionId())
                .map(named -> answer(named, request, offset))
                .orElseGet(() -> HacpAnswer.INVALID_SESSION.with(""));
    }

    private String answer(LaunchTokens.Content named, HacpRequest request, ZoneOffset offset) {
        if (!isAccepted(named, request)) {
            return HacpAnswer.INVALID_PASSWORD.with("");
        }
        return request.command().equals(Optional.of(HacpCommand.GET_PARAM))
                ? read(named)
                : record(named, request, offset);
    }

    private boolean isAccepted(LaunchTokens.Content named, HacpRequest request) {
        return request.password().isEmpty()
                || readContentData
                        .model(named.client(), named.session())
                        .map(model -> !(model instanceof AiccModel unit) || unit.accepts(request))
                        .orElse(true);
    }

    private String read(LaunchTokens.Content named) {
        return readContentData
                .read(named.client(), named.session())
                .map(seed -> HacpAnswer.SUCCESSFUL.with(WriteParam.text(seed)))
                .orElseGet(() -> HacpAnswer.INVALID_SESSION.with(""));
    }

    private String record(LaunchTokens.Content named, HacpRequest request, ZoneOffset offset) {
        var spoken =
                new Spoken(
                        named.client(),
                        named.session(),
                        request::changes,
                        offset,
                        request.command().equals(Optional.of(HacpCommand.EXIT_AU)));
        return switch (recordCommits.record(spoken)) {
            case CommitOutcome.Acknowledged _ -> HacpAnswer.SUCCESSFUL.with("");
            case CommitOutcome.TooLarge _ -> HacpAnswer.TOO_LARGE.with("");
            case CommitOutcome.Ended _,
                    CommitOutcome.Finished _,
                    CommitOutcome.Replaced _,
                    CommitOutcome.Revoked _,
                    CommitOutcome.Overruled _,
                    CommitOutcome.Gap _,
                    CommitOutcome.Unknown _ ->
                    HacpAnswer.INVALID_SESSION.with("");
        };
    }
}
