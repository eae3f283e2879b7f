import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../src/cli/vestibule.ts";
import { CertificateAuthority } from "./support/certificates.ts";
import { OnvifDevice } from "./support/onvif-device.ts";

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const io = {
    stdout: (text: string) => void (out += text),
    stderr: (text: string) => void (err += text),
    env: {},
  };
  return { code: await runCommand(["onvif", ...args], io), out, err };
}

/** A file with what is secret in it, and a folder for what comes out. */
function folder(password = "s3cret"): Disposable & { readonly path: string; readonly passwordFile: string } {
  const path = mkdtempSync(join(tmpdir(), "vestibule-onvif-"));
  const passwordFile = join(path, "password");
  writeFileSync(passwordFile, `${password}\n`);
  return { path, passwordFile, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

test("probe tells what the camera is and has, which stream to take, and what to configure", async () => {
  using files = folder();
  await using device = await OnvifDevice.start({ user: "door", password: "s3cret", clockOffset: -90_000 });
  const login = ["--username", "door", "--password-file", files.passwordFile];
  const { code, out } = await run("probe", ...login, `127.0.0.1:${device.port}`);
  expect(code).toBe(0);
  expect(out).toContain("Own Door, firmware 1.0");
  expect(out).toMatch(/clock +90 s behind → give it a time server/);
  expect(out).toMatch(
    /stream \* +sub stream \(sub\): H264 640×360, 15\/s, 1024 kbit\/s, key picture every 2 s/,
  );
  expect(out).toMatch(/presets +Door, Hall/);
  expect(out).toContain('serialNumber: "SN-1"');
  expect(out).not.toContain("s3cret");
});

test("a wrong password is tried once, and told with what to do", async () => {
  using files = folder("wrong");
  await using device = await OnvifDevice.start({ user: "door", password: "s3cret" });
  const login = ["--username", "door", "--password-file", files.passwordFile, "--json"];
  const { code, out } = await run("probe", ...login, `http://127.0.0.1:${device.port}`);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    steps: [{ asked: "clock" }, { asked: "device", fault: { kind: "unauthorised" } }],
  });
  expect(device.asked).toEqual(["GetSystemDateAndTime", "GetDeviceInformation"]);
});

test("over HTTPS the certificate is shown, and nothing asked until it is trusted", async () => {
  using authority = new CertificateAuthority();
  const { certificateFile, keyFile } = authority.issue("camera", "IP:127.0.0.1");
  const tls = { cert: authority.read(certificateFile), key: authority.read(keyFile) };
  await using device = await OnvifDevice.start({ tls });
  const address = `https://127.0.0.1:${device.port}`;
  const before = await run("probe", address);
  expect(before.code).toBe(1);
  expect(device.asked).toEqual([]);
  const fingerprint = /SHA-256 ([0-9a-f]{64})/.exec(before.out)?.[1] ?? "";
  const after = await run("probe", "--fingerprint", fingerprint, address);
  expect(after.code).toBe(0);
  expect(after.out).toContain(`certificateFingerprint: ${fingerprint}`);
});

test("the sensor is changed by this command alone, and only what is named", async () => {
  await using device = await OnvifDevice.start();
  const address = `127.0.0.1:${device.port}`;
  expect((await run("imaging", address)).out).toMatch(/IR cut filter +AUTO/);
  expect(device.asked).not.toContain("SetImagingSettings");
  expect((await run("imaging", "--ir-cut", "off", address)).code).toBe(0);
  expect(device.asked).toContain("ir OFF");
  expect((await run("imaging", "--ir-cut", "sometimes", address)).code).toBe(2);
});

test("a snapshot is fetched from the camera itself, and kept", async () => {
  using files = folder();
  await using device = await OnvifDevice.start();
  const file = join(files.path, "door.jpg");
  const refused = await run("probe", "--snapshot", file, `127.0.0.1:${device.port}`);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("no snapshot")]);
  device.picture = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  expect((await run("probe", "--snapshot", file, `127.0.0.1:${device.port}`)).code).toBe(0);
  expect(readFileSync(file)).toEqual(device.picture);
  expect(device.asked).toContain("/snapshot.jpg?of=door");
});

test("discover says where it asked and what to do when nobody answers; wrong usage is told", async () => {
  const { code, out } = await run("discover", "--interface", "nowhere", "--seconds", "1");
  expect([code, out]).toEqual([1, expect.stringContaining("nowhere could not be asked")]);
  for (const args of [["discover", "--seconds", "0"], ["probe"], ["probe", "ftp://x"], ["imaging", "a", "b"]])
    expect((await run(...args)).code).toBe(2);
});
