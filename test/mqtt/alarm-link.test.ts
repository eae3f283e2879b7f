import { connectAsync } from "mqtt";
import { alarmLinkContract } from "../../src/ports/contracts/alarm-link.contract.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import { becomes, realLink, root } from "../support/real-link.ts";
import { until } from "../support/until.ts";

alarmLinkContract("MqttAlarmLink on Mosquitto", async () => {
  const broker = await Mosquitto.start();
  const listener = await Listener.to(broker.url, `${root}#`);
  const link = realLink(broker.url);
  const parsed = (text: string) => (text === "" ? null : JSON.parse(text));
  const on = (topic: string) => listener.heard.filter((heard) => heard.topic === root + topic);
  return {
    link,
    online: () => becomes(link, "online"),
    cutOff: async () => {
      await broker.stop("SIGTERM");
      await becomes(link, "offline");
    },
    comeBack: async () => {
      await broker.start();
      await becomes(link, "online");
      await until(() => listener.subscriptions > 1, "the listener is back");
    },
    heard: async (topic, count) => {
      await until(() => on(topic).length >= count, `${count} messages on ${topic}`);
      return on(topic)
        .slice(0, count)
        .map(({ text }) => parsed(text));
    },
    found: async (topic) => {
      await using late = await Listener.to(broker.url, [root + topic, `${root}status`]);
      // The retained status comes with the subscription too: after it, nothing retained is still to come.
      await until(
        () => late.heard.some((heard) => heard.topic === `${root}status`),
        "the retained messages came",
      );
      const message = late.heard.find((heard) => heard.topic === root + topic);
      return message === undefined ? undefined : parsed(message.text);
    },
    ask: async (name, text) => {
      // Until the link's own subscription stands, the broker has nobody to give it to.
      await until(
        () => broker.log().includes(`${root}request/+ (QoS 1)`),
        "the link has subscribed to requests",
      );
      const asker = await connectAsync(broker.url, { protocolVersion: 5 });
      const properties = { responseTopic: `${root}reply/tester`, correlationData: Buffer.from("7") };
      await asker.publishAsync(`${root}request/${name}`, text, { qos: 1, properties });
      await asker.endAsync();
    },
    [Symbol.asyncDispose]: async () => {
      await link[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
    },
  };
});
