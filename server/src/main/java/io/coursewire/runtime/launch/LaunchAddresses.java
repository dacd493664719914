package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;

/// The participant's URLs on the content origin.
///
/// @param contentUrl of the content origin; `{client}` in it stands for the client's id
public record LaunchAddresses(String contentUrl, LaunchTokens tokens) {
    String link(ClientId client, LaunchId launch) {
        return contentUrl.replace("{client}", client.value())
                + "/launch/"
                + tokens.link(client, launch);
    }
}
