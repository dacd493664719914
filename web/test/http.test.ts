import assert from "node:assert/strict";
import { test } from "node:test";
import { toAnswer } from "../src/player/http";

const json = (status: number, body: unknown, type = "application/json", headers = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ...headers } });

test("an answer of ours is read", async () => {
  assert.deepEqual(await toAnswer(json(200, { acknowledged: 3 })), { kind: "ok", body: { acknowledged: 3 } });
});

test("a problem of ours is a refusal with its words", async () => {
  const answer = await toAnswer(json(409, { type: "x/session-replaced", title: "T", detail: "D", acknowledged: 4 }, "application/problem+json"));
  assert.deepEqual(answer, { kind: "refused", status: 409, problem: { type: "x/session-replaced", title: "T", detail: "D" }, acknowledged: 4 });
});

const untrusted: [string, Response][] = [
  ["a captive portal's page", new Response("<html>Welcome", { status: 200, headers: { "Content-Type": "text/html" } })],
  ["a proxy's 403", new Response("no", { status: 403, headers: { "Content-Type": "text/html" } })],
  ["a broken body", new Response("{", { status: 200, headers: { "Content-Type": "application/json" } })],
  ["a list", json(200, [])],
  ["a server in trouble", json(503, { title: "x" }, "application/problem+json")],
  ["too many requests", json(429, { title: "x" }, "application/problem+json")],
];

for (const [name, response] of untrusted) {
  test(`${name} is no answer: it is tried again`, async () => {
    assert.equal((await toAnswer(response)).kind, "unreachable");
  });
}

test("Retry-After is kept, within bounds", async () => {
  const answer = await toAnswer(json(429, {}, "application/problem+json", { "Retry-After": "3600" }));
  assert.deepEqual(answer, { kind: "unreachable", reached: true, retryAfterMillis: 30_000 });
});
