import type { InterlockCommand, InterlockMessage } from "../ports/interlock-link.ts";
import type { ProcessLink, Role } from "../ports/process-link.ts";

/** The interlock's connection where whoever plays the controller is in the same process. */
export class OwnLink implements ProcessLink {
  #toInterlock: (from: Role, message: unknown) => void = () => {};
  #toController: (message: InterlockMessage) => void = () => {};

  send(to: Role, message: unknown): void {
    if (to === "controller") this.#toController(message as InterlockMessage); // the interlock says nothing else to it
  }

  onMessage(listener: (from: Role, message: unknown) => void): void {
    this.#toInterlock = listener;
  }

  /** The controller is there from beginning to end. */
  onPeer(): void {}

  toInterlock(command: InterlockCommand): void {
    this.#toInterlock("controller", command);
  }

  onInterlock(listener: (message: InterlockMessage) => void): void {
    this.#toController = listener;
  }
}
