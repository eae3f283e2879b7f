import type { SerialPort } from "serialport";

/** An open line to a bus, half duplex: one speaks at a time. */
export interface SerialLine {
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

export interface SerialLineEvents {
  onBytes(bytes: Uint8Array): void;
  /** Once, when it is gone by itself; not after `close`. */
  onGone(reason: string): void;
}

/** Rejects where it cannot be opened. What had come in before is dropped. */
export type OpenSerialLine = (
  device: string,
  baudRate: number,
  events: SerialLineEvents,
) => Promise<SerialLine>;

/** By `serialport`, 8 data bits, no parity, one stop bit, as the standard asks. Nobody else may open it meanwhile. */
export const openSerialLine: OpenSerialLine = async (device, baudRate, events) => {
  // Its native part is loaded only where a site has such readers.
  const { SerialPort } = await import("serialport");
  const port: SerialPort = new SerialPort({ path: device, baudRate, autoOpen: false, highWaterMark: 2048 });
  await settled((done) => port.open(done));
  await settled((done) => port.flush(done));
  let closing = false;
  port.on("data", (bytes: Buffer) => {
    if (!closing) events.onBytes(bytes);
  });
  port.on("error", () => {}); // the close that follows says it, and a command that was not written gets no reply
  port.on("close", (error: Error | null) => {
    if (!closing) events.onGone(error?.message ?? "the line was closed");
  });
  return {
    write: (bytes) => {
      if (port.isOpen) port.write(Buffer.from(bytes));
    },
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
