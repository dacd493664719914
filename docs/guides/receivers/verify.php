<?php
// Verifies a webhook by Standard Webhooks, with nothing but PHP (8 or newer).

const TOLERANCE_SECONDS = 300;

/** Header names in lower case; the body as it arrived: file_get_contents('php://input'). */
function verify(string $secret, array $headers, string $body): void
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new RuntimeException('webhook-timestamp is missing or not of now');
    }
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return;
        }
    }
    throw new RuntimeException('no signature is of this secret over these bytes');
}

// php verify.php SECRET ID TIMESTAMP SIGNATURE < body
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    [, $secret, $id, $timestamp, $signature] = $argv;
    $headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
    try {
        verify($secret, $headers, stream_get_contents(STDIN));
        echo "verified\n";
    } catch (RuntimeException $e) {
        echo "refused: {$e->getMessage()}\n";
        exit(1);
    }
}
