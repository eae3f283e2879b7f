import { setTimeout as sleep } from "node:timers/promises";
import type { AccessPointName } from "../../src/domain/names.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { knownFormats } from "../../src/drivers/reader-wiegand/formats.ts";
import { countedLine, frameFor } from "../../src/drivers/reader-wiegand/frames-for-tests.ts";
import { openSerialLine } from "../../src/drivers/reader-wiegand/open-serial-line.ts";
import { WiegandCardReader } from "../../src/drivers/reader-wiegand/wiegand-reader.ts";
import { cardReaderContract } from "../../src/ports/contracts/card-reader.contract.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";
import { SerialPeer } from "../support/serial-peer.ts";

watchMachine();

const clock = new SystemClock();
const known = knownFormats["wiegand26"];
if (known === undefined) throw new Error("there is no wiegand26");
const format = { ...known, number: "{card}" };
/** Sooner the same card would be a frame played back. */
const betweenCards = 160;
/** A line that hung up is opened again after a second. */
const untilReopened = 1_300;
const underWay = 60;

cardReaderContract(
  "WiegandCardReader on a terminal device of the kernel's",
  async () => {
    const peers = new Map<AccessPointName, SerialPeer>([
      ["outer-entry", new SerialPeer()],
      ["inner-entry", new SerialPeer()],
    ]);
    for (const peer of peers.values()) await peer.plug();
    const pending: (() => Promise<unknown>)[] = [];
    const send = (accessPoint: AccessPointName, text: string, pause: number): void => {
      pending.push(async () => {
        peers.get(accessPoint)?.send(Buffer.from(text, "utf8"));
        await sleep(pause);
      });
    };
    const forAll = (step: (peer: SerialPeer) => Promise<void>): void => {
      pending.push(async () => {
        await Promise.all([...peers.values()].map(step));
        await sleep(untilReopened);
      });
    };
    return {
      reader: new WiegandCardReader(
        [...peers].map(([accessPoint, { device }]) => ({
          where: { vestibule: "v1", accessPoint },
          input: { via: "serial", device, converter: "wie232-generic" },
          formats: [format],
          keypad: true,
        })),
        { clock, openSerialLine },
      ),
      present: (accessPoint, number) => {
        const isCard = /^\d{1,4}$/.test(number);
        const text = isCard ? countedLine(frameFor(format, BigInt(number))) : `${number}\r`;
        send(accessPoint, text, isCard ? betweenCards : 0);
      },
      press: (accessPoint, keys) => {
        for (const key of keys) {
          const value = "0123456789*#".indexOf(key);
          send(accessPoint, countedLine((value < 0 ? 15 : value).toString(2).padStart(4, "0")), 0);
        }
      },
      unplug: () => forAll((peer) => peer.unplug()),
      plug: () => forAll((peer) => peer.plug()),
      now: () => clock.now(),
      settle: async () => {
        for (const step of pending.splice(0)) await step();
        await sleep(underWay);
      },
      close: async () => {
        for (const peer of peers.values()) await peer[Symbol.asyncDispose]();
      },
    };
  },
  againWhereHeldUp,
);
