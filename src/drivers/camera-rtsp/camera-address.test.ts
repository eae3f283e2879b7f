import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CameraAddress, cameraAddress, redact, throughTunnel } from "./camera-address.ts";

function accepted(url: string, username?: string, password?: string): CameraAddress {
  const address = cameraAddress(url, username, password);
  if ("problem" in address) throw new Error(address.problem);
  return address;
}

describe("the address", () => {
  test("credentials given apart go into the secret address only", () => {
    const { secretUrl, shown } = accepted(
      "rtsp://10.0.0.7:554/Streaming/Channels/102?x=1",
      "door",
      "p@ss/w'ö",
    );
    expect(secretUrl).toBe("rtsp://door:p%40ss%2Fw%27%C3%B6@10.0.0.7:554/Streaming/Channels/102?x=1");
    expect(shown).toBe("rtsp://10.0.0.7:554/Streaming/Channels/102?x=1");
  });

  test("credentials inside the URL are taken out, those given apart win", () => {
    expect(accepted("rtsp://a:b%20c@cam/live")).toMatchObject({
      secretUrl: "rtsp://a:b%20c@cam/live",
      shown: "rtsp://cam/live",
    });
    expect(accepted("rtsp://a:b@cam/live", "c", "d").secretUrl).toBe("rtsp://c:d@cam/live");
  });

  test("a password in the path, as some makers want it, is not shown", () => {
    expect(accepted("rtsp://cam/user=admin_password=s3cret_channel=1.sdp").shown).not.toContain("s3cret");
  });

  test.each([
    ["no url at all", /no URL/],
    ["http://cam/live", /rtsp:\/\//],
    ["file:///etc/passwd", /rtsp:\/\//],
    ["concat:rtsp://a|rtsp://b", /rtsp:\/\//],
    ["rtsps://", /rtsps:\/\//],
    ["rtsp://a%ff:b@cam/live", /escaped/],
  ])("%s is refused with the reason", (url, reason) => {
    expect(cameraAddress(url)).toMatchObject({ problem: expect.stringMatching(reason) });
  });

  test("T20: rtsps:// is reached through a tunnel, whose end FFmpeg sees, with the same path and credentials", () => {
    const address = accepted("rtsps://cam.bank.example/live?x=1", "door", "p@ss");
    expect(address.tls).toEqual({ host: "cam.bank.example", port: 322 });
    expect(address.shown).toBe("rtsps://cam.bank.example/live?x=1");
    expect(throughTunnel(address, 40_000).secretUrl).toBe("rtsp://door:p%40ss@127.0.0.1:40000/live?x=1");
    const bare = accepted("rtsps://[fe80::1]:8322/a@b");
    expect(bare.tls).toEqual({ host: "fe80::1", port: 8322 });
    expect(throughTunnel(bare, 1).secretUrl).toBe("rtsp://127.0.0.1:1/a@b");
    expect(cameraAddress("rtsps://cam/live", "u", "p", "http")).toMatchObject({ tls: { port: 443 } });
    expect(accepted("rtsp://cam/live").tls).toBeUndefined();
  });

  test("credentials FFmpeg would cut off are refused instead", () => {
    expect(cameraAddress("rtsp://cam/live", "u", "ö".repeat(30))).toMatchObject({
      problem: expect.any(String),
    });
  });

  test("T8 no address or password can break out of the list that FFmpeg reads", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), fc.webUrl(), (secret, web) => {
        const address = cameraAddress(
          `${web.replace(/^https?/, "rtsp")}'\n${secret}`,
          "u",
          encodable(secret),
        );
        if ("problem" in address) return;
        expect(address.secretUrl).toMatch(/^rtsp:\/\/[^'\s\\]*$/);
      }),
    );
  });
});

/** Half a surrogate pair cannot be typed as a password. */
const encodable = (text: string): string => text.toWellFormed();

test("no spelling of the password survives in a text", () => {
  const { secretUrl, secrets } = accepted("rtsp://cam/live", "door", "p@ss w'ö");
  const text = `Impossible to open '${secretUrl}', p@ss w'ö, ${encodeURIComponent("p@ss w'ö")}`;
  const shown = redact(text, secrets);
  expect(shown).toContain("cam/live");
  expect(shown).not.toMatch(/p@ss|p%40ss/);
});
