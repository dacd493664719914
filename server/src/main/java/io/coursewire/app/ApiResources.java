package io.coursewire.app;

import io.coursewire.api.ActivitiesResource;
import io.coursewire.api.AttemptExplanationResource;
import io.coursewire.api.AttemptsResource;
import io.coursewire.api.ClientsResource;
import io.coursewire.api.DocumentsResource;
import io.coursewire.api.ExportsResource;
import io.coursewire.api.KeysResource;
import io.coursewire.api.LaunchesResource;
import io.coursewire.api.MetricsResource;
import io.coursewire.api.PackagesResource;
import io.coursewire.api.PlayResource;
import io.coursewire.api.References;
import io.coursewire.api.Resource;
import io.coursewire.api.Scope;
import io.coursewire.api.UsersResource;
import io.coursewire.api.keys.ApiKeys;
import io.coursewire.runtime.launch.CreateLaunch;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/// What each origin has below its routes: the verbs of the features as HTTP sees them.
record ApiResources(
        Features features,
        Courses courses,
        OfflineResults offline,
        ExportsResource exports,
        Delivery delivery) {
    List<Resource> ofContent() {
        return List.of(
                new PlayResource(
                        features.redeemLaunch,
                        features.openSession,
                        features.launchTokens,
                        features.liveCommits::submit));
    }

    List<Resource> ofApi(
            CreateLaunch createLaunch, ApiKeys apiKeys, PrometheusMeterRegistry metrics) {
        var resources = new ArrayList<Resource>();
        resources.add(new ClientsResource(features.clients, courses.origins::canBeOf));
        resources.add(new UsersResource(features.participants, features.anonymiseParticipant));
        resources.add(
                new ActivitiesResource(
                        features.training, features.relabelActivity, features.clients));
        resources.add(new KeysResource(apiKeys));
        resources.add(
                new PackagesResource(courses.importPackage, features.training, features.clients));
        var references = new References(features.clients, features.participants, features.training);
        resources.add(new LaunchesResource(createLaunch, features.closeSessions, references));
        resources.add(new AttemptsResource(features.readAttempts));
        resources.addAll(offline.resources(references, features.participants));
        resources.add(exports);
        resources.add(new AttemptExplanationResource(features.explainAttempt));
        resources.add(new MetricsResource(metrics, Scope.ADMIN));
        resources.add(new DocumentsResource());
        resources.addAll(delivery.resources(features.training));
        return resources;
    }

    /// Of the port for metrics alone, which whoever reaches it may read.
    static List<Resource> ofMetrics(PrometheusMeterRegistry metrics) {
        return List.of(new MetricsResource(metrics, Scope.OPEN));
    }
}
