package io.coursewire.api;

import io.coursewire.webhooks.watch.CheckLedger;
import io.helidon.http.Method;
import java.util.List;
import java.util.Set;

/// `/ledger`: the recount, for operators.
public final class LedgerResource implements Resource {
    private final CheckLedger checkLedger;

    public LedgerResource(CheckLedger checkLedger) {
        this.checkLedger = checkLedger;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        Route.BASE + "/ledger",
                        Scope.ADMIN,
                        Set.of(),
                        false,
                        _ -> check()));
    }

    private Answer check() {
        var report = checkLedger.check();
        var view =
                View.object()
                        .put("holds", report.holds())
                        .put("eventsChecked", report.eventsChecked())
                        .put("deliveriesChecked", report.deliveriesChecked())
                        .put("daysChecked", report.daysChecked());
        var differences = view.putArray("differences");
        report.differences()
                .forEach(
                        d ->
                                differences
                                        .addObject()
                                        .put("clientId", d.client().value())
                                        .put("day", d.day().toString())
                                        .put("what", d.what())
                                        .put("counted", d.counted())
                                        .put("found", d.found()));
        var offenders = view.putArray("offenders");
        report.offenders()
                .forEach(
                        o ->
                                offenders
                                        .addObject()
                                        .put("clientId", o.client().value())
                                        .put("messageId", o.event().toString())
                                        .put("endpoints", o.endpoints())
                                        .put("deliveries", o.deliveries()));
        return Answer.ok(view);
    }
}
