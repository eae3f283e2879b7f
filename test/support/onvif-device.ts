import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

export interface OnvifDeviceOptions {
  readonly user?: string;
  readonly password?: string;
  /** `digest`: HTTP's; otherwise the token in the message. */
  readonly auth?: "token" | "digest";
  /** How far its clock is ahead. Milliseconds. */
  readonly clockOffset?: number;
  /** It refuses a token whose time is further from its own. Milliseconds. */
  readonly tokenAge?: number;
  readonly serialNumber?: string;
  readonly streamUrl?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly port?: number;
}

type Answer = (request: IncomingMessage, response: ServerResponse, operation: string) => void;

/**
 * An ONVIF camera of our own making, for what no real one does: it can be told to lie, to drip and to break off. What
 * real ones say is tested against recorded answers of real ones (`recorded-onvif.ts`).
 */
export class OnvifDevice implements AsyncDisposable {
  readonly #options: OnvifDeviceOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting: ((message: string) => void)[] = [];
  readonly #messages: string[] = [];
  /** Operations that were asked for, in order. */
  readonly asked: string[] = [];
  clockOffset: number;
  serialNumber: string;
  connections = 0;
  /** What it answers to whoever fetches its snapshot. */
  picture: Buffer | undefined;
  /** In place of what it would answer; undefined: it answers as ever. */
  misbehave: Answer | undefined;

  private constructor(options: OnvifDeviceOptions) {
    this.#options = options;
    this.clockOffset = options.clockOffset ?? 0;
    this.serialNumber = options.serialNumber ?? "SN-1";
    const take = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#take(request, response);
    this.#server =
      options.tls === undefined ? createServer(take) : createSecureServer({ ...options.tls }, take);
    this.#server.on("connection", (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  static async start(options: OnvifDeviceOptions = {}): Promise<OnvifDevice> {
    const device = new OnvifDevice(options);
    const { promise, resolve } = Promise.withResolvers<void>();
    device.#server.listen(options.port ?? 0, "127.0.0.1", resolve);
    await promise;
    return device;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // it listens on TCP
  }

  /** An event, to whoever pulls next. */
  notify(
    topic: string,
    source: Readonly<Record<string, string>>,
    data: Readonly<Record<string, string>>,
  ): void {
    const items = (values: Readonly<Record<string, string>>): string =>
      Object.entries(values)
        .map(([name, value]) => `<tt:SimpleItem Name="${name}" Value="${value}"/>`)
        .join("");
    const message =
      `<wsnt:NotificationMessage><wsnt:Topic Dialect="x">${topic}</wsnt:Topic><wsnt:Message>` +
      `<tt:Message UtcTime="2026-11-22T10:00:00Z" PropertyOperation="Changed"><tt:Source>${items(source)}</tt:Source>` +
      `<tt:Data>${items(data)}</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#messages.push(message);
    else waiting(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const operation = /<(?:s:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(text)?.[1] ?? request.url ?? "";
    this.asked.push(operation);
    if (this.misbehave !== undefined) return this.misbehave(request, response, operation);
    if (request.method === "GET" && this.picture !== undefined) {
      response.writeHead(200, { "Content-Type": "image/jpeg" }).end(this.picture);
      return;
    }
    const isOpen = operation === "GetSystemDateAndTime";
    if (!isOpen && !this.#isAllowed(request, text)) return this.#refuse(response);
    const body = await this.#answer(operation, text);
    if (body === undefined)
      return fault(response, "ter:ActionNotSupported", "Optional Action Not Implemented");
    soap(response, body);
  }

  #isAllowed(request: IncomingMessage, text: string): boolean {
    const { user, password, auth, tokenAge = 5_000 } = this.#options;
    if (user === undefined || password === undefined) return true;
    if (auth === "digest") return isRightDigest(request, user, password);
    const value = (name: string): string =>
      new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? "";
    const created = value("Created");
    const far = Math.abs(Date.parse(created) - (Date.now() + this.clockOffset));
    const expected = createHash("sha1")
      .update(Buffer.from(value("Nonce"), "base64"))
      .update(created)
      .update(password, "utf8")
      .digest("base64");
    return value("Username") === user && value("Password") === expected && far <= tokenAge;
  }

  #refuse(response: ServerResponse): void {
    if (this.#options.auth !== "digest") return fault(response, "ter:NotAuthorized", "Sender not Authorized");
    response.writeHead(401, {
      "WWW-Authenticate": [
        'Basic realm="camera"',
        'Digest qop="auth", realm="camera", nonce="0123456789abcdef", algorithm="MD5"',
      ],
    });
    response.end();
  }

  async #answer(operation: string, text: string): Promise<string | undefined> {
    const here = `http://127.0.0.1:${this.port}`;
    const time = new Date(Date.now() + this.clockOffset);
    switch (operation) {
      case "GetSystemDateAndTime":
        return (
          "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime>" +
          `<tt:Time><tt:Hour>${time.getUTCHours()}</tt:Hour><tt:Minute>${time.getUTCMinutes()}</tt:Minute><tt:Second>${time.getUTCSeconds()}</tt:Second></tt:Time>` +
          `<tt:Date><tt:Year>${time.getUTCFullYear()}</tt:Year><tt:Month>${time.getUTCMonth() + 1}</tt:Month><tt:Day>${time.getUTCDate()}</tt:Day></tt:Date>` +
          "</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
        );
      case "GetDeviceInformation":
        return (
          "<tds:GetDeviceInformationResponse><tds:Manufacturer>Own</tds:Manufacturer><tds:Model>Door</tds:Model>" +
          `<tds:FirmwareVersion>1.0</tds:FirmwareVersion><tds:SerialNumber>${this.serialNumber}</tds:SerialNumber></tds:GetDeviceInformationResponse>`
        );
      case "GetServices":
        return `<tds:GetServicesResponse>${[
          "ver10/device",
          "ver10/media",
          "ver20/ptz",
          "ver10/events",
          "ver20/imaging",
        ]
          .map(
            (service) =>
              // Another host, as behind a router, or as a lie.
              `<tds:Service><tds:Namespace>http://www.onvif.org/${service}/wsdl</tds:Namespace><tds:XAddr>http://192.0.2.66/onvif/${service.slice(6)}</tds:XAddr></tds:Service>`,
          )
          .join("")}</tds:GetServicesResponse>`;
      case "GetProfiles":
        return `<trt:GetProfilesResponse>${profile("main", 1920, 1080, 25)}${profile("sub", 640, 360, 15)}</trt:GetProfilesResponse>`;
      case "GetStreamUri":
        return `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${this.#options.streamUrl ?? "rtsp://192.0.2.66:554/live"}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`;
      case "GetSnapshotUri":
        return "<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>http://192.0.2.66/snapshot.jpg?of=door</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>";
      case "GetPresets":
        return '<tptz:GetPresetsResponse><tptz:Preset token="1"><tt:Name>Door</tt:Name></tptz:Preset><tptz:Preset token="2"><tt:Name>Hall</tt:Name></tptz:Preset></tptz:GetPresetsResponse>';
      case "GotoPreset":
        this.asked.push(`preset ${/<PresetToken>([^<]*)</.exec(text)?.[1]}`);
        return "<tptz:GotoPresetResponse/>";
      case "GetImagingSettings":
        return "<timg:GetImagingSettingsResponse><timg:ImagingSettings><tt:Brightness>50</tt:Brightness><tt:IrCutFilter>AUTO</tt:IrCutFilter></timg:ImagingSettings></timg:GetImagingSettingsResponse>";
      case "SetImagingSettings":
        this.asked.push(`ir ${/<IrCutFilter[^>]*>([^<]*)</.exec(text)?.[1]}`);
        return "<timg:SetImagingSettingsResponse/>";
      case "CreatePullPointSubscription":
        return `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa5:Address>${here}/onvif/subscription?Idx=6</wsa5:Address></tev:SubscriptionReference><wsnt:CurrentTime>2026-11-22T18:00:00+08:00</wsnt:CurrentTime><wsnt:TerminationTime>2026-11-22T18:02:00+08:00</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>`;
      case "PullMessages":
        return `<tev:PullMessagesResponse><tev:CurrentTime>2026-11-22T10:00:00Z</tev:CurrentTime><tev:TerminationTime>2026-11-22T10:02:00Z</tev:TerminationTime>${await this.#nextMessage()}</tev:PullMessagesResponse>`;
      case "Renew":
        return "<wsnt:RenewResponse><wsnt:TerminationTime>2026-11-22T10:02:00Z</wsnt:TerminationTime><wsnt:CurrentTime>2026-11-22T10:00:00Z</wsnt:CurrentTime></wsnt:RenewResponse>";
      default:
        return undefined;
    }
  }

  async #nextMessage(): Promise<string> {
    const next = this.#messages.shift();
    return next ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)));
  }
}

