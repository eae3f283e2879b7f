import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { sharpPictureCodec } from "./sharp-picture-codec.ts";

const secret = "BEGIN-OF-WHAT-NOBODY-ASKED-FOR";
const script = Buffer.from(`<script>${secret}</script>PK\u0003\u0004${secret}`);

const picture = () => sharp({ create: { width: 32, height: 16, channels: 3, background: "#a06040" } });

/** A segment of a JPEG behind its first two bytes. */
function withSegment(jpeg: Buffer, marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

function withChunk(png: Buffer, type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  const header = 8 + 25;
  return Buffer.concat([png.subarray(0, header), size, named, sum, png.subarray(header)]);
}

/** What is kept of an upload, as `describePhoto` makes it: pixels, encoded anew. */
const kept = async (upload: Uint8Array): Promise<Buffer> =>
  Buffer.from(await sharpPictureCodec.encodeJpeg(await sharpPictureCodec.decode(upload), 1024));

describe("T8: of an upload nothing is kept but its pixels", () => {
  test.each([
    [
      "a place and an author in EXIF",
      () =>
        picture()
          .withExif({ IFD0: { Artist: secret }, IFD3: { GPSLatitudeRef: "N" } })
          .jpeg()
          .toBuffer(),
    ],
    ["a comment", async () => withSegment(await picture().jpeg().toBuffer(), 0xfe, script)],
    [
      "XMP",
      async () =>
        withSegment(
          await picture().jpeg().toBuffer(),
          0xe1,
          Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), script]),
        ),
    ],
    [
      "a page and an archive behind its end",
      async () => Buffer.concat([await picture().jpeg().toBuffer(), script]),
    ],
    [
      "text in a PNG",
      async () => withChunk(await picture().png().toBuffer(), "tEXt", Buffer.from(`Comment\0${secret}`)),
    ],
    [
      "packed text that becomes 12 MB",
      async () =>
        withChunk(
          await picture().png().toBuffer(),
          "zTXt",
          Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.alloc(12e6, secret), { level: 1 })]),
        ),
    ],
  ] as const)("%s", async (_, upload) => {
    const jpeg = await kept(await upload());
    expect(jpeg.includes(secret)).toBe(false);
    expect(jpeg.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    const facts = await sharp(jpeg).metadata();
    expect(facts).toMatchObject({ format: "jpeg", width: 32, height: 16 });
    for (const field of ["exif", "xmp", "icc", "iptc", "comments", "orientation"] as const)
      expect(facts[field], field).toBeUndefined();
  });

  test("it lies on its side only where its own word said so, and stands upright then", async () => {
    const lying = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await sharp(await kept(lying)).metadata()).toMatchObject({ width: 16, height: 32 });
  });
});

test("a caller who takes less is given less: refused by the header alone", async () => {
  const large = await sharp({ create: { width: 2000, height: 1001, channels: 3, background: "#000" } })
    .png()
    .toBuffer();
  await expect(sharpPictureCodec.decode(large, 2_000_000)).rejects.toMatchObject({ fault: "tooLarge" });
  expect(await sharpPictureCodec.decode(large)).toMatchObject({ width: 2000, height: 1001 });
});
