package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import java.util.Map;
import java.util.Optional;

/// A request of content by HACP, its form read. Any version of HACP is read alike.
///
/// @param command empty for one that HACP does not have
/// @param password empty where content sent none
public record HacpRequest(
        Optional<HacpCommand> command, String sessionId, Optional<String> password, String data) {
    public static HacpRequest parse(byte[] body) {
        var form = HacpForm.parse(body);
        return new HacpRequest(
                HacpCommand.of(form.get("command")),
                form.get("session_id").strip(),
                Optional.of(form.get("au_password").strip()).filter(text -> !text.isEmpty()),
                form.get("aicc_data"));
    }

    /// What it changes of the data model.
    public Map<String, String> changes(Elements stored) {
        return command.map(asked -> changes(asked, stored)).orElse(Map.of());
    }

    private Map<String, String> changes(HacpCommand asked, Elements stored) {
        return switch (asked) {
            case GET_PARAM -> Map.of();
            // Some content says its last words with its exit.
            case PUT_PARAM, EXIT_AU -> ReadParam.changes(data, stored);
            case PUT_INTERACTIONS -> ReadRecords.interactions(data, stored);
            case PUT_OBJECTIVES -> ReadRecords.objectives(data, stored);
            case PUT_PATH -> ReadRecords.path(data, stored);
            case PUT_COMMENTS -> ReadRecords.comments(data, stored);
            case PUT_PERFORMANCE -> ReadRecords.performance(data, stored);
        };
    }
}
