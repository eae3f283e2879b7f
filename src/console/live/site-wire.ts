import type { SiteState } from "../../ports/controller-services.ts";
import { asksAsScreen } from "../api/http.ts";
import { isSimulated } from "../api/simulator.ts";
import {
  type AlarmView,
  type CardholderView,
  fetchAlarms,
  fetchCardholders,
  fetchState,
} from "../api/site.ts";

/** What a stream calls. */
export interface StreamListener {
  onMessage(name: StreamMessage, data: string): void;
  onEnd(): void;
}

export const streamMessages = ["event", "alarm", "state", "beat"] as const;
export type StreamMessage = (typeof streamMessages)[number];

/** What a connection needs of the network, and of the time. */
export interface SiteWire {
  state(timeoutMs: number): Promise<SiteState>;
  alarms(): Promise<readonly AlarmView[]>;
  cardholders(): Promise<readonly CardholderView[]>;
  isSimulated(): Promise<boolean>;
  /** Everything after record `after`; returns how to end it. */
  listen(after: number, listener: StreamListener): () => void;
  /** Milliseconds that never go back. */
  now(): number;
}

export const browserWire: SiteWire = {
  state: fetchState,
  alarms: fetchAlarms,
  cardholders: fetchCardholders,
  isSimulated,
  now: () => performance.now(),
  listen: (after, listener) => {
    const stream = new EventSource(`/api/v1/stream?after=${after}${asksAsScreen() ? "&screen=1" : ""}`);
    for (const name of streamMessages) {
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => listener.onMessage(name, data));
    }
    // Resumed by the connection itself, which knows from where.
    stream.addEventListener("error", () => {
      stream.close();
      listener.onEnd();
    });
    return () => stream.close();
  },
};
