import { expect, test } from "vitest";
import { onvifFaults, onvifSourceSchema } from "./onvif-schema.ts";
import { pathText } from "./path.ts";

const source = (more: object) =>
  onvifSourceSchema.safeParse({ kind: "onvif", address: "http://192.0.2.1", ...more });

function faults(more: object): readonly string[] {
  const read = source(more);
  if (!read.success) throw read.error;
  return onvifFaults(read.data, ["cameras", 0, "source"]).map(({ path }) => pathText(path));
}

test("an address, with or without path, port, user and certificate, is enough", () => {
  expect(faults({})).toEqual([]);
  expect(faults({ username: "door", passwordFile: "p", serialNumber: "1" })).toEqual([]);
  expect(
    faults({ address: "https://[2001:db8::1]:8443/onvif", certificateFingerprint: "ab:".repeat(31) + "ab" }),
  ).toEqual([]);
});

test("half a login, and a certificate that nobody looks at, are faults", () => {
  expect(faults({ username: "door" })).toEqual(["cameras[0].source.username"]);
  expect(faults({ passwordFile: "p" })).toEqual(["cameras[0].source.passwordFile"]);
  expect(faults({ caFile: "ca.pem" })).toEqual(["cameras[0].source.address"]);
  expect(faults({ address: "http://[::1" })).toEqual(["cameras[0].source.address"]);
});

test.each([
  { address: "rtsp://192.0.2.1" },
  { address: "http://door:secret@192.0.2.1" },
  { username: "a<b" },
  { username: "a:b", passwordFile: "p" },
  { certificateFingerprint: "ab" },
  { password: "secret" },
])("%j is refused", (more) => {
  expect(source(more).success).toBe(false);
});
