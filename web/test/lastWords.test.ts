import assert from "node:assert/strict";
import { test } from "node:test";
import { carryLastWords } from "../src/player/aicc/lastWords";

const address = "https://courses.test/aicc/60";

/** A page of content, as far as the player touches it: what it sends itself, and what is carried for it. */
function page() {
  const sent: unknown[] = [];
  const carried: string[] = [];
  const content = Object.assign(new EventTarget(), {
    frames: [],
    location: { href: "https://courses.test/content/index.html" },
    setTimeout,
    URLSearchParams,
    Response,
    XMLHttpRequest: class {
      open(): void {}
      send(body: unknown): void {
        sent.push(body);
      }
    },
    fetch: async (input: unknown, init?: RequestInit): Promise<Response> => (sent.push(init?.body ?? String(input)), new Response("sent")),
  });
  carryLastWords(content as unknown as Window, address, (body) => carried.push(body));
  const request = (body: unknown, url = address): void => {
    const made = new content.XMLHttpRequest() as unknown as XMLHttpRequest;
    made.open("POST", url);
    made.send(body as string);
  };
  return { content, sent, carried, request, goes: () => content.dispatchEvent(new Event("pagehide")) };
}

test("while the page is there its requests go their own way", async () => {
  const { content, sent, carried, request } = page();
  request("command=PutParam");
  assert.equal(await (await content.fetch(address, { method: "POST", body: "command=ExitAU" })).text(), "sent");
  assert.deepEqual(sent, ["command=PutParam", "command=ExitAU"]);
  assert.deepEqual(carried, []);
});

test("what it says while it goes is carried, by whichever way it says it, and answered", async () => {
  const { content, sent, carried, request, goes } = page();
  goes();
  request("command=PutParam&aicc_data=1");
  const answer = content.fetch("/aicc/60", { method: "post", body: new URLSearchParams({ command: "ExitAU" }) });
  assert.deepEqual(carried, ["command=PutParam&aicc_data=1", "command=ExitAU"]);
  assert.match(await (await answer).text(), /^error=0\r\n/);
  assert.deepEqual(sent, []);
});

test("while it goes, what is none of its last words goes its own way", async () => {
  const { content, sent, carried, request, goes } = page();
  goes();
  request("command=GetParam");
  request("command=PutParam", "https://elsewhere.test/");
  await content.fetch("picture.png");
  await content.fetch(address, { method: "POST", body: "command=GetParam" });
  await content.fetch(address, { method: "POST", body: "command=PutParam", keepalive: true });
  await content.fetch(new Request(address));
  assert.equal(sent.length, 6);
  assert.deepEqual(carried, []);
  await assert.rejects(content.fetch("http://[", { method: "POST", body: "" }), TypeError);
});
