import { randomBytes } from "node:crypto";
import { PeripheralChannel } from "./osdp-peripheral-channel.ts";
import { isIntact, osdpReply } from "./osdp-peripheral-frames.ts";

/** SCBK-D, which every reader takes while it is in its installation mode. */
const factoryKey = Buffer.from("303132333435363738393a3b3c3d3e3f", "hex");

export interface OsdpPeripheralOptions {
  readonly address: number;
  readonly serial: number;
  /** Undefined: as from the factory, in its installation mode. */
  readonly key?: Buffer | undefined;
  /** Function, level and items, as PDCAP has them; lamp, sounder and display where nothing is said. */
  readonly capabilities?: readonly (readonly [number, number, number])[] | undefined;
  /** `otherwise`: where readers in the field do other things than the standard; libosdp 3 is all of this. */
  readonly manner?: "standard" | "otherwise" | undefined;
}

interface Said {
  readonly code: number;
  readonly data: Buffer;
}

const usualCapabilities = [
  [3, 1, 0],
  [4, 4, 1],
  [5, 2, 1],
  [6, 1, 1],
  [8, 1, 0],
  [9, 1, 1],
  [13, 0, 1],
  [16, 2, 0],
] as const;

/**
 * An OSDP reader, the peripheral's side: what a bus brings it goes into `receive`, what it answers comes back. It
 * answers as the standard asks; tests that need a hostile one change its bytes on their way.
 */
export class OsdpPeripheral {
  readonly address: number;
  serial: number;
  key: Buffer | undefined;
  tampered = false;
  powerFault = false;
  /** Answers nothing, as without supply; what was presented meanwhile is kept. */
  mute = false;
  /** So many commands are answered with BUSY. */
  busyTimes = 0;
  /** Its owner lets no key be set. */
  refusesKey = false;
  /** A command said again is carried out again, which ends a channel; whichever key is asked for, it answers with its own. */
  readonly #otherwise: boolean;
  /** Every command there was, and what lamp, sounder and display were told. */
  readonly heard: Said[] = [];
  readonly #capabilities: readonly (readonly [number, number, number])[];
  #channel: PeripheralChannel | undefined;
  readonly #waiting: Said[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #sequence = -1;
  #lastReply: Buffer | undefined;

  constructor({ address, serial, key, capabilities, manner }: OsdpPeripheralOptions) {
    this.#otherwise = manner === "otherwise";
    this.address = address;
    this.serial = serial;
    this.key = key;
    this.#capabilities = capabilities ?? usualCapabilities;
  }

  get secure(): boolean {
    return this.#channel?.up === true;
  }

  /** Presented, typed or said, and not yet asked for. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Bits as they are on the card, the first first. */
  presentBits(bits: string, wiegand = true): void {
    const filled = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
    const bytes = Buffer.from(filled.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
    const head = Buffer.of(0, wiegand ? 1 : 0, bits.length & 0xff, bits.length >> 8);
    this.#waiting.push({ code: 0x50, data: Buffer.concat([head, bytes]) });
  }

  /** As readers of the first version send a card. */
  presentCharacters(characters: string): void {
    const bytes = Buffer.from(characters).subarray(0, 255);
    this.#waiting.push({ code: 0x51, data: Buffer.concat([Buffer.of(0, 0, bytes.length), bytes]) });
  }

  press(keys: string): void {
    const codes = Buffer.from(keys.replaceAll("#", "\r").replaceAll("*", "\u007f"), "utf8").subarray(0, 255);
    this.#waiting.push({ code: 0x53, data: Buffer.concat([Buffer.of(0, codes.length), codes]) });
  }

  /** Says anything at the next poll. */
  say(code: number, data: Buffer): void {
    this.#waiting.push({ code, data });
  }

  /** The supply was off and on: it knows no channel any more. */
  restart(): void {
    this.#channel = undefined;
    this.#sequence = -1;
    this.#lastReply = undefined;
  }

  /** Bytes from the bus; answers what it says to them, if anything. */
  receive(bytes: Uint8Array): Buffer | undefined {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const begin = this.#rest.indexOf(0x53);
      if (begin < 0) this.#rest = Buffer.alloc(0);
      else this.#rest = this.#rest.subarray(begin);
      if (this.#rest.length < 8) return undefined;
      const length = this.#rest.readUInt16LE(2);
      if (length > 1440 || length < 7) {
        this.#rest = this.#rest.subarray(1);
        continue;
      }
      if (this.#rest.length < length) return undefined;
      const frame = this.#rest.subarray(0, length);
      if (!isIntact(frame)) {
        this.#rest = this.#rest.subarray(1);
        continue;
      }
      this.#rest = this.#rest.subarray(length);
      const reply = this.#mine(frame) ? this.#answer(frame) : undefined;
      if (reply !== undefined) return reply;
    }
  }

  #mine(frame: Buffer): boolean {
    return !this.mute && (frame[1] === this.address || frame[1] === 0x7f);
  }

  #answer(frame: Buffer): Buffer | undefined {
    const control = frame.readUInt8(4);
    const sequence = control & 3;
    if (this.busyTimes > 0) {
      this.busyTimes -= 1;
      return this.#framed(0, control, undefined, 0x79, Buffer.alloc(0));
    }
    // The same number again is the same command again: its answer was lost.
    const again = sequence !== 0 && sequence === this.#sequence && this.#lastReply !== undefined;
    if (again && !this.#otherwise) return this.#lastReply;
    if (sequence === 0) this.#channel = undefined;
    else if (!again && sequence !== (this.#sequence % 3) + 1) return this.#refuse(sequence, control, 4);
    this.#sequence = sequence;
    this.#lastReply = this.#respond(frame, control, sequence);
    return this.#lastReply;
  }

  #respond(frame: Buffer, control: number, sequence: number): Buffer {
    const end = frame.length - ((control & 4) === 0 ? 1 : 2);
    const blockLength = (control & 8) === 0 ? 0 : frame.readUInt8(5);
    const type = blockLength === 0 ? 0 : frame.readUInt8(6);
    const code = frame.readUInt8(5 + blockLength);
    if (type === 0x11 || type === 0x13)
      return this.#handshake(
        control,
        sequence,
        frame.readUInt8(7),
        code,
        frame.subarray(6 + blockLength, end),
      );
    if (type < 0x15) {
      this.#channel = undefined;
      return this.#open(control, sequence, { code, data: frame.subarray(6 + blockLength, end) });
    }
    const channel = this.#channel;
    if (channel?.up !== true) return this.#refuse(sequence, control, 6);
    const data = channel.openCommand(
      frame.subarray(0, end - 4),
      frame.subarray(end - 4, end),
      frame.subarray(6 + blockLength, end - 4),
      type === 0x17,
    );
    if (data === undefined) {
      this.#channel = undefined;
      return this.#refuse(sequence, control, 6);
    }
    const said = this.#carryOut({ code, data });
    const reply = this.#framed(sequence, control, channel, said.code, said.data);
    if (code === 0x75 && said.code === 0x40) this.#channel = undefined; // it begins anew with its own key
    return reply;
  }

  /** Without a channel it says who it is and what it can, and nothing else once it has a key. */
  #open(control: number, sequence: number, command: Said): Buffer {
    const allowed = command.code === 0x61 || command.code === 0x62 || this.key === undefined;
    if (!allowed || command.code === 0x75) return this.#refuse(sequence, control, 6);
    const said = this.#carryOut(command);
    return this.#framed(sequence, control, undefined, said.code, said.data);
  }

