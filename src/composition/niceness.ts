import type { Role } from "../ports/process-link.ts";

/**
 * Who waits for whom when the processors are short, as nice(1) counts. Whoever is not named keeps what we have ourselves:
 * under systemd the supervisor and the interlock come before everybody else. Seeing may wait a little; the controller's
 * heartbeat may not.
 */
export const niceness: Readonly<Partial<Record<Role, number>>> = { controller: 0, building: 0, vision: 5 };
