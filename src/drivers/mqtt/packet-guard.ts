import type { Socket } from "node:net";
import { Duplex, pipeline, Transform } from "node:stream";

/** The lengths of MQTT packets in a stream of bytes, read without keeping any of them. */
export class PacketLengths {
  readonly #largest: number;
  /** Bytes of the current packet still to come; undefined while its length is being read. */
  #remaining: number | undefined;
  /** Bytes of the fixed header seen so far: one for the type, then up to four of length. */
  #header = 0;
  #length = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  /** False once a packet announces more than the limit, or a length that is none. */
  accept(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining !== undefined) {
        const skipped = Math.min(this.#remaining, chunk.length - at);
        at += skipped;
        this.#remaining -= skipped;
        if (this.#remaining === 0) this.#begin();
      } else if (!this.#readHeader(chunk[at++] ?? 0)) return false;
    }
    return true;
  }

  #readHeader(byte: number): boolean {
    this.#header += 1;
    if (this.#header === 1) return true;
    // Seven bits a byte, the lowest first; the eighth says that more follow, at most four in all.
    this.#length += (byte & 0x7f) * 128 ** (this.#header - 2);
    if (this.#length > this.#largest) return false;
    if ((byte & 0x80) !== 0) return this.#header < 5;
    this.#remaining = this.#length;
    if (this.#remaining === 0) this.#begin();
    return true;
  }

  #begin(): void {
    this.#remaining = undefined;
    this.#header = 0;
    this.#length = 0;
  }
}

/** The socket, which ends as soon as a packet is announced that is larger than `largest` bytes. */
export function limitPackets(socket: Socket, largest: number): Duplex {
  const lengths = new PacketLengths(largest);
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (lengths.accept(chunk)) done(null, chunk);
      else done(new Error(`an MQTT packet of more than ${largest} bytes`));
    },
  });
  pipeline(socket, guard, () => socket.destroy());
  return Duplex.from({ readable: guard, writable: socket });
}
