import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Picture } from "../../src/ports/face-engine.ts";
import { PictureError } from "../../src/ports/picture-codec.ts";
import { seededRandom } from "../support/seeded-random.ts";

const red = { r: 200, g: 10, b: 20 };
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } });
const pixel = ({ width, rgb }: Picture, column: number, row: number): number[] => [
  ...rgb.subarray((row * width + column) * 3, (row * width + column) * 3 + 3),
];
const pgm = (header: string, ...values: number[]): Uint8Array =>
  Buffer.concat([Buffer.from(header), Buffer.from(values)]);

/** Left half black, right half white. */
const halves = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: "#000" } })
    .composite([
      { input: { create: { width: 20, height: 20, channels: 3, background: "#fff" } }, left: 20, top: 0 },
    ])
    .png()
    .toBuffer();

describe("pictures that are taken in", () => {
  test("JPEG and PNG come out as the same colours", async () => {
    expect(pixel(await decodePicture(await blank(8, 6).png().toBuffer()), 7, 5)).toEqual([200, 10, 20]);
    const [r = 0, g = 0, b = 0] = pixel(
      await decodePicture(await blank(8, 6).jpeg({ quality: 100 }).toBuffer()),
      4,
      4,
    );
    expect(Math.max(Math.abs(r - 200), Math.abs(g - 10), Math.abs(b - 20))).toBeLessThan(4);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF orientation %i is applied", async (orientation) => {
    const bytes = await sharp(await halves())
      .withMetadata({ orientation })
      .jpeg({ quality: 100 })
      .toBuffer();
    const picture = await decodePicture(bytes);
    const lying = orientation >= 5;
    expect([picture.width, picture.height]).toEqual(lying ? [20, 40] : [40, 20]);
    // Where the picture's left edge, black, must be seen: EXIF 2.3, tag 0x0112.
    const blackAt = {
      1: [5, 10],
      2: [35, 10],
      3: [35, 10],
      4: [5, 10],
      5: [10, 5],
      6: [10, 5],
      7: [10, 35],
      8: [10, 35],
    }[orientation];
    const [column = -1, row = -1] = blackAt ?? [];
    expect(pixel(picture, column, row)[0]).toBeLessThan(20);
    expect(pixel(picture, picture.width - 1 - column, picture.height - 1 - row)[0]).toBeGreaterThan(235);
  });

  test("grey, 16-bit and half-transparent PNGs become 8-bit RGB", async () => {
    const picture = await decodePicture(await blank(8, 8).greyscale().png().toBuffer());
    expect(picture.rgb).toHaveLength(8 * 8 * 3);
    const deep = await blank(8, 8).toColourspace("rgb16").png().toBuffer();
    expect(pixel(await decodePicture(deep), 1, 1)).toEqual([200, 10, 20]);
    const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: { ...red, alpha: 0 } } });
    expect(pixel(await decodePicture(await clear.png().toBuffer()), 1, 1)).toEqual([128, 128, 128]);
  });

  test.each([
    [
      "CMYK",
      async () => blank(8, 8).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer(),
      [200, 10, 20],
      40,
    ],
    [
      "grey with transparency",
      async () => blank(8, 8).greyscale().ensureAlpha(0.5).png().toBuffer(),
      [113, 113, 113],
      3,
    ],
    ["grey of 16 bits", async () => blank(8, 8).toColourspace("grey16").png().toBuffer(), [99, 99, 99], 2],
    [
      "of a wider gamut, by its profile",
      async () => blank(8, 8).withIccProfile("p3").png().toBuffer(),
      [200, 10, 20],
      12,
    ],
    [
      "with a profile that is none",
      async () => withBrokenProfile(await blank(8, 8).png().toBuffer()),
      [200, 10, 20],
      4,
    ],
    [
      "a progressive JPEG",
      async () => blank(8, 8).jpeg({ progressive: true, quality: 100 }).toBuffer(),
      [200, 10, 20],
      4,
    ],
  ] as const)("%s comes out as the colours people see", async (_, bytes, expected, tolerance) => {
    const picture = await decodePicture(await bytes());
    expect(picture).toMatchObject({ width: 8, height: 8 });
    const found = pixel(picture, 4, 4);
    const off = expected.map((value, channel) => Math.abs(value - (found[channel] ?? 0)));
    expect(Math.max(...off), found.join(", ")).toBeLessThanOrEqual(tolerance);
  });

  test("one pixel is a picture", async () => {
    expect(await decodePicture(await blank(1, 1).png().toBuffer())).toMatchObject({ width: 1, height: 1 });
  });

  test("PGM: 8 and 16 bits, comments, any maximum", async () => {
    expect([...(await decodePicture(pgm("P5\n# a comment\n2 1\n255\n", 0, 255))).rgb]).toEqual([
      0, 0, 0, 255, 255, 255,
    ]);
    expect([...(await decodePicture(pgm("P5 1 1 15\n", 15))).rgb]).toEqual([255, 255, 255]);
    expect([...(await decodePicture(pgm("P5 1 1 65535 ", 0x80, 0x00))).rgb]).toEqual([128, 128, 128]);
  });
});

