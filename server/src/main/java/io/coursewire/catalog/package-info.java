/// Who and what: clients, their participants, their training items. Knows nothing of how anyone's attempts
/// went; [PersonalData] is how those who do are told that a person is to be forgotten.
package io.coursewire.catalog;
