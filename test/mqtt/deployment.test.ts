import { readFileSync } from "node:fs";
import { connect } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LinkRequest } from "../../src/ports/alarm-link.ts";
import { CertificateAuthority } from "../support/certificates.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import { becomes, realLink, root, site } from "../support/real-link.ts";
import { until } from "../support/until.ts";

let cleanup: AsyncDisposableStack;
beforeEach(() => {
  cleanup = new AsyncDisposableStack();
});
afterEach(() => cleanup.disposeAsync());

const shipped = (name: string): string =>
  readFileSync(new URL(`../../deploy/mosquitto/${name}`, import.meta.url), "utf8");

/** The shipped configuration, with its files in the test's directory and the test's port. */
function shippedLines(): string[] {
  return shipped("vestibule.conf")
    .replace(/^listener .*$/m, "")
    .replaceAll("/etc/mosquitto/certs", "DIR")
    .replaceAll("/etc/mosquitto/vestibule.passwords", "DIR/passwords")
    .replaceAll("/etc/mosquitto", "DIR")
    .replace("persistence true", "persistence true\npersistence_location DIR/")
    .replace(/^(allow_anonymous|password_file) .*$/gm, "")
    .split("\n");
}

test("the shipped Mosquitto example: a site writes its own topics only, the centre hears, asks, and cannot tell", async () => {
  const authority = cleanup.use(new CertificateAuthority());
  const { certificateFile, keyFile } = authority.issue("broker", "IP:127.0.0.1");
  const ca = authority.read(authority.caFile);
  const broker = cleanup.use(
    await Mosquitto.start({
      lines: shippedLines(),
      accounts: { [site]: "box", "other-site": "other", centre: "hears", cctv: "sees" },
      files: {
        "vestibule.acl": shipped("vestibule.acl"),
        "ca.crt": ca,
        "broker.crt": authority.read(certificateFile),
        "broker.key": authority.read(keyFile),
      },
    }),
  );
  const url = broker.url.replace("mqtt:", "mqtts:");
  const centre = cleanup.use(
    await Listener.to(url, "vestibule/#", { ca, username: "centre", password: "hears" }),
  );
  const { caFile } = authority;
  const box = cleanup.use(realLink(url, { caFile, username: site, password: "box" }));
  await becomes(box, "online");
  await box.publish({ topic: "v1/event/DoorOpened", body: { seq: 1 }, retain: false });
  await box.publish({ topic: "v1/alarm/v1.outer.LockFault", body: { schema: 1 }, retain: true });
  expect(await box.retained("+/alarm/+")).toEqual(["v1/alarm/v1.outer.LockFault"]);
  await until(() => centre.bodies("/event/").length === 1, "the centre hears the event");

  const asked: LinkRequest[] = [];
  cleanup.use(box.hearRequests({ onRequest: (request) => asked.push(request), onFlood: () => {} }));
  await until(() => broker.log().includes(`${root}request/+ (QoS 1)`), "the box listens to requests");

  const foreign = cleanup.use(
    realLink(url, { caFile, username: "other-site", password: "other", clientId: "other-box" }),
  );
  // It may connect, but not speak for this site: not even its status.
  await until(() => {
    const state = foreign.state();
    return (
      state.phase === "offline" &&
      /does not take vestibule\/test-site\/status: not authorised/.test(state.detail)
    );
  }, "another site is refused");

  const writer = connect(url, { ca, username: "centre", password: "hears", protocolVersion: 5 });
  cleanup.defer(() => writer.endAsync(true).then(() => undefined));
  const refused = writer.publishAsync(`${root}v1/event/Forged`, "{}", { qos: 1 });
  await expect(refused).rejects.toThrow(/Not authorized/);
  const properties = { responseTopic: `${root}reply/centre` };
  await writer.publishAsync(`${root}request/replay`, "{}", { qos: 1, properties });
  await until(() => asked.length === 1, "the box hears what the centre asks");
  await box.publish({ topic: asked[0]?.replyTo ?? "", body: { schema: 1 }, retain: false });
  await until(() => centre.bodies("/reply/").length === 1, "the centre hears the answer");

  const cctv = connect(url, { ca, username: "cctv", password: "sees", protocolVersion: 5 });
  cleanup.defer(() => cctv.endAsync(true).then(() => undefined));
  await expect(cctv.publishAsync(`${root}request/replay`, "{}", { qos: 1 })).rejects.toThrow(
    /Not authorized/,
  );
  await box.publish({ topic: "cctv/street/preset", body: { schema: 1 }, retain: false });
  await until(() => centre.bodies("/cctv/").length === 1, "cameras are told");
});
