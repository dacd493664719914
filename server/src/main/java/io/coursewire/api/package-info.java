/// The product's own HTTP contract: one [Resource] per feature, and what all of them share. A request
/// passes [Dispatch] (request id, [Guard], parameters, idempotency), then one action of a Resource, which
/// calls a feature verb and gives an [Answer].
package io.coursewire.api;