const names = ["tds", "trt", "tt", "tptz", "timg", "tev", "wsnt", "wsa5"]
  .map((prefix) => `xmlns:${prefix}="urn:${prefix}"`)
  .join(" ");

/** What a device answers, in its envelope. */
export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ${names}><s:Body>${body}</s:Body></s:Envelope>`;

export function soap(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/soap+xml; charset=utf-8" });
  response.end(envelope(body));
}

function fault(response: ServerResponse, subcode: string, text: string): void {
  soap(
    response,
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${text}</s:Text></s:Reason></s:Fault>`,
    400,
  );
}

function profile(token: string, width: number, height: number, rate: number): string {
  return (
    `<trt:Profiles token="${token}" fixed="true"><tt:Name>${token} stream</tt:Name>` +
    '<tt:VideoSourceConfiguration token="vsc"><tt:SourceToken>vs0</tt:SourceToken></tt:VideoSourceConfiguration>' +
    `<tt:VideoEncoderConfiguration token="vec-${token}"><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution>` +
    `<tt:RateControl><tt:FrameRateLimit>${rate}</tt:FrameRateLimit><tt:BitrateLimit>1024</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>30</tt:GovLength></tt:H264></tt:VideoEncoderConfiguration>` +
    '<tt:PTZConfiguration token="ptz0"><tt:Name>PTZ</tt:Name></tt:PTZConfiguration></trt:Profiles>'
  );
}

function isRightDigest(request: IncomingMessage, user: string, password: string): boolean {
  const header = request.headers.authorization ?? "";
  if (!header.startsWith("Digest ")) return false;
  const part = (name: string): string => new RegExp(`${name}="?([^",]*)"?`).exec(header)?.[1] ?? "";
  const md5 = (...parts: readonly string[]): string =>
    createHash("md5").update(parts.join(":")).digest("hex");
  const one = md5(user, "camera", password);
  const two = md5(request.method ?? "", part("uri"));
  const uri = part("uri");
  const expected = md5(one, "0123456789abcdef", part("nc"), part("cnonce"), "auth", two);
  return uri === request.url && part("username") === user && part("response") === expected;
}
