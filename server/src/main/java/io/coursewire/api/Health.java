package io.coursewire.api;

import io.coursewire.kernel.Uuid;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/// Tells what watches over a node how it is: `/health/live` whether the process works, `/health/ready` whether
/// to send it requests.
public final class Health implements HttpService {
    private static final String METHODS = "GET, HEAD";

    private final BooleanSupplier databaseAnswers;

    public Health(BooleanSupplier databaseAnswers) {
        this.databaseAnswers = databaseAnswers;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/health/live", (_, response) -> tell(response, Status.OK_200, "live"))
                .get("/health/ready", (_, response) -> ready(response))
                .head("/health/live", (_, response) -> response.send())
                .head("/health/ready", (_, response) -> response.status(readiness()).send())
                .any("/health/live", (_, response) -> refuse(response))
                .any("/health/ready", (_, response) -> refuse(response));
    }

    private static void refuse(ServerResponse response) {
        var problem =
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This path takes " + METHODS + ".");
        response.status(Status.METHOD_NOT_ALLOWED_405)
                .header(HeaderNames.ALLOW, METHODS)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .send(problem.json(Uuid.next().toString()));
    }

    private Status readiness() {
        return databaseAnswers.getAsBoolean() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503;
    }

    private void ready(ServerResponse response) {
        if (databaseAnswers.getAsBoolean()) {
            tell(response, Status.OK_200, "ready");
        } else {
            tell(response, Status.SERVICE_UNAVAILABLE_503, "the database does not answer");
        }
    }

    private static void tell(ServerResponse response, Status status, String text) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send("{\"status\":\"" + text + "\"}");
    }
}
