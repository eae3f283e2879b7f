import { alarmLinkContract } from "../ports/contracts/alarm-link.contract.ts";
import { RecordedAlarmLink } from "./recorded-alarm-link.ts";
import { VirtualClock } from "./virtual-clock.ts";

alarmLinkContract("RecordedAlarmLink", async () => {
  const link = new RecordedAlarmLink(new VirtualClock());
  return {
    link,
    online: async () => {},
    cutOff: async () => link.disconnect(),
    comeBack: async () => link.reconnect(),
    heard: async (topic, count) =>
      link
        .taken()
        .filter((message) => message.topic === topic)
        .slice(0, count)
        .map(({ body }) => body ?? null),
    found: async (topic) => link.retainedBody(topic),
    ask: async (name, text) => link.ask(name, text, { correlation: Buffer.from("7") }),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
});
