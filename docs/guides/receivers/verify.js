// Verifies a webhook by Standard Webhooks, with nothing but Node.js (18 or newer).
const crypto = require("node:crypto");

const TOLERANCE_SECONDS = 300;

/** headers: names in lower case; body: a Buffer, as it arrived. Throws when the request is not to be trusted. */
function verify(secret, headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!/^\d{1,12}$/.test(timestamp ?? "") || Math.abs(Date.now() / 1000 - timestamp) > TOLERANCE_SECONDS) {
    throw new Error("webhook-timestamp is missing or not of now");
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = crypto.createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  for (const signature of (headers["webhook-signature"] ?? "").split(" ")) {
    const [version, value] = signature.split(",");
    const given = Buffer.from(value ?? "", "base64");
    if (version === "v1" && given.length === expected.length && crypto.timingSafeEqual(given, expected)) {
      return;
    }
  }
  throw new Error("no signature is of this secret over these bytes");
}

/** The same for v1a: publicKey is whpk_ and the base64 of an ed25519 key. */
function verifyWithPublicKey(publicKey, headers, body) {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ""), "base64");
  const key = crypto.createPublicKey({
    key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]), format: "der", type: "spki",
  });
  const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`), body]);
  const valid = (headers["webhook-signature"] ?? "").split(" ").some((signature) =>
    signature.startsWith("v1a,") && crypto.verify(null, signed, key, Buffer.from(signature.slice(4), "base64")));
  if (!valid) {
    throw new Error("no signature is of this key over these bytes");
  }
}

module.exports = { verify, verifyWithPublicKey };

// node verify.js SECRET-OR-PUBLIC-KEY ID TIMESTAMP SIGNATURE < body
if (require.main === module) {
  const [key, id, timestamp, signature] = process.argv.slice(2);
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const check = key.startsWith("whpk_") ? verifyWithPublicKey : verify;
  try {
    check(key, headers, require("node:fs").readFileSync(0));
    console.log("verified");
  } catch (error) {
    console.log(`refused: ${error.message}`);
    process.exitCode = 1;
  }
}
