// Consoles without a screen, in a process of their own: event streams that are read, and the state asked for as a page does.
import { request } from "node:http";
import process from "node:process";

/** A quiet stream is asked after this often (src/console/live/site-connection.ts). */
const pulseMs = 700;

const [address = "", cookie = "", number = "49"] = process.argv.slice(2);
let records = 0;

for (let console = 0; console < Number(number); console++) {
  let heardAt = Date.now();
  // As a page does: a stream that ends is opened again a second later.
  const listen = (): void => {
    const again = (): void => void setTimeout(listen, 1_000);
    request(`${address}/api/v1/stream`, { headers: { cookie, accept: "text/event-stream" } }, (answer) => {
      if (answer.statusCode !== 200) throw new Error(`a stream was answered ${answer.statusCode}`);
      answer.on("data", (chunk: Buffer) => {
        heardAt = Date.now();
        records += String(chunk).split("event: event").length - 1;
      });
      answer.once("error", () => undefined).once("close", again);
    })
      .once("error", again)
      .end();
  };
  listen();
  setInterval(() => {
    if (Date.now() - heardAt < pulseMs) return;
    request(`${address}/api/v1/state`, { headers: { cookie } }, (answer) => {
      heardAt = Date.now();
      answer.resume();
    })
      .once("error", () => undefined)
      .end();
  }, pulseMs);
}

process.on("message", () => process.send?.({ records }));
process.send?.("ready");
