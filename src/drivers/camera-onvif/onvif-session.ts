import type { Cam } from "onvif";
import { z } from "zod";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { askDevice, type DeviceAddress } from "./bounded-request.ts";
import { asDeviceFault, DeviceFault } from "./device-fault.ts";
import { type DeviceLogin, digest, guardedCam } from "./guarded-cam.ts";
import { type DeviceLimits, deviceLimits, longestText, mostPresets } from "./limits.ts";
import { type MediaProfile, readProfiles } from "./media-profiles.ts";
import { plain } from "./soap-answer.ts";
import { escapeXml } from "./strict-xml.ts";

export interface SessionOptions {
  readonly address: DeviceAddress;
  readonly login?: DeviceLogin | undefined;
  readonly limits?: DeviceLimits;
  readonly clock: Clock;
}

export interface DeviceInformation {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
  readonly serialNumber: string;
}

export interface Preset {
  readonly token: string;
  readonly name: string;
}

const word = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => plain(String(value), longestText))
  .catch("");
const informationSchema = z.object({
  manufacturer: word,
  model: word,
  firmwareVersion: word,
  serialNumber: word,
});
const nobody = { manufacturer: "", model: "", firmwareVersion: "", serialNumber: "" };
const imagingSchema = z
  .object({
    irCutFilter: word.optional(),
    exposure: z
      .object({ mode: word.optional(), maxExposureTime: z.coerce.number().optional().catch(undefined) })
      .optional()
      .catch(undefined),
    brightness: z.coerce.number().optional().catch(undefined),
  })
  .catch({});
const uriSchema = z.object({ uri: z.string().min(1).max(1000) });
const presetSchema = z.object({ $: z.object({ token: word }), name: word });

export type Imaging = z.output<typeof imagingSchema>;

export interface ImagingChange {
  /** `AUTO`: by day on, by night off. */
  readonly irCutFilter?: "ON" | "OFF" | "AUTO";
  /** A face that moves is blurred by more than about 10 ms. */
  readonly longestExposure?: Milliseconds;
}

type Done = (error: Error | null, answer?: unknown) => void;

/** One device, spoken to over ONVIF. Every method rejects with DeviceFault, in bounded time, whatever the device does. */
export class OnvifSession implements Disposable {
  readonly address: DeviceAddress;
  readonly cam: Cam;
  readonly #limits: DeviceLimits;
  readonly #clock: Clock;
  #offset: Milliseconds | undefined;
  #isIntroduced = false;
  readonly #end = new AbortController();

  constructor({ address, login, limits = deviceLimits, clock }: SessionOptions) {
    this.address = address;
    this.#limits = limits;
    this.#clock = clock;
    this.cam = guardedCam({
      address,
      login,
      limits,
      clock,
      offset: () => this.#offset ?? 0,
      ended: this.#end.signal,
    });
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }

  get limits(): DeviceLimits {
    return this.#limits;
  }

  /** How far its clock is ahead of ours, as last learnt. */
  get offset(): Milliseconds | undefined {
    return this.#offset;
  }

