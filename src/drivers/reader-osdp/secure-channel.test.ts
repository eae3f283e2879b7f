import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { encodeFrame, type Frame, scanFrames } from "./frame.ts";
import {
  clientCryptogram,
  defaultKey,
  initialReplyMac,
  isBaseKey,
  messageMac,
  openData,
  openReply,
  type SecureChannel,
  sealCommand,
  sealData,
  securityTypes,
  serverCryptogram,
  sessionKeys,
} from "./secure-channel.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const inverse = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte));

describe("Annex E of SIA OSDP 2.2: a channel under SCBK-D", () => {
  const controllerRandom = hex("B0B1B2B3B4B5B6B7");
  const readerRandom = hex("A0A1A2A3A4A5A6A7");
  const keys = sessionKeys(defaultKey, controllerRandom);

  test("the default key and the session keys", () => {
    expect(defaultKey).toEqual(hex("303132333435363738393A3B3C3D3E3F"));
    expect(keys.mac1).toEqual(hex("5E86C676603BDEE2D8BEAFE178637332"));
    expect(keys.mac2).toEqual(hex("6FDA86E857777E81132035758239172E"));
    expect(keys.encryption).toEqual(hex("BF8DC2A8329ACB8C67C6D0CD9A451682"));
  });

  test("the cryptograms of both sides and the first R-MAC", () => {
    expect(clientCryptogram(keys, controllerRandom, readerRandom)).toEqual(
      hex("FDE5D2F428EC16312471EA3C02BD7796"),
    );
    const server = serverCryptogram(keys, controllerRandom, readerRandom);
    expect(server).toEqual(hex("26D3356E07762D262801FC8E6665A891"));
    expect(initialReplyMac(keys, server)).toEqual(hex("B2A30057EB98BA2229EC1F875662B524"));
  });
});

describe("NIST SP 800-38A F.2.1 with the standard's padding (as in libosdp's tests/unit-tests/test-sc.c)", () => {
  const key = hex("2b7e151628aed2a6abf7158809cf4f3c");
  const iv = hex("000102030405060708090a0b0c0d0e0f");
  const keys = { encryption: key, mac1: key, mac2: key };
  const plain = hex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
      "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
  );

  test("MAC of one block, of four, and of a block that is filled up", () => {
    expect(messageMac(keys, iv, plain.subarray(0, 16))).toEqual(hex("7649abac8119b246cee98e9b12e9197d"));
    expect(messageMac(keys, iv, plain)).toEqual(hex("3ff1caa1681fac09120eca307586e1a7"));
    expect(messageMac(keys, iv, iv.subarray(0, 15))).toEqual(hex("c5311f3d23d086ea86f5ee7f85247b40"));
  });

  test.each([
    [0, "4c08220c79d9191022dc6674874ceaf8"],
    [15, "c5311f3d23d086ea86f5ee7f85247b40"],
    [16, "7df76b0c1ab899b33e42f047b91b546fe2fe5bd6c1dfcdd19124f03e1a134d3b"],
  ])("data of %i bytes, sealed and opened", (length, sealed) => {
    const data = iv.subarray(0, length);
    expect(sealData(keys, inverse(iv), data)).toEqual(hex(sealed));
    expect(openData(keys, inverse(iv), hex(sealed))).toEqual(data);
  });

  test("what is not whole blocks, or does not end as it must, is not opened", () => {
    expect(openData(keys, iv, Buffer.alloc(15))).toBeUndefined();
    expect(openData(keys, iv, Buffer.alloc(0))).toBeUndefined();
    // A block that is full of data carries no end.
    const endless = Buffer.from("7df76b0c1ab899b33e42f047b91b546f", "hex");
    expect(openData(keys, inverse(iv), endless)).toBeUndefined();
  });
});

describe("whole commands (OSDP.Net, CommandOutgoingMessageTest: address 0, sequence 2, all keys and MACs zero)", () => {
  const zero = Buffer.alloc(16);
  const channel = { keys: { encryption: zero, mac1: zero, mac2: zero }, commandMac: zero, replyMac: zero };
  const key = hex("00010203040506070001020304050607");
  test.each([
    ["POLL", commands.poll(), "FF53000E000E0215604B32767773B6"],
    ["LSTAT", commands.localStatus(), "FF53000E000E0215646F63246FD050"],
    ["ISTAT", commands.inputStatus(), "FF53000E000E02156546 0E3D4E2A6A"],
    ["OSTAT", commands.outputStatus(), "FF53000E000E02156662DE0516124B"],
    ["ID", commands.identify(), "FF53001E000E021761D14EB7AD982CC5F9AA25318A7EAED6269AE995731983"],
    ["CAP", commands.capabilities(), "FF53001E000E021762D14EB7AD982CC5F9AA25318A7EAED6260F6A2AA73870"],
    [
      "COMSET",
      commands.setCommunication(1, 9600),
      "FF53001E000E02176EACA3C2FFE4D9E599CD771B8EF3D13F23FAAB634E0895",
    ],
    [
      "KEYSET",
      commands.setKey(key),
      "FF53002E000E021775F0DDEC9A0ED8CE4C80BAF5D55C18436F9189FD66C9F223DC041486D83357DF986C1D4BC2B2F2",
    ],
  ])("%s", (_, { code, data }, bytes) => {
    const command = { address: 0, sequence: 2, check: "crc", code, data } as const;
    expect(sealCommand(channel, command).bytes).toEqual(hex(bytes));
  });
});

