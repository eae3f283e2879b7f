import type { SeededMutation } from "../mutation.ts";

const decide = "src/domain/interlock/decide.ts";
const evolve = "src/domain/interlock/evolve.ts";
const ends = "src/domain/interlock/release-rules.ts";

/** A8: a release that is taken back. */
export const withdrawalMutations: readonly SeededMutation[] = [
  {
    name: "withdrawal-of-whoever-is-released",
    rule: "A8",
    file: decide,
    from: `if (lock.commanded !== "released" || lock.by !== "grant" || lock.grant.id !== id) return [];`,
    to: `if (lock.commanded !== "released" || lock.by !== "grant") return [];`,
    why: "there is only one release at a time, so it must be the one that is meant",
  },
  {
    name: "withdrawal-of-what-was-opened-for",
    rule: "A8",
    file: decide,
    from: `return taking.phase !== "awaited" || lock.withdrawn === true`,
    to: "return lock.withdrawn === true",
    why: "the lock is still released, and that is what is taken back",
  },
  {
    name: "withdrawn-twice",
    rule: "A8",
    file: decide,
    from: `return taking.phase !== "awaited" || lock.withdrawn === true`,
    to: `return taking.phase !== "awaited"`,
    why: "saying it once more looks harmless",
  },
  {
    name: "withdrawal-is-only-said",
    rule: "A8",
    file: evolve,
    from: "? { ...door, lock: { ...door.lock, withdrawn: true } }",
    to: "? { ...door, lock: { ...door.lock } }",
    why: "the event tells it all, so what else should the state keep",
  },
  {
    name: "withdrawn-while-the-door-moves",
    rule: "A8",
    file: ends,
    from: `return isWithdrawn && leaf.position !== "open" && contact !== "open" ? overdue : undefined;`,
    to: "return isWithdrawn ? overdue : undefined;",
    why: "a door that may not be passed is shut, whoever stands in it",
  },
  {
    name: "withdrawn-while-the-contact-reads-open",
    rule: "A8",
    file: ends,
    from: `return isWithdrawn && leaf.position !== "open" && contact !== "open" ? overdue : undefined;`,
    to: `return isWithdrawn && leaf.position !== "open" ? overdue : undefined;`,
    why: "where the leaf is has been debounced already, the raw contact seems to say it twice",
  },
  {
    name: "withdrawn-release-has-no-end",
    rule: "A8",
    file: ends,
    from: `        [withdrawnAt(state.doors[door]), "withdrawn"],\n`,
    to: "",
    why: "a line of a list that is lost while its order is mended",
  },
];
