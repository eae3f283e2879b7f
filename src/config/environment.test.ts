import { describe, expect, test } from "vitest";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const external =
  'mqtt: { broker: external, url: "mqtts://centre:8883", username: u, passwordFile: /p, caFile: /ca }\n';

describe("the environment goes over the file", () => {
  test("each variable has its place", () => {
    const site = siteForTests("http: { port: 1 }\ndata: { directory: elsewhere, evidenceLimit: 10 }\n", {
      VESTIBULE_DATA: "/tmp/v",
      VESTIBULE_HTTP_PORT: "9000",
      VESTIBULE_HTTP_HOST: "::1",
      VESTIBULE_MQTT_PORT: "0",
      VESTIBULE_LOG: "debug",
    });
    expect(site.http).toEqual({ host: "::1", port: 9000 });
    expect(site.mqtt).toMatchObject({ broker: "embedded", port: 0 });
    expect(site.data).toMatchObject({ directory: "/tmp/v", evidenceLimit: 10 });
    expect(site.log.level).toBe("debug");
  });

  test("an outside broker takes the embedded one's place", () => {
    const site = siteForTests("mqtt: { broker: embedded, port: 1 }\n", {
      VESTIBULE_MQTT_URL: "mqtt://127.0.0.1:1883",
      VESTIBULE_MQTT_PORT: "2",
    });
    expect(site.mqtt).toEqual({ broker: "external", url: "mqtt://127.0.0.1:1883" });
  });

  test("another outside broker keeps the file's credentials", () => {
    const site = siteForTests(external, { VESTIBULE_MQTT_URL: "mqtts://other:8883" });
    expect(site.mqtt).toMatchObject({ url: "mqtts://other:8883", username: "u", caFile: "/ca" });
  });

  test("the embedded broker's port says nothing to a site that has none", () => {
    expect(siteForTests(external, { VESTIBULE_MQTT_PORT: "1" }).mqtt).not.toHaveProperty("port");
    expect(siteForTests("mqtt: { broker: none }\n", { VESTIBULE_MQTT_PORT: "1" }).mqtt).toEqual({
      broker: "none",
    });
  });

  test("an empty variable is an unset one, and others are not ours", () => {
    expect(siteForTests("", { VESTIBULE_HTTP_PORT: "", HTTP_PORT: "x", PORT: "1" }).http.port).toBe(8420);
  });
});

describe("a bad value names its variable", () => {
  test.each([
    ["VESTIBULE_HTTP_PORT", "65536", /0 to 65535/],
    ["VESTIBULE_HTTP_PORT", "8420x", /0 to 65535/],
    ["VESTIBULE_HTTP_PORT", "-1", /0 to 65535/],
    ["VESTIBULE_MQTT_PORT", "1e3", /0 to 65535/],
    ["VESTIBULE_MQTT_URL", "http://broker", /mqtts?:\/\//],
    ["VESTIBULE_DATA", "a\nb", /directory/],
    ["VESTIBULE_LOG", "loud", /debug/],
  ])("%s=%j", (name, value, expected) => {
    const [fault, ...others] = faultsForTests("", { [name]: value });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ file: "environment", path: name, line: undefined });
    expect(fault?.expected).toMatch(expected);
    expect(fault?.remedy.en).toContain(name);
  });

  test("also one that is unsafe only in combination", () => {
    const [fault] = faultsForTests("", { VESTIBULE_HTTP_HOST: "0.0.0.0" });
    expect(fault).toMatchObject({ file: "environment", path: "VESTIBULE_HTTP_HOST" });
  });

  test("a password in it is not repeated", () => {
    const faults = faultsForTests("", { VESTIBULE_MQTT_URL: "mqtt://u:hunter2@broker" });
    expect(faults).toHaveLength(1);
    expect(JSON.stringify(faults)).not.toContain("hunter2");
  });
});
