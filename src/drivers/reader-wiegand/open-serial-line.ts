import { SerialPort } from "serialport";
import type { OpenSerialLine } from "./serial-line.ts";

/** By `serialport`, 9600 baud, 8 data bits, no parity: what the converters speak. Nobody else may open it meanwhile. */
export const openSerialLine: OpenSerialLine = async (device, events) => {
  const port = new SerialPort({ path: device, baudRate: 9600, autoOpen: false, highWaterMark: 1024 });
  await settled((done) => port.open(done));
  // What waits there was sent while nobody looked at the person who presented it.
  await settled((done) => port.flush(done));
  let closing = false;
  port.on("data", (bytes: Buffer) => {
    if (!closing) events.onBytes(bytes);
  });
  port.on("error", () => {}); // the close that follows says it
  port.on("close", (error: Error | null) => {
    if (!closing) events.onGone(error?.message ?? "the line was closed");
  });
  return {
    close: async () => {
      closing = true;
      if (port.isOpen) await settled((done) => port.close(done)).catch(() => {}); // it is gone either way
    },
  };
};

function settled(start: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    start((error) => (error === null || error === undefined ? resolve() : reject(error))),
  );
}
