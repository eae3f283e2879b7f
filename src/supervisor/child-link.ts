import process from "node:process";
import type { ProcessLink, Role } from "../ports/process-link.ts";
import type { FromChild, ToChild } from "./envelope.ts";

export interface ChildLink extends ProcessLink {
  /** Says that this process is ready to be sent to. */
  up(): void;
  /** Says that its start takes long, and is further than when this was said last. */
  progress(): void;
}

export interface ChildStart {
  readonly configuration: unknown;
  /** Open descriptors that its parent keeps for it; undefined in the place of those it could not take. */
  readonly descriptors: readonly (number | undefined)[];
  readonly link: ChildLink;
  /** Aborted when the process is to end in order, or its supervisor is gone. */
  readonly signal: AbortSignal;
}

/** Tells the supervisor that this process cannot run until a person acts; resolves once that is on its way. */
export function tellRefusal(): Promise<void> {
  const message: FromChild = { kind: "refused" };
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

/** The child's end of the supervisor's connection; resolves with what to work with. */
export function connectToSupervisor(): Promise<ChildStart> {
  if (process.send === undefined) throw new Error("this role is started by the supervisor: vestibule run");
  const ending = new AbortController();
  const listeners: ((from: Role, message: unknown) => void)[] = [];
  const peerListeners: ((role: Role, state: "up" | "down") => void)[] = [];
  const peers = new Set<Role>();
  const post = (message: FromChild): void => {
    if (process.connected) process.send?.(message, () => {}); // a failure means the supervisor is going: disconnect follows
  };
  const link: ChildLink = {
    send: (to, message) => post({ kind: "message", to, message }),
    onMessage: (listener) => listeners.push(listener),
    onPeer: (listener) => {
      peerListeners.push(listener);
      for (const role of peers) listener(role, "up");
    },
    up: () => post({ kind: "up" }),
    progress: () => post({ kind: "progress" }),
  };
  // Ctrl-C reaches every process of the terminal: the supervisor alone decides who stops when.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  process.once("disconnect", () => ending.abort());
  return new Promise((resolve) => {
    process.on("message", (raw) => {
      const message = raw as ToChild; // our own supervisor at the other end
      switch (message.kind) {
        case "start":
          return resolve({
            configuration: message.configuration,
            descriptors: message.descriptors,
            link,
            signal: ending.signal,
          });
        case "message":
          return listeners.forEach((listener) => listener(message.from, message.message));
        case "peer":
          if (message.state === "up") peers.add(message.role);
          else peers.delete(message.role);
          return peerListeners.forEach((listener) => listener(message.role, message.state));
        case "ping":
          return post({ kind: "pong", number: message.number });
        case "stop":
          return ending.abort();
      }
    });
  });
}