  #handshake(control: number, sequence: number, keyType: number, code: number, data: Buffer): Buffer {
    if (code === 0x76) {
      const ownType = this.key === undefined ? 0 : 1;
      if (keyType !== ownType && !this.#otherwise) return this.#refuse(sequence, control, 5);
      this.#channel = new PeripheralChannel(this.key ?? factoryKey, Buffer.from(data), randomBytes(8));
      const unit = this.#identity().subarray(0, 8);
      return this.#framed(
        sequence,
        control,
        Buffer.of(3, 0x12, ownType),
        0x76,
        Buffer.concat([unit, this.#channel.clientAnswer()]),
      );
    }
    if (this.#channel === undefined) return this.#refuse(sequence, control, 6);
    // It stands already: what the controller knows of it was lost.
    if (this.#channel.up) return this.#framed(sequence, control, this.#channel, 0x41, Buffer.of(6));
    const mac = this.#channel.initialMac(data);
    return this.#framed(sequence, control, Buffer.of(3, 0x14, this.#channel.up ? 1 : 0xff), 0x78, mac);
  }

  #carryOut({ code, data }: Said): Said {
    this.heard.push({ code, data: Buffer.from(data) });
    if (this.heard.length > 1_000) this.heard.shift();
    const ack = { code: 0x40, data: Buffer.alloc(0) };
    switch (code) {
      case 0x60:
        return this.#waiting.shift() ?? ack;
      case 0x61:
        return { code: 0x45, data: this.#identity() };
      case 0x62:
        return { code: 0x46, data: Buffer.from(this.#capabilities.flat()) };
      case 0x64:
        return { code: 0x48, data: Buffer.of(this.tampered ? 1 : 0, this.powerFault ? 1 : 0) };
      case 0x67:
        return { code: 0x4b, data: Buffer.of(0) };
      case 0x69:
      case 0x6a:
      case 0x6b:
        return ack;
      case 0x75:
        if (data.length !== 18 || data[0] !== 1 || data[1] !== 16) return { code: 0x41, data: Buffer.of(2) };
        if (this.refusesKey) return { code: 0x41, data: Buffer.of(6) };
        this.key = Buffer.from(data.subarray(2));
        return ack;
      default:
        return { code: 0x41, data: Buffer.of(3) };
    }
  }

  #identity(): Buffer {
    const serial = Buffer.alloc(4);
    serial.writeUInt32LE(this.serial);
    return Buffer.concat([Buffer.of(0x5c, 0x26, 0x23, 1, 2), serial, Buffer.of(1, 0, 7)]);
  }

  #refuse(sequence: number, control: number, reason: number): Buffer {
    return this.#framed(sequence, control, undefined, 0x41, Buffer.of(reason));
  }

  #framed(
    sequence: number,
    control: number,
    security: Buffer | PeripheralChannel | undefined,
    code: number,
    data: Buffer,
  ): Buffer {
    const channel = security instanceof PeripheralChannel ? security : undefined;
    const sealed = channel !== undefined && data.length > 0;
    const block =
      channel === undefined ? (security as Buffer | undefined) : Buffer.of(2, sealed ? 0x18 : 0x16);
    return osdpReply(
      this.address,
      sequence,
      control & 4,
      block,
      code,
      sealed ? channel.sealData(data) : data,
      channel,
    );
  }
}
