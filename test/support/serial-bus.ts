import type { OsdpPeripheral } from "../../src/simulation/osdp-peripheral.ts";
import { SerialTerminal } from "./serial-terminal.ts";

/** OSDP readers on a bus that is a real terminal device. */
export class SerialBus extends SerialTerminal {
  /** What becomes of a reader's words on their way. */
  onTheWay: (reply: Buffer) => readonly Buffer[] = (reply) => [reply];

  constructor(peripherals: readonly OsdpPeripheral[]) {
    super("./serial-bus.py", (line) => {
      const bytes = Buffer.from(line, "hex");
      for (const peripheral of peripherals) {
        const reply = peripheral.receive(bytes);
        for (const piece of reply === undefined ? [] : this.onTheWay(reply)) this.send(piece);
      }
    });
  }
}
