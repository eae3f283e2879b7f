import koffi from "koffi";
import { PcscError, type PcscLibrary, type ReaderState } from "./pcsc-library.ts";

/** winscard.h and pcsclite.h on 64-bit Linux, where LONG and DWORD are a machine word. */
const systemScope = 2;
const shared = 2;
const anyProtocol = 3;
const leaveCard = 0;
const word = 8;
const stateSize = 80;
const eventStateAt = 24;
const mostNames = 8192;
const mostReaders = 16;
const longestAnswer = 264;

const codes = new Map<bigint, string>([
  [0x8010000an, "TIMEOUT"],
  [0x8010000bn, "SHARING_VIOLATION"],
  [0x8010000cn, "NO_SMARTCARD"],
  [0x80100009n, "UNKNOWN_READER"],
  [0x80100017n, "READER_UNAVAILABLE"],
  [0x8010001dn, "NO_SERVICE"],
  [0x8010001en, "SERVICE_STOPPED"],
  [0x8010002en, "NO_READERS_AVAILABLE"],
  [0x80100066n, "UNRESPONSIVE_CARD"],
  [0x80100067n, "UNPOWERED_CARD"],
  [0x80100069n, "REMOVED_CARD"],
  [0x8010006an, "SECURITY_VIOLATION"],
]);

/** libpcsclite, which every Linux has a package of; throws where it is not installed. */
export function openPcsc(): PcscLibrary {
  const library = koffi.load("libpcsclite.so.1");
  const establish = library.func(
    "long SCardEstablishContext(unsigned long scope, void *a, void *b, void *context)",
  );
  const release = library.func("long SCardReleaseContext(long context)");
  const list = library.func("long SCardListReaders(long context, void *groups, void *names, void *length)");
  const change = library.func(
    "long SCardGetStatusChange(long context, unsigned long limit, void *states, unsigned long count)",
  );
  const connect = library.func(
    "long SCardConnect(long context, str reader, unsigned long share, unsigned long protocols, void *card, void *protocol)",
  );
  const disconnect = library.func("long SCardDisconnect(long card, unsigned long disposition)");
  const transmit = library.func(
    "long SCardTransmit(long card, void *format, void *command, unsigned long length, void *answerFormat, void *answer, void *answerLength)",
  );
  let context: bigint | undefined;

  return {
    connect: () => {
      const place = Buffer.alloc(word);
      called("SCardEstablishContext", establish(systemScope, null, null, place));
      context = place.readBigInt64LE();
    },
    disconnect: () => {
      if (context !== undefined) release(context);
      context = undefined;
    },
    readers: () => {
      const names = Buffer.alloc(mostNames);
      const length = wordOf(mostNames);
      const result = list(context ?? 0n, null, names, length);
      if (codeOf(result) === "NO_READERS_AVAILABLE") return [];
      called("SCardListReaders", result);
      const text = names.toString("latin1", 0, Number(length.readBigUInt64LE()));
      return text
        .split("\0")
        .filter((name) => name !== "")
        .slice(0, mostReaders);
    },
    waitForChange: (known, limit) => {
      const names = known.map(({ reader }) => Buffer.from(`${reader}\0`, "latin1"));
      const states = Buffer.alloc(stateSize * known.length);
      for (const [index, { state }] of known.entries()) {
        states.writeBigUInt64LE(koffi.address(names[index]), index * stateSize);
        states.writeBigUInt64LE(BigInt(state), index * stateSize + 2 * word);
      }
      const result = change(context ?? 0n, limit, states, known.length);
      if (codeOf(result) !== "TIMEOUT") called("SCardGetStatusChange", result);
      return known.map(({ reader }, index): ReaderState => {
        const state = Number(states.readBigUInt64LE(index * stateSize + eventStateAt) & 0xffffffffn);
        return { reader, state };
      });
    },
    transmit: (reader, command) => {
      const card = Buffer.alloc(word);
      const protocol = Buffer.alloc(word);
      called("SCardConnect", connect(context ?? 0n, reader, shared, anyProtocol, card, protocol));
      try {
        const format = Buffer.concat([protocol, wordOf(2 * word)]);
        const answer = Buffer.alloc(longestAnswer);
        const length = wordOf(longestAnswer);
        const sent = Buffer.from(command);
        called(
          "SCardTransmit",
          transmit(card.readBigInt64LE(), format, sent, sent.length, null, answer, length),
        );
        return answer.subarray(0, Number(length.readBigUInt64LE()));
      } finally {
        disconnect(card.readBigInt64LE(), leaveCard);
      }
    },
  };
}

function wordOf(value: number): Buffer {
  const bytes = Buffer.alloc(word);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** Declared to return a long: a number where it is small, else a bigint. */
function codeOf(result: unknown): string {
  if (typeof result !== "number" && typeof result !== "bigint") throw new Error("PC/SC returned no number");
  const value = BigInt.asUintN(32, BigInt(result));
  return value === 0n ? "SUCCESS" : (codes.get(value) ?? `0x${value.toString(16)}`);
}

function called(call: string, result: unknown): void {
  const code = codeOf(result);
  if (code !== "SUCCESS") throw new PcscError(call, code);
}
