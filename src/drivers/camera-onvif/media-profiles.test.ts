import { describe, expect, test } from "vitest";
import { type MediaProfile, profileNamed, readProfiles, recommendedProfile } from "./media-profiles.ts";

function stream(codec: string, width: number, height: number, framesPerSecond = 15): MediaProfile {
  const token = `${codec}-${width}x${height}`;
  return {
    ...{ token, name: token, codec, width, height, framesPerSecond },
    ...{ bitRate: 1024, keyInterval: 30, hasPtz: false, source: "0" },
  };
}

describe("the stream to verify by", () => {
  const choice = (...offered: readonly MediaProfile[]): string | undefined =>
    recommendedProfile(offered)?.token;

  test("a substream from 640×360 to 1280×720, the smallest of them", () => {
    expect(choice(stream("H264", 2560, 1440), stream("H264", 1280, 720), stream("H264", 704, 576))).toBe(
      "H264-704x576",
    );
  });

  test("H.264 before H.265 before JPEG, among those that fit", () => {
    expect(choice(stream("H265", 640, 360), stream("JPEG", 640, 360), stream("H264", 1280, 720))).toBe(
      "H264-1280x720",
    );
    expect(choice(stream("JPEG", 640, 360), stream("H265", 1280, 720))).toBe("H265-1280x720");
  });

  test("a main stream rather than one too small to see a face in", () => {
    expect(choice(stream("H264", 352, 288), stream("H264", 1920, 1080))).toBe("H264-1920x1080");
    expect(choice(stream("H264", 352, 288), stream("H264", 320, 240))).toBe("H264-352x288");
  });

  test("a stream of five pictures a second only where there is no other", () => {
    expect(choice(stream("H264", 640, 360, 5), stream("H264", 1280, 720, 15))).toBe("H264-1280x720");
    expect(choice(stream("H264", 640, 360, 5))).toBe("H264-640x360");
  });

  test("none of what no decoder here knows, and none of no size", () => {
    expect(choice(stream("SVAC", 640, 360), stream("H264", 0, 0))).toBeUndefined();
  });
});

describe("what the package makes of profiles", () => {
  const raw = (token: unknown, extra: object = {}) => ({
    $: { token },
    name: "Sub",
    videoEncoderConfiguration: { encoding: "H264", resolution: { width: 640, height: 360 }, ...extra },
  });

  test("of either generation of the media service", () => {
    const [first, second] = readProfiles([
      raw("a", { rateControl: { frameRateLimit: 15, bitrateLimit: 512 }, H264: { govLength: 30 } }),
      raw("b", { $: { GovLength: 50, Profile: "Main" } }),
    ]);
    expect(first).toMatchObject({ token: "a", framesPerSecond: 15, bitRate: 512, keyInterval: 30 });
    expect(second).toMatchObject({ token: "b", framesPerSecond: 0, keyInterval: 50 });
  });

  test("a token that looks like a number stays a word", () => {
    expect(readProfiles([raw(1)])[0]?.token).toBe("1");
  });

  test("profiles without video, or of another shape, are left out; no more than 32 are read", () => {
    expect(readProfiles([{ $: { token: "audio" } }, null, 7, raw("v")])).toHaveLength(1);
    expect(readProfiles(Array.from({ length: 500 }, (_, n) => raw(`p${n}`)))).toHaveLength(32);
    expect(() => readProfiles({})).toThrow(/no list/);
  });

  test("one is found by its token before its name", () => {
    const profiles = readProfiles([{ ...raw("x"), name: "y" }, raw("y")]);
    expect(profileNamed(profiles, "y")?.token).toBe("y");
    expect(profileNamed(profiles, "Sub")?.token).toBe("y");
    expect(profileNamed(profiles, "z")).toBeUndefined();
  });
});
