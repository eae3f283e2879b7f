import { createCipheriv, createDecipheriv } from "node:crypto";

/** The reader's end of an OSDP secure channel, written from the standard and apart from the driver's. */
export class PeripheralChannel {
  readonly #enc: Buffer;
  readonly #mac1: Buffer;
  readonly #mac2: Buffer;
  readonly #random: Buffer;
  readonly #challenge: Buffer;
  #commandMac: Buffer = Buffer.alloc(16);
  #replyMac: Buffer = Buffer.alloc(16);
  /** Whether the controller has proven that it has the key. */
  up = false;

  constructor(key: Buffer, challenge: Buffer, random: Buffer) {
    const derived = (first: number, second: number): Buffer => {
      const block = Buffer.alloc(16);
      block[0] = first;
      block[1] = second;
      challenge.copy(block, 2, 0, 6);
      return ecb(key, block);
    };
    this.#enc = derived(0x01, 0x82);
    this.#mac1 = derived(0x01, 0x01);
    this.#mac2 = derived(0x01, 0x02);
    this.#random = random;
    this.#challenge = challenge;
  }

  /** What CCRYPT carries after the unit's own identification. */
  clientAnswer(): Buffer {
    return Buffer.concat([this.#random, ecb(this.#enc, Buffer.concat([this.#challenge, this.#random]))]);
  }

  /** What RMAC_I carries; the channel is up only if the controller's cryptogram is right. */
  initialMac(cryptogram: Buffer): Buffer {
    this.up = ecb(this.#enc, Buffer.concat([this.#random, this.#challenge])).equals(cryptogram);
    this.#replyMac = ecb(this.#mac2, ecb(this.#mac1, cryptogram));
    return this.#replyMac;
  }

  /** The data of a command, or undefined where its MAC or its padding is wrong. `message` ends before the MAC. */
  openCommand(message: Buffer, mac: Buffer, data: Buffer, sealed: boolean): Buffer | undefined {
    const full = this.#mac(message, this.#replyMac);
    if (!full.subarray(0, 4).equals(mac)) return undefined;
    const opened = sealed ? unpadded(cbc(this.#enc, inverse(this.#replyMac), data, false)) : data;
    this.#commandMac = full;
    return opened;
  }

  sealData(data: Buffer): Buffer {
    return cbc(this.#enc, inverse(this.#commandMac), padded(data, true), true);
  }

  /** The four bytes for a reply; `message` has everything before them. */
  replyMac(message: Buffer): Buffer {
    this.#replyMac = this.#mac(message, this.#commandMac);
    return this.#replyMac.subarray(0, 4);
  }

  #mac(message: Buffer, iv: Buffer): Buffer {
    const blocks = padded(message, false);
    const head = blocks.subarray(0, -16);
    const chained = head.length === 0 ? iv : cbc(this.#mac1, iv, head, true).subarray(-16);
    return cbc(this.#mac2, chained, blocks.subarray(-16), true);
  }
}

function ecb(key: Buffer, block: Buffer): Buffer {
  const cipher = createCipheriv("aes-128-ecb", key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function cbc(key: Buffer, iv: Buffer, blocks: Buffer, encrypt: boolean): Buffer {
  const cipher = (encrypt ? createCipheriv : createDecipheriv)("aes-128-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

const inverse = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => 0xff - byte));

/** 0x80 and zeros; data gets them always, a message only where it does not fill its last block. */
function padded(bytes: Buffer, always: boolean): Buffer {
  if (!always && bytes.length % 16 === 0) return bytes;
  const zeros = 15 - (bytes.length % 16);
  return Buffer.concat([bytes, Buffer.of(0x80), Buffer.alloc(zeros)]);
}

function unpadded(bytes: Buffer): Buffer | undefined {
  const end = bytes.lastIndexOf(0x80);
  return end < 0 || bytes.subarray(end + 1).some((byte) => byte !== 0) ? undefined : bytes.subarray(0, end);
}
