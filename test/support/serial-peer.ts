import { SerialTerminal } from "./serial-terminal.ts";

/** Something on a serial line that only speaks. */
export class SerialPeer extends SerialTerminal {
  constructor() {
    super("./serial-peer.py");
  }
}
