// A centre: hears every alarm and every event, and notes when. Told by its environment where; says when it listens.
import { appendFileSync } from "node:fs";
import process from "node:process";
import { connect } from "mqtt";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { Sighting } from "./order.ts";

process.title = "vestibule benchmark centre";
const clock = new SystemClock();
const trace = process.env["VESTIBULE_HEARD"] ?? "";
let events = 0;
const client = connect(process.env["VESTIBULE_BROKER"] ?? "", { protocolVersion: 5 });
client.on("connect", () => client.subscribe("vestibule/#", { qos: 1 }, () => process.send?.("listening")));
client.on("message", (topic, payload) => {
  const at = clock.now();
  if (topic.includes("/event/")) events += 1;
  if (!topic.endsWith(".DoorForcedOpen") || payload.length === 0) return;
  // Of a door that is closed again before the first message is confirmed only the latest is sent: by its count it is known.
  const { id, count } = JSON.parse(payload.toString()) as { id: string; count: number }; // the controller's
  const heard: Sighting = { id, count, at };
  appendFileSync(trace, `${JSON.stringify(heard)}\n`);
});
process.on("message", () => process.send?.({ events }));
process.once("disconnect", () => process.exit(0));
