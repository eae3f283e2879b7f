import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { OsdpPeripheral } from "../../src/simulation/osdp-peripheral.ts";
import { SerialTerminal } from "./serial-terminal.ts";

/** A reader that the driver is accepted against: the simulated one, or a program with another implementation in it. */
export interface AcceptanceReader extends AsyncDisposable {
  /** Supply on: `answer` gets what it says on the bus. */
  start(answer: (bytes: Buffer) => void): Promise<void>;
  /** Supply off: it forgets its channel, and what was presented. */
  stop(): Promise<void>;
  /** What is on the bus. */
  hear(bytes: Buffer): void;
  /** Bits as they are on the card, the first first. */
  present(bits: string): void;
  press(keys: string): void;
  tamper(present: boolean): void;
  powerFault(present: boolean): void;
  /** `led ON OFF COLOUR COLOUR`, `buzzer ON OFF TIMES`, `text ROW COLUMN TEXT`, `keyset HEX`, in the order they came. */
  readonly told: readonly string[];
}

/** Hexadecimal digits, or undefined for a reader as from the factory. */
export type MakeAcceptanceReader = (address: number, key: string | undefined) => AcceptanceReader;

const codes = { localStatus: 0x48, led: 0x69, buzzer: 0x6a, text: 0x6b, setKey: 0x75 };

/** By the places that the standard gives them in the commands' data. */
function inWords(code: number, data: Buffer): string | undefined {
  switch (code) {
    case codes.led:
      return `led ${[...data.subarray(10, 14)].join(" ")}`;
    case codes.buzzer:
      return `buzzer ${[...data.subarray(2, 5)].join(" ")}`;
    case codes.text:
      return `text ${data[3]} ${data[4]} ${data.subarray(6).toString("latin1")}`;
    case codes.setKey:
      return `keyset ${data.subarray(2).toString("hex")}`;
    default:
      return undefined;
  }
}

export const simulatedReader =
  (manner: "standard" | "otherwise"): MakeAcceptanceReader =>
  (address, key) => {
    const make = (own: Buffer | undefined) =>
      new OsdpPeripheral({ address, serial: 900 + address, key: own, manner });
    let peripheral = make(key === undefined ? undefined : Buffer.from(key, "hex"));
    let answer: ((bytes: Buffer) => void) | undefined;
    const before: string[] = [];
    const status = (): void =>
      peripheral.say(
        codes.localStatus,
        Buffer.of(Number(peripheral.tampered), Number(peripheral.powerFault)),
      );
    const told = () =>
      peripheral.heard.map(({ code, data }) => inWords(code, data)).filter((line) => line !== undefined);
    return {
      start: async (to) => {
        answer = to;
      },
      stop: async () => {
        answer = undefined;
        before.push(...told());
        peripheral = make(peripheral.key);
      },
      hear: (bytes) => {
        const reply = answer === undefined ? undefined : peripheral.receive(bytes);
        if (reply !== undefined) answer?.(reply);
      },
      present: (bits) => peripheral.presentBits(bits),
      press: (keys) => peripheral.press(keys),
      tamper: (present) => {
        peripheral.tampered = present;
        status();
      },
      powerFault: (present) => {
        peripheral.powerFault = present;
        status();
      },
      get told() {
        return [...before, ...told()];
      },
      [Symbol.asyncDispose]: async () => {},
    };
  };

/** `PROGRAM DEVICE ADDRESS KEY|new`, told on its input what happens to it, saying on its output what it was told. */
export const programmedReader =
  (program: string): MakeAcceptanceReader =>
  (address, key) => {
    const told: string[] = [];
    let answer: ((bytes: Buffer) => void) | undefined;
    const terminal = new SerialTerminal("./serial-bus.py", (line) => answer?.(Buffer.from(line, "hex")));
    let child: ChildProcess | undefined;
    const say = (line: string): void => void child?.stdin?.write(`${line}\n`);
    const kept = (): string | undefined =>
      told.findLast((line) => line.startsWith("keyset "))?.slice("keyset ".length) ?? key;
    const stop = async (): Promise<void> => {
      const running = child;
      child = undefined;
      answer = undefined;
      if (running === undefined || running.exitCode !== null) return;
      running.kill("SIGKILL");
      await once(running, "exit");
      await terminal.unplug();
    };
    return {
      start: async (to) => {
        await terminal.plug();
        answer = to;
        child = spawn(program, [terminal.device, String(address), kept() ?? "new"], {
          stdio: ["pipe", "pipe", "inherit"],
        });
        const { stdout } = child;
        if (stdout === null) throw new Error(`${program} says nothing`);
        const lines = createInterface(stdout);
        await once(lines, "line"); // `ready`
        lines.on("line", (line: string) => told.push(line));
      },
      stop,
      hear: (bytes) => {
        if (answer !== undefined) terminal.send(bytes);
      },
      present: (bits) => say(`card ${bits}`),
      press: (keys) => say(`keys ${keys}`),
      tamper: (present) => say(`tamper ${Number(present)}`),
      powerFault: (present) => say(`power ${Number(present)}`),
      told,
      [Symbol.asyncDispose]: async () => {
        await stop();
        await terminal[Symbol.asyncDispose]();
      },
    };
  };
