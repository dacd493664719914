"""Verifies a webhook by Standard Webhooks, with nothing but Python (3.8 or newer)."""
import base64
import hashlib
import hmac
import sys
import time

TOLERANCE_SECONDS = 300


def verify(secret, headers, body):
    """headers: names in lower case; body: bytes, as they arrived. Raises ValueError when it is not to be trusted."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isascii() or not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise ValueError("webhook-timestamp is missing or not of now")
    key = base64.b64decode(secret[len("whsec_"):])
    signed = message_id.encode() + b"." + timestamp.encode() + b"." + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    for signature in headers.get("webhook-signature", "").split(" "):
        if hmac.compare_digest(signature.encode(), expected):
            return
    raise ValueError("no signature is of this secret over these bytes")


# python3 verify.py SECRET ID TIMESTAMP SIGNATURE < body
if __name__ == "__main__":
    secret, message_id, timestamp, signature = sys.argv[1:5]
    headers = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    try:
        verify(secret, headers, sys.stdin.buffer.read())
        print("verified")
    except ValueError as error:
        print("refused:", error)
        sys.exit(1)
