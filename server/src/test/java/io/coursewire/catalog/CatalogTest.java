package io.coursewire.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.ItemId;
import io.coursewire.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients, participants and training, each below its own client. Real PostgreSQL.
class CatalogTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T05:50:00Z"), ZoneOffset.UTC);
    private static final Participant.Details NOBODY =
            new Participant.Details(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
    private static int count;

    private final Clients clients = new Clients(db.jdbi(), CLOCK);
    private final Participants participants = new Participants(db.jdbi(), CLOCK);
    private final Training training = new Training(db.jdbi(), CLOCK);
    private final RelabelActivity relabel = new RelabelActivity(db.jdbi(), CLOCK);
    private ClientId client;
    private ClientId other;

    @BeforeEach
    void twoClients() {
        client = given("one-" + ++count);
        other = given("two-" + count);
    }

    private ClientId given(String id) {
        var made =
                new Client(
                        new ClientId(id),
                        "Name",
                        new Language("en"),
                        List.of(),
                        ClientSettings.DEFAULT);
        assertThat(clients.put(made)).isTrue();
        return made.id();
    }

    private static Label label(String externalId) {
        return new Label(Titles.of("Title of " + externalId), TrainingType.EVENT, externalId);
    }

    private static RelabelActivity.Change externalId(String externalId) {
        return new RelabelActivity.Change(
                Optional.empty(), Optional.empty(), Optional.of(externalId));
    }

    private static final RelabelActivity.Change NOTHING =
            new RelabelActivity.Change(Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void a_client_is_found_as_it_was_put_last() {
        var strict =
                new ClientSettings(
                        UntouchedStatus.INCOMPLETE, false, true, UntouchedStatus.INCOMPLETE);
        var changed =
                new Client(
                        client,
                        "New name",
                        new Language("fr-CA"),
                        List.of(new ReturnOrigin("https://lms.example")),
                        strict);
        clients.find(client);
        assertThat(clients.put(changed)).isFalse();
        assertThat(clients.find(client)).contains(changed);
        assertThat(new Clients(db.jdbi(), CLOCK).find(client)).contains(changed);
    }

    @Test
    void every_client_is_on_one_page_of_the_list() {
        var ids = new ArrayList<ClientId>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = clients.list(1, cursor);
            page.items().forEach(found -> ids.add(found.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(ids)
                .contains(client, other)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> a.value().compareTo(b.value()));
    }

    @Test
    void a_cursor_that_the_list_did_not_give_is_invalid_input() {
        for (var cursor : List.of("!", "AAAA", "x".repeat(5_000))) {
            assertThatThrownBy(() -> training.list(client, 1, Optional.of(cursor)))
                    .as(cursor)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("cursor");
        }
    }

    @Test
    void putting_a_participant_again_replaces_details_and_keeps_the_id() {
        var details =
                new Participant.Details(
                        Optional.of("Siobhán"),
                        Optional.of("Leyhane"),
                        Optional.of("s@example.com"),
                        Optional.of("42"),
                        Optional.of(new Language("en-IE")));
        var first = participants.put(client, "sleyhane", details);
        var second = participants.put(client, "sleyhane", NOBODY);
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.participant().id()).isEqualTo(first.participant().id());
        assertThat(participants.find(client, "sleyhane")).contains(second.participant());
        assertThat(first.participant().details()).isEqualTo(details);
    }

    @Test
    void participants_of_another_client_are_not_found() {
        var user = participants.put(other, "sleyhane", NOBODY).participant();
        assertThat(participants.find(client, "sleyhane")).isEmpty();
        assertThat(participants.list(client, 10, Optional.empty()).items()).isEmpty();
        assertThat(participants.find(client, new UserRef.ById(user.id()))).isEmpty();
    }

    @Test
    void the_participants_of_one_page_and_the_next_are_all_there_are() {
        for (var username : List.of("b", "a", "Z", "ä", "c")) {
            participants.put(client, username, NOBODY);
        }
        var first = participants.list(client, 3, Optional.empty());
        var second = participants.list(client, 3, first.nextCursor());
        var usernames = new ArrayList<String>();
        first.items().forEach(user -> usernames.add(user.username()));
        second.items().forEach(user -> usernames.add(user.username()));
        assertThat(usernames).containsExactly("Z", "a", "b", "c", "ä");
        assertThat(second.nextCursor()).isEmpty();
    }

    @Test
    void anonymising_forgets_the_person_everywhere_in_one_transaction() {
        var user = participants.put(client, "sleyhane", NOBODY).participant();
        participants.put(other, "sleyhane", NOBODY);
        var told = new ArrayList<String>();
        var anonymise =
                new AnonymiseParticipant(
                        db.jdbi(),
                        CLOCK,
                        List.of((_, of, id, name) -> told.add(of + " " + id + " " + name)));
        assertThat(anonymise.anonymise(client, "sleyhane")).isTrue();
        assertThat(told).containsExactly(client + " " + user.id() + " anonymised-" + user.id());
        assertThat(participants.find(client, "sleyhane")).isEmpty();
        assertThat(participants.list(client, 10, Optional.empty()).items()).isEmpty();
        assertThat(participants.find(other, "sleyhane")).isPresent();
        assertThat(anonymise.anonymise(client, "sleyhane")).isFalse();
        assertThat(participants.put(client, "sleyhane", NOBODY).participant().id())
                .isNotEqualTo(user.id());
    }

    @Test
    void a_person_stays_known_when_one_store_cannot_forget() {
        participants.put(client, "sleyhane", NOBODY);
        PersonalData broken =
                (_, _, _, _) -> {
                    throw new IllegalStateException("no");
                };
        var anonymise = new AnonymiseParticipant(db.jdbi(), CLOCK, List.of(broken));
        assertThatThrownBy(() -> anonymise.anonymise(client, "sleyhane"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(participants.find(client, "sleyhane")).isPresent();
    }

    @Test
    void training_without_a_package_is_found_with_its_items_in_order() {
        var made = training.create(client, label("first-aid"), List.of(label("b"), label("a")));
        assertThat(training.find(client, made.id())).contains(made);
        assertThat(training.find(other, made.id())).isEmpty();
        assertThat(training.list(client, 10, Optional.empty()).items()).containsExactly(made);
        assertThat(training.list(other, 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void an_external_id_finds_one_none_or_the_candidates() {
        var one = training.create(client, label("one"), List.of(label("same")));
        var two = training.create(client, label("two"), List.of(label("same")));
        training.create(other, label("two"), List.of(label("lone")));
        assertThat(training.find(client, new ActivityRef.ByExternalId("two")))
                .isEqualTo(new Found.One<>(two));
        assertThat(training.find(client, new ActivityRef.ById(one.id())))
                .isEqualTo(new Found.One<>(one));
        assertThat(training.find(other, new ActivityRef.ById(one.id())))
                .isEqualTo(new Found.None<>());
        assertThat(training.find(client, new ItemRef.ByExternalId("lone"), Optional.empty()))
                .isEqualTo(new Found.None<>());
        assertThat(training.find(client, new ItemRef.ByExternalId("same"), Optional.empty()))
                .isEqualTo(
                        new Found.Several<>(
                                List.of(one.items().getFirst(), two.items().getFirst())));
        assertThat(training.find(client, new ItemRef.ByExternalId("same"), Optional.of(two.id())))
                .isEqualTo(new Found.One<>(two.items().getFirst()));
        assertThat(
                        training.find(
                                client,
                                new ItemRef.ById(one.items().getFirst().id()),
                                Optional.of(two.id())))
                .isEqualTo(new Found.None<>());
    }

    @Test
    void items_of_one_activity_can_swap_their_external_ids() {
        var made = training.create(client, label("x"), List.of(label("a"), label("b")));
        var first = made.items().getFirst().id();
        var second = made.items().getLast().id();
        var outcome =
                relabel.relabel(
                        client,
                        made.id(),
                        NOTHING,
                        Map.of(first, externalId("b"), second, externalId("a")));
        var items = ((RelabelActivity.Relabelled) outcome).activity().items();
        assertThat(items)
                .extracting(Item::id, item -> item.label().externalId())
                .containsExactly(tuple(first, "b"), tuple(second, "a"));
    }

    @Test
    void a_change_that_cannot_be_made_changes_nothing() {
        var made = training.create(client, label("x"), List.of(label("a"), label("b")));
        var second = made.items().getLast().id();
        var stranger = ItemId.next();
        assertThat(
                        relabel.relabel(
                                client,
                                made.id(),
                                externalId("y"),
                                Map.of(second, externalId("a"))))
                .isEqualTo(new RelabelActivity.ExternalIdTaken("a"));
        assertThat(
                        relabel.relabel(
                                client,
                                made.id(),
                                externalId("y"),
                                Map.of(stranger, externalId("z"))))
                .isEqualTo(new RelabelActivity.NoSuchItems(List.of(stranger)));
        assertThat(relabel.relabel(other, made.id(), externalId("y"), Map.of()))
                .isEqualTo(new RelabelActivity.NoSuchActivity());
        assertThat(relabel.relabel(client, ActivityId.next(), NOTHING, Map.of()))
                .isEqualTo(new RelabelActivity.NoSuchActivity());
        assertThat(training.find(client, made.id())).contains(made);
    }
}