  /** Asked without a password, as every device should answer: with a wrong time no password is believed. */
  async measureClock(): Promise<Milliseconds> {
    const before = this.#clock.wall();
    const time = await this.call((cam, done) => cam.getSystemDateAndTime(done));
    const millis = time instanceof Date ? time.getTime() : Number.NaN;
    if (Number.isNaN(millis)) throw new DeviceFault("hostile", "it tells a time that is none");
    // It tells whole seconds, of a moment between asking and being answered: half a second more on average.
    const asked = (before + this.#clock.wall()) / 2;
    this.#offset = Math.round(millis + 500 - asked);
    return this.#offset;
  }

  /** Also the check of the password: some devices let anybody "connect". */
  async information(): Promise<DeviceInformation> {
    const raw = await this.call((cam, done) => cam.getDeviceInformation(done));
    const { firmwareVersion: firmware, ...rest } = informationSchema.catch(nobody).parse(raw);
    if (rest.model === "" && rest.manufacturer === "" && rest.serialNumber === "")
      throw new DeviceFault("hostile", "it does not say what it is");
    return { ...rest, firmware };
  }

  /** Which services it has, and where: asked once. */
  async introduce(): Promise<ReadonlySet<string>> {
    if (!this.#isIntroduced) {
      try {
        await this.call((cam, done) => cam.getServices(false, done));
      } catch (error) {
        if (mayBeOlder(error)) await this.call((cam, done) => cam.getCapabilities(done));
        else throw error;
      }
      this.#isIntroduced = true;
    }
    const known = Object.entries(this.cam.uri ?? {});
    return new Set(known.flatMap(([name, uri]) => (uri === undefined ? [] : [name])));
  }

  async profiles(): Promise<readonly MediaProfile[]> {
    await this.introduce();
    try {
      return readProfiles(await this.call((cam, done) => cam.getProfiles(done)));
    } catch (error) {
      // Some devices announce the newer media service and do not have it.
      if (this.cam.media2Support !== true || this.cam.uri?.media === undefined) throw error;
      this.cam.media2Support = false;
      return readProfiles(await this.call((cam, done) => cam.getProfiles(done)));
    }
  }

  /** Where to fetch the stream; always at the device's own address, whatever it says. */
  async streamUrl(profile: Pick<MediaProfile, "token">): Promise<string> {
    await this.introduce();
    const options = { protocol: "RTSP", profileToken: escapeXml(profile.token) } as const;
    const answer = await this.call((cam, done) => cam.getStreamUri(options, done));
    return pinned(uriOf(answer), this.address.host, /^rtsps?:$/, "a stream");
  }

  /** Its path, at the device's own address; undefined where it has none. */
  async snapshotPath(profile: Pick<MediaProfile, "token">): Promise<string> {
    await this.introduce();
    const options = { profileToken: escapeXml(profile.token) };
    const answer = await this.call((cam, done) => cam.getSnapshotUri(options, done));
    const { pathname, search } = new URL(pinned(uriOf(answer), this.address.host, /^https?:$/, "a snapshot"));
    return pathname + search;
  }

  /** A JPEG by the camera itself. */
  async snapshot(profile: Pick<MediaProfile, "token">): Promise<Uint8Array> {
    const path = await this.snapshotPath(profile);
    const { deadline, picture: mostBytes } = this.#limits;
    const ask = { method: "GET", path, deadline, mostBytes, ended: this.#end.signal } as const;
    const first = await askDevice(this.address, { ...ask, headers: {} }, this.#clock);
    const authorization = this.cam.username === undefined ? undefined : digest(this.cam, first, path, "GET");
    const answer =
      authorization === undefined
        ? first
        : await askDevice(this.address, { ...ask, headers: { Authorization: authorization } }, this.#clock);
    if (answer.status === 401) throw new DeviceFault("unauthorised", "it gives no snapshot to this user");
    if (answer.status !== 200) throw new DeviceFault("refused", `no snapshot: HTTP ${answer.status}`);
    const { body } = answer;
    if (body[0] !== 0xff || body[1] !== 0xd8) throw new DeviceFault("hostile", "its snapshot is no JPEG");
    return body;
  }

  async presets(profile: Pick<MediaProfile, "token">): Promise<readonly Preset[]> {
    await this.introduce();
    const options = { profileToken: escapeXml(profile.token) };
    await this.call((cam, done) => cam.getPresets(options, done));
    const all: Readonly<Record<string, unknown>> = this.cam.presets ?? {};
    return Object.values(all)
      .slice(0, mostPresets)
      .flatMap((raw) => {
        const read = presetSchema.safeParse(raw);
        if (!read.success || read.data.$.token === "") return [];
        const { token } = read.data.$;
        return [{ token, name: read.data.name === "" ? token : read.data.name }];
      });
  }

  async gotoPreset(profile: Pick<MediaProfile, "token">, preset: Pick<Preset, "token">): Promise<void> {
    await this.introduce();
    const options = { profileToken: escapeXml(profile.token), preset: escapeXml(preset.token) };
    await this.call((cam, done) => cam.gotoPreset(options, done));
  }

  /** Of the sensor behind the stream; what it does not have is left out. */
  async imaging(profile: Pick<MediaProfile, "source">): Promise<Imaging> {
    await this.introduce();
    const options = { token: escapeXml(sourceOf(profile)) };
    return imagingSchema.parse(await this.call((cam, done) => cam.getImagingSettings(options, done)));
  }

  /** Only what is named is changed; everybody who looks at the camera sees it. */
  async setImaging(profile: Pick<MediaProfile, "source">, change: ImagingChange): Promise<void> {
    await this.introduce();
    const { irCutFilter, longestExposure } = change;
    const options = {
      token: escapeXml(sourceOf(profile)),
      ...(irCutFilter === undefined ? {} : { irCutFilter }),
      ...(longestExposure === undefined
        ? {}
        : { exposure: { mode: "AUTO", maxExposureTime: Math.round(longestExposure * 1000) } as const }),
    };
    await this.call((cam, done) => cam.setImagingSettings(options, done));
  }

  /** Settles after this time, or once nobody is here any more. */
  async pause(length: Milliseconds): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    using _end = this.#clock.wakeAt(after(this.#clock.now(), length), resolve);
    this.#end.signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
  }

  /**
   * One question to the device by way of the package. It may ask twice for one answer, and more than once for a
   * password: four deadlines are enough for everything it does.
   */
  async call(
    start: (cam: Cam, done: Done) => void,
    deadline: Milliseconds = 4 * this.#limits.deadline,
  ): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    using _limit = this.#clock.wakeAt(after(this.#clock.now(), deadline), () =>
      reject(new DeviceFault("unreachable", "no answer in time")),
    );
    try {
      start(this.cam, (error, answer) => (error ? reject(error) : resolve(answer)));
      return await promise;
    } catch (error) {
      throw asDeviceFault(error);
    }
  }
}

/** GetServices came later than GetCapabilities. */
const mayBeOlder = (error: unknown): boolean =>
  error instanceof DeviceFault && ["unsupported", "refused", "hostile"].includes(error.kind);

function sourceOf({ source }: Pick<MediaProfile, "source">): string {
  if (source === undefined) throw new DeviceFault("unsupported", "it names no sensor behind this stream");
  return source;
}

function uriOf(answer: unknown): string {
  // Two generations: at the top, or one level down.
  const read = z.union([uriSchema, z.object({ mediaUri: uriSchema })]).safeParse(answer);
  if (!read.success) throw new DeviceFault("hostile", "it names no address");
  return "uri" in read.data ? read.data.uri : read.data.mediaUri.uri;
}

/** The address with the host we know in place of the one it says, and without credentials (T21). */
function pinned(uri: string, host: string, protocol: RegExp, what: string): string {
  const url = URL.parse(uri.trim());
  if (url === null || !protocol.test(url.protocol) || url.hostname === "")
    throw new DeviceFault("hostile", `it names an address for ${what} that is none`);
  url.hostname = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  url.username = "";
  url.password = "";
  return url.href;
}
