package io.coursewire.app;

import io.coursewire.app.tracing.Traces;
import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Participants;
import io.coursewire.catalog.RelabelActivity;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.SecretKey;
import io.coursewire.offline.AnonymiseChanges;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.aicc.hacp.HacpService;
import io.coursewire.runtime.launch.CloseSessions;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.runtime.launch.ExplainAttempt;
import io.coursewire.runtime.launch.LaunchTokens;
import io.coursewire.runtime.launch.OpenSession;
import io.coursewire.runtime.launch.ReadContentData;
import io.coursewire.runtime.launch.RecordCommits;
import io.coursewire.runtime.launch.RedeemLaunch;
import io.coursewire.storage.GroupCommit;
import io.coursewire.webhooks.AnonymiseEvents;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The feature verbs of one server, wired by hand.
final class Features implements AutoCloseable {
    final Clients clients;
    final Participants participants;
    final Training training;
    final RelabelActivity relabelActivity;
    final AnonymiseParticipant anonymiseParticipant;
    final PackageVersions packageVersions;
    final ReadAttempts readAttempts;
    final StartAttempt startAttempt;
    final RecordReport recordReport;
    final LaunchTokens launchTokens;
    final RedeemLaunch redeemLaunch;
    final OpenSession openSession;
    final HacpService hacp;
    final CloseSessions closeSessions;
    final ExplainAttempt explainAttempt;
    final GroupCommit<CommitRequest, CommitOutcome> commits;
    final LiveCommits liveCommits;

    Features(Jdbi jdbi, SecretKey key, TellOutbox announcer, Traces traces, Clock clock) {
        clients = new Clients(jdbi, clock);
        participants = new Participants(jdbi, clock);
        training = new Training(jdbi, clock);
        relabelActivity = new RelabelActivity(jdbi, clock);
        anonymiseParticipant =
                new AnonymiseParticipant(
                        jdbi,
                        clock,
                        List.of(
                                new AnonymiseAttempts(),
                                new AnonymiseChanges(),
                                new AnonymiseEvents()::anonymise));
        packageVersions = new PackageVersions(jdbi);
        readAttempts = new ReadAttempts(jdbi);
        startAttempt = new StartAttempt(clock);
        launchTokens = new LaunchTokens(key::mac);
        recordReport = new RecordReport(jdbi, announcer, clock);
        redeemLaunch = new RedeemLaunch(jdbi, launchTokens, clock);
        openSession = new OpenSession(jdbi, packageVersions, recordReport, launchTokens, clock);
        var recordCommits = new RecordCommits(jdbi, packageVersions, recordReport, clock);
        hacp =
                new HacpService(
                        launchTokens,
                        new ReadContentData(jdbi, packageVersions, recordReport, clock),
                        recordCommits);
        closeSessions = new CloseSessions(jdbi, recordCommits, clock);
        explainAttempt = new ExplainAttempt(jdbi, packageVersions, recordReport);
        commits =
                new GroupCommit<>(
                        "commits",
                        GroupCommit.Limits.DEFAULT,
                        CommitRequest::session,
                        group -> traces.group(group, recordCommits::record));
        liveCommits = new LiveCommits(commits, traces);
    }

    /// Finishes the commits that have been taken.
    @Override
    public void close() {
        commits.close();
    }
}
