/** One command for a reader: its code and what it carries. */
export interface Command {
  readonly code: number;
  readonly data: Uint8Array;
}

const bare = (code: number): Command => ({ code, data: new Uint8Array(0) });

/** Which reader of the device: one behind each address is all that is used here. */
const firstReader = 0;
const firstLed = 0;

export type LedColour = "black" | "red" | "green" | "amber" | "blue";
const colourCodes: Readonly<Record<LedColour, number>> = { black: 0, red: 1, green: 2, amber: 3, blue: 4 };

/** Lengths are in tenths of a second, as the standard counts them. */
export interface LedPattern {
  readonly on: number;
  readonly off: number;
  readonly onColour: LedColour;
  readonly offColour: LedColour;
}

export interface Beeps {
  readonly on: number;
  readonly off: number;
  readonly times: number;
}

export const commandCodes = {
  poll: 0x60,
  identify: 0x61,
  capabilities: 0x62,
  localStatus: 0x64,
  inputStatus: 0x65,
  outputStatus: 0x66,
  readerStatus: 0x67,
  led: 0x69,
  buzzer: 0x6a,
  text: 0x6b,
  setCommunication: 0x6e,
  setKey: 0x75,
  challenge: 0x76,
  serverCryptogram: 0x77,
} as const;

const setsNothing = 0;
const setsNow = 1;
const cancelsTemporary = 1;
const defaultTone = 2;
const permanentWithoutWrap = 1;
const baseKeyType = 1;

const lowFirst = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff);

/** Builds what the controller says. */
export const commands = {
  poll: (): Command => bare(commandCodes.poll),
  identify: (): Command => ({ code: commandCodes.identify, data: Buffer.of(0) }),
  capabilities: (): Command => ({ code: commandCodes.capabilities, data: Buffer.of(0) }),
  localStatus: (): Command => bare(commandCodes.localStatus),
  inputStatus: (): Command => bare(commandCodes.inputStatus),
  outputStatus: (): Command => bare(commandCodes.outputStatus),
  readerStatus: (): Command => bare(commandCodes.readerStatus),
  /** Until the next one: a reader that loses its controller in between shows what was last true. */
  led: ({ on, off, onColour, offColour }: LedPattern): Command => ({
    code: commandCodes.led,
    data: Buffer.of(
      ...[firstReader, firstLed],
      ...[cancelsTemporary, 0, 0, 0, 0, ...lowFirst(0, 2)],
      ...[setsNow, on, off, colourCodes[onColour], colourCodes[offColour]],
    ),
  }),
  buzzer: ({ on, off, times }: Beeps): Command => ({
    code: commandCodes.buzzer,
    data: Buffer.of(firstReader, defaultTone, on, off, times),
  }),
  /** Printable ASCII in the first row; what is longer than a row of the standard is cut. */
  text: (text: string): Command => {
    const characters = Buffer.from(text.replaceAll(/[^ -~]/g, "?").slice(0, 16), "latin1");
    return {
      code: commandCodes.text,
      data: Buffer.from([
        firstReader,
        permanentWithoutWrap,
        setsNothing,
        1,
        1,
        characters.length,
        ...characters,
      ]),
    };
  },
  setCommunication: (address: number, baudRate: number): Command => ({
    code: commandCodes.setCommunication,
    data: Buffer.of(address, ...lowFirst(baudRate, 4)),
  }),
  setKey: (key: Uint8Array): Command => ({
    code: commandCodes.setKey,
    data: Buffer.from([baseKeyType, key.length, ...key]),
  }),
  challenge: (controllerRandom: Uint8Array): Command => ({
    code: commandCodes.challenge,
    data: controllerRandom,
  }),
  serverCryptogram: (cryptogram: Uint8Array): Command => ({
    code: commandCodes.serverCryptogram,
    data: cryptogram,
  }),
};