describe("messages in the channel", () => {
  const keys = sessionKeys(Buffer.alloc(16, 7), Buffer.alloc(8, 1));
  const start: SecureChannel = { keys, commandMac: Buffer.alloc(16), replyMac: Buffer.alloc(16, 9) };

  /** As a reader makes it. */
  function reply(channel: SecureChannel, data: Buffer, type: number = securityTypes.sealedReply): Frame {
    const bytes = encodeFrame(
      {
        address: 1,
        reply: true,
        sequence: 1,
        check: "crc",
        security: { type, data: Buffer.alloc(0) },
        code: 0x50,
        data: type === securityTypes.sealedReply ? sealData(keys, channel.commandMac, data) : data,
      },
      (head) => messageMac(keys, channel.commandMac, head).subarray(0, 4),
    );
    const [frame] = scanFrames(bytes, { quiet: true, allowChecksum: false }).frames;
    if (frame === undefined) throw new Error("no frame");
    return frame;
  }

  test("a command with data is sealed, one without is not; both carry a MAC", () => {
    const sent = { address: 1, sequence: 1, check: "crc", code: 0x69 } as const;
    const [sealed] = scanFrames(sealCommand(start, { ...sent, data: Buffer.from("secret") }).bytes, {
      quiet: true,
      allowChecksum: false,
    }).frames;
    expect(sealed?.security?.type).toBe(securityTypes.sealedCommand);
    expect(sealed?.data).toHaveLength(16 + 4);
    expect(Buffer.from(sealed?.data ?? []).includes("secret")).toBe(false);
    const [open] = scanFrames(sealCommand(start, { ...sent, data: Buffer.alloc(0) }).bytes, {
      quiet: true,
      allowChecksum: false,
    }).frames;
    expect(open?.security?.type).toBe(securityTypes.command);
    expect(open?.data).toHaveLength(4);
  });

  test("T26: a reply is good once: repeated after the next command its MAC is wrong", () => {
    const poll = { address: 1, sequence: 1, check: "crc", code: 0x60, data: Buffer.alloc(0) } as const;
    const asked = sealCommand(start, poll).channel;
    const card = reply(asked, Buffer.from("card"));
    const opened = openReply(asked, card);
    if ("refused" in opened) throw new Error(opened.refused);
    expect(Buffer.from(opened.data).toString()).toBe("card");
    const askedAgain = sealCommand(opened.channel, poll).channel;
    expect(openReply(askedAgain, card)).toEqual({ refused: "mac" });
  });

  test("T26: a reply outside the channel, with a changed byte or with one of its own MACs is refused", () => {
    const { channel } = sealCommand(start, {
      address: 1,
      sequence: 1,
      check: "crc",
      code: 0x60,
      data: Buffer.alloc(0),
    });
    const good = reply(channel, Buffer.from("card"));
    for (let at = 0; at < good.checked.length; at++) {
      const checked = Buffer.from(good.checked);
      checked[at] = (checked[at] ?? 0) ^ 1;
      expect(openReply(channel, { ...good, checked })).toEqual({ refused: "mac" });
    }
    expect(openReply(channel, { ...good, security: undefined })).toEqual({ refused: "plaintext" });
    expect(openReply(channel, { ...good, data: Buffer.alloc(3) })).toEqual({ refused: "mac" });
    const handshake = { type: securityTypes.initialMac, data: Buffer.of(1) };
    expect(openReply(channel, { ...good, security: handshake })).toEqual({ refused: "plaintext" });
  });

  test("a reply without data is good sealed or not", () => {
    const { channel } = sealCommand(start, {
      address: 1,
      sequence: 1,
      check: "crc",
      code: 0x60,
      data: Buffer.alloc(0),
    });
    expect(openReply(channel, reply(channel, Buffer.alloc(0)))).toMatchObject({ data: Buffer.alloc(0) });
    expect(openReply(channel, reply(channel, Buffer.alloc(0), securityTypes.reply))).toMatchObject({
      data: Buffer.alloc(0),
    });
  });

  test("T26: the default key is no site's key", () => {
    expect(isBaseKey(Buffer.alloc(16, 7))).toBe(true);
    expect(isBaseKey(defaultKey)).toBe(false);
    expect(isBaseKey(Buffer.alloc(15, 7))).toBe(false);
  });
});
