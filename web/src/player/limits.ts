/** Every bound of the player, by name. Sizes of request bodies are UTF-8 bytes, sizes of stored text characters. */
export const limits = {
  /** What the browser takes along when a page goes away. */
  beaconBytes: 64 * 1024,
  /** A commit larger than this is cut in two, so that at least its small part fits a beacon. */
  commitBytes: 32 * 1024,
  requestBytes: 512 * 1024,
  requestCommits: 500,
  requestMillis: 30_000,
  /** A change that content does not commit itself goes out this long after it was made. */
  quietMillis: 2_000,
  retryFirstMillis: 1_000,
  retryMostMillis: 30_000,
  /** A page that found no connection tries by itself again after this long. */
  reconnectMillis: 10_000,
  /** No value is longer, whatever the smallest permitted maxima of the standards. */
  valueChars: 250_000,
  /** Rejected calls told per session, each with this much of its element's name and of its value. */
  rejectedCalls: 100,
  excerptChars: 255,
  /** Browsers give an origin about five million characters of localStorage. */
  storedChars: 4_000_000,
  storedSessions: 50,
  /** What the server refused for good stays this long for whoever wants to rescue it. */
  refusedKeptMillis: 30 * 24 * 3_600_000,
  leftoverTries: 3,
  /** A finish with nothing after it stands after this long. */
  settleMillis: 400,
  /** A document that was asked whether it may go, and is still there after this long, stays for now. */
  askedMillis: 1_000,
  /** How long a page that content asked for may take to come. */
  navigationMillis: 10_000,
  /** How long a page that was opened after LMSFinish may take to call LMSInitialize again. */
  reopenMillis: 4_000,
} as const;