describe("files that are refused, saying why", () => {
  test.each([
    ["nothing", async () => new Uint8Array(0), "empty"],
    ["text", async () => Buffer.from("<svg onload='x'/>"), "not a picture of a known type"],
    [
      "an animated GIF",
      async () =>
        sharp(await halves())
          .gif()
          .toBuffer(),
      "a GIF; JPEG, PNG or PGM is needed",
    ],
    ["WebP", () => blank(8, 8).webp().toBuffer(), "WebP"],
    [
      "a JPEG cut off in the middle",
      async () => half(await blank(400, 400).jpeg().toBuffer()),
      "damaged or cut off",
    ],
    [
      "a PNG cut off in the middle",
      async () => half(await blank(400, 400).png({ compressionLevel: 0 }).toBuffer()),
      "damaged or cut off",
    ],
    ["three bytes of a JPEG", async () => Buffer.from([0xff, 0xd8, 0xff]), "header cannot be read"],
    ["a PGM cut off", async () => pgm("P5 4 4 255\n", 1, 2, 3), "cut off: 3 of 16 bytes"],
    ["a PGM of no width", async () => pgm("P5 0 4 255\n", 1), "damaged|header"],
    [
      "a PGM that claims 10 gigapixels",
      async () => pgm("P5 100000 100000 255\n", 1),
      "more than 50 megapixels",
    ],
    ["an animated PNG", async () => animated(await halves()), "an animated PNG"],
  ] as const)("%s", async (_, bytes, why) => {
    await expect(decodePicture(await bytes())).rejects.toThrow(new RegExp(why));
  });

  test("8000×8000 is refused by its header, before anything that large is in memory", async () => {
    const bytes = await blank(8000, 8000).jpeg({ quality: 20 }).toBuffer();
    const before = process.memoryUsage().rss;
    await expect(decodePicture(bytes)).rejects.toThrow(/8000×8000 pixels, more than 50 megapixels/);
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });

  test("a picture as large as allowed comes out no larger than faces are looked for in", async () => {
    const bytes = await blank(7000, 7000).png({ compressionLevel: 9 }).toBuffer();
    const picture = await decodePicture(bytes);
    expect([picture.width, picture.height, picture.rgb.length]).toEqual([3000, 3000, 27_000_000]);
    expect(pixel(picture, 2999, 2999)).toEqual(Object.values(red));
  });

  test("mutated pictures are decoded or refused; the process lives", async () => {
    const random = seededRandom(11);
    const among = (bound: number): number => Math.floor(random() * bound);
    const originals = [await halves(), await blank(64, 48).jpeg({ progressive: true }).toBuffer()];
    for (let round = 0; round < 150; round += 1) {
      for (const original of originals) {
        const bytes = Buffer.from(original);
        for (let change = among(8); change >= 0; change -= 1) bytes[among(bytes.length)] = among(256);
        const cut = random() < 0.3 ? bytes.subarray(0, among(bytes.length)) : bytes;
        const outcome = await decodePicture(cut).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(PictureError);
      }
    }
  });

  test("more than 32 MiB are refused unread", async () => {
    await expect(decodePicture(new Uint8Array(33 * 1024 * 1024))).rejects.toThrow(/more than 33554432/);
  });
});

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);

/** Puts an `iCCP` chunk of nonsense, with a right checksum, behind the header. */
function withBrokenProfile(png: Uint8Array): Uint8Array {
  const body = Buffer.concat([
    Buffer.from("iCCPbroken\0\0"),
    deflateSync(Buffer.from("this is no profile at all")),
  ]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  const header = 8 + 25;
  return Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
}

/** Puts an `acTL` chunk (two frames, for ever) behind the header; its checksum is not looked at. */
function animated(png: Uint8Array): Uint8Array {
  const header = 8 + 25;
  const chunk = Buffer.from([0, 0, 0, 8, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
}
