import { randomUUID } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { deviceLimits, longestText } from "./limits.ts";
import { plain } from "./soap-answer.ts";
import { childrenOf, find, parseStrictXml, type XmlElement } from "./strict-xml.ts";

/** A device that answered. Everything but `from` is its own word. */
export interface FoundDevice {
  /** Where the answer came from. */
  readonly from: string;
  readonly interface: string;
  readonly endpoint: string;
  /** Of those it names, the one at the address it answered from: to probe it. */
  readonly address: string | undefined;
  readonly name: string | undefined;
  readonly hardware: string | undefined;
  /** It names addresses of other machines: behind a router, or lying. */
  readonly namesOthers: boolean;
}

export interface Discovered {
  readonly devices: readonly FoundDevice[];
  /** Answers that were none, by who sent them, at most 16. */
  readonly refused: readonly { readonly from: string; readonly why: string }[];
  /** Interfaces that could not be asked, with the reason. */
  readonly unasked: readonly { readonly interface: string; readonly why: string }[];
  readonly asked: readonly string[];
  /** More came than anybody looks at. */
  readonly isFull: boolean;
}

export interface DiscoveryOptions {
  /** All with an IPv4 address, where left out. */
  readonly interfaces?: readonly string[] | undefined;
  readonly length?: Milliseconds;
  /** Of the standard, where left out; a test has its own. */
  readonly target?: { readonly host: string; readonly port: number };
  readonly clock: Clock;
}

const standardTarget = { host: "239.255.255.250", port: 3702 };
const mostDevices = 256;
const mostAnswers = 2_000;
const mostRefusals = 16;
/** An answer is about 1.5 kB. */
const longestAnswer = 16_384;

/**
 * WS-Discovery: asks on each interface who is there, and listens for a while. Not with the package `onvif`: its parser
 * takes time that grows with the square of what anybody on the network sends.
 */
export async function discoverDevices(options: DiscoveryOptions): Promise<Discovered> {
  const { clock, length = 3_000, target = standardTarget } = options;
  const chosen = interfacesOf(options.interfaces);
  const unknown = (options.interfaces ?? []).filter((name) => !chosen.some((one) => one.name === name));
  const hearing = new Hearing();
  const unasked: { interface: string; why: string }[] = unknown.map((name) => ({
    interface: name,
    why: "there is no such interface with an IPv4 address",
  }));
  const sockets: Socket[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const { name, address } of chosen) {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    sockets.push(socket);
    socket.on("error", (error) => void unasked.push({ interface: name, why: error.message }));
    socket.on("message", (bytes, remote) => {
      hearing.take(bytes, remote, name);
      if (hearing.isFull) resolve();
    });
    socket.bind(0, address, () => {
      // Otherwise the routing table says on which interface a multicast leaves, whatever the socket is bound to.
      socket.setMulticastInterface(address);
      const probe = probeMessage();
      hearing.expect(probe.id);
      // Twice: multicast is lost now and then.
      for (let time = 0; time < 2; time++)
        socket.send(probe.text, target.port, target.host, (error) => {
          if (error) unasked.push({ interface: name, why: error.message });
        });
    });
  }
  using _limit = clock.wakeAt(after(clock.now(), length), resolve);
  if (chosen.length > 0) await promise;
  for (const socket of sockets) socket.close();
  const failed = new Map(unasked.map((one) => [one.interface, one]));
  return { ...hearing.outcome(), unasked: [...failed.values()], asked: chosen.map(({ name }) => name) };
}

/** What has come in, bounded. */
class Hearing {
  readonly #expected = new Set<string>();
  readonly #devices = new Map<string, FoundDevice>();
  readonly #refused: { from: string; why: string }[] = [];
  #answers = 0;

  get isFull(): boolean {
    return this.#devices.size >= mostDevices || this.#answers >= mostAnswers;
  }

  expect(id: string): void {
    this.#expected.add(id);
  }

  take(bytes: Buffer, { address: from }: Pick<RemoteInfo, "address">, name: string): void {
    if (this.isFull) return;
    this.#answers += 1;
    try {
      if (bytes.length > longestAnswer) throw new Error(`an answer of ${bytes.length} bytes`);
      for (const device of this.#read(bytes.toString("utf8"), from, name)) {
        // One device answers on each interface and to each repetition.
        const key = `${device.endpoint} ${from}`;
        if (!this.#devices.has(key) && this.#devices.size < mostDevices) this.#devices.set(key, device);
      }
    } catch (error) {
      const why = error instanceof Error ? plain(error.message) : "unreadable";
      if (this.#refused.length < mostRefusals) this.#refused.push({ from, why });
    }
  }

  outcome(): Pick<Discovered, "devices" | "refused" | "isFull"> {
    return { devices: [...this.#devices.values()], refused: this.#refused, isFull: this.isFull };
  }

  #read(text: string, from: string, name: string): readonly FoundDevice[] {
    const envelope = parseStrictXml(text, deviceLimits);
    const answered = find(envelope, "Header", "RelatesTo")?.text.trim() ?? "";
    if (!this.#expected.has(answered)) throw new Error("an answer to a question that we did not ask");
    const matches = find(envelope, "Body", "ProbeMatches");
    if (matches === undefined) throw new Error("no answer to a probe");
    return childrenOf(matches, "ProbeMatch")
      .slice(0, 8)
      .map((match) => found(match, from, name));
  }
}

function found(match: XmlElement, from: string, name: string): FoundDevice {
  const words = (element: string): readonly string[] =>
    (find(match, element)?.text ?? "").trim().split(/\s+/).slice(0, 64);
  const urls = words("XAddrs").flatMap((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) ? [url] : [];
  });
  const own = urls.find(({ hostname }) => hostname === from);
  return {
    from,
    interface: name,
    endpoint: plain(find(match, "EndpointReference", "Address")?.text ?? "", longestText),
    address: own === undefined ? undefined : plain(`${own.origin}${own.pathname}`, 2 * longestText),
    name: scope(words("Scopes"), "name"),
    hardware: scope(words("Scopes"), "hardware"),
    namesOthers: urls.some(({ hostname }) => hostname !== from && !hostname.startsWith("[")),
  };
}

/** `onvif://www.onvif.org/name/Door%20camera` */
function scope(scopes: readonly string[], kind: string): string | undefined {
  const prefix = `onvif://www.onvif.org/${kind}/`;
  const written = scopes.find((text) => text.startsWith(prefix))?.slice(prefix.length);
  if (written === undefined) return undefined;
  try {
    return plain(decodeURIComponent(written), longestText);
  } catch {
    return plain(written, longestText);
  }
}

function interfacesOf(wanted: readonly string[] | undefined): readonly { name: string; address: string }[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) => {
    const address = addresses?.find(({ family }) => family === "IPv4");
    if (address === undefined) return [];
    const isWanted = wanted === undefined ? !address.internal : wanted.includes(name);
    return isWanted ? [{ name, address: address.address }] : [];
  });
}

function probeMessage(): { readonly id: string; readonly text: string } {
  const id = `urn:uuid:${randomUUID()}`;
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">' +
    `<e:Header><w:MessageID>${id}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>` +
    "<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>" +
    "<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>";
  return { id, text };
}
