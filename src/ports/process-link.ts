/** The processes of one running controller. */
export type Role = "supervisor" | "controller" | "interlock" | "vision" | "building";

/**
 * One process's view of the others. Messages are structured clones, delivered in order per sender, or dropped when
 * the receiver is not there: whoever needs an answer has a deadline, whoever needs a state asks again when its
 * peer is up. Listeners add up: parts of one process share its link and pick out what is theirs.
 */
export interface ProcessLink {
  send(to: Role, message: unknown): void;
  onMessage(listener: (from: Role, message: unknown) => void): void;
  /**
   * A peer has started (again) and can be sent to, or is gone. Peers that are up already are told of once this
   * process is up itself; one that is started again was told to be down before.
   */
  onPeer(listener: (role: Role, state: "up" | "down") => void): void;
}
