/** Mutants of StrykerJS that no test kills, each with why that is right. The report names those that are missing here. */
export interface ExplainedSurvivor {
  /** In src/domain/interlock. */
  readonly file: string;
  /** The source that was changed, and what it became; both with runs of spaces as one. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export const explainedSurvivors: readonly ExplainedSurvivor[] = [
  {
    file: "contact-rules.ts",
    from: "edge < start",
    to: "*",
    why: "The newest edge is the change itself, and with a debounce of nothing the burst begins there either way.",
  },
  {
    file: "contact-rules.ts",
    from: 'lock.commanded === "released"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "contact-rules.ts",
    from: 'taking.phase === "awaited"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "contact-rules.ts",
    from: "taking.to !== undefined",
    to: "true",
    why: "An edge compares false with an end that is not set.",
  },
  {
    file: "contact-rules.ts",
    from: 'taking.phase === "awaited" && taking.to !== undefined',
    to: "*",
    why: "An edge compares false with an end that is not set; a grant without one is released, and was answered above.",
  },
  {
    file: "contact-rules.ts",
    from: 'taking.phase === "awaited" && taking.to !== undefined && edgeAt <= taking.to',
    to: "*",
    why: "An edge compares false with an end that is not set; one after the end finds the grant written off (`notTaken` comes first).",
  },
  {
    file: "contact-rules.ts",
    from: "edgeAt <= taking.to",
    to: "true",
    why: "After the end of its release a grant is written off before a later edge is judged (`notTaken`).",
  },
  {
    file: "contact-rules.ts",
    from: 's.leaf.position === "open"',
    to: "true",
    why: "What closes was open: an unread contact that reads closed is closed without having moved.",
  },
  {
    file: "decide.ts",
    from: "steps < mostConsequences",
    to: "*",
    why: "Where the rules never rest, one step more or less is no difference.",
  },
  {
    file: "decide.ts",
    from: "pending.find(({ at }) => at === first)?.events",
    to: "*",
    why: "The earliest of the pending is one of them; the question mark is the compiler's.",
  },
  {
    file: "decide.ts",
    from: "[]",
    to: '["Stryker was here"]',
    why: "The earliest of the pending is one of them, so this is never taken.",
  },
  {
    file: "decide.ts",
    from: "claimed > at",
    to: "*",
    why: "Both ways it is the same instant.",
  },
  {
    file: "evolve.ts",
    from: 'event.type === "DoorOpened"',
    to: "true",
    why: "Only an opening has such a cause.",
  },
  {
    file: "evolve.ts",
    from: "[]",
    to: '["Stryker was here"]',
    why: "The compiler refuses it: there is no word in a list of instants or of events.",
  },
  {
    file: "evolve.ts",
    from: 'door.leaf.position === "open"',
    to: "*",
    why: "Only an open door is warned of; the condition keeps `evolve` total over any record.",
  },
  {
    file: "evolve.ts",
    from: 'taking.phase === "awaited"',
    to: "*",
    why: "The other phases have no end to set, and nobody reads one there.",
  },
  {
    file: "evolve.ts",
    from: 'taking.phase === "awaited" && taking.to === undefined',
    to: "*",
    why: "While an end is uncertain an edge is less than a debounce away from the one before it, and belongs to its burst: a later end changes nothing.",
  },
  {
    file: "evolve.ts",
    from: "taking.to === undefined",
    to: "true",
    why: "While an end is uncertain an edge is less than a debounce away from the one before it, and belongs to its burst: a later end changes nothing.",
  },
  {
    file: "evolve.ts",
    from: 'lock.commanded === "released"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; a secured lock has no such field.",
  },
  {
    file: "decide.ts",
    from: "input.people <= 0",
    to: "*",
    why: "Restoring nobody leaves everything as it was, and is no record.",
  },
  {
    file: "evolve.ts",
    from: 'lock.commanded === "released" && lock.by === by',
    to: "*",
    why: "An override that takes over from a grant: what opened before it is the grant's all the same.",
  },
  {
    file: "evolve.ts",
    from: "lock.by === by",
    to: "true",
    why: "An override that takes over from a grant: what opened before it is the grant's all the same.",
  },
  {
    file: "evolve.ts",
    from: 'lock.commanded === "secured"',
    to: "true",
    why: "Two places. A lock that is released has no cause to be `timeUp`; one released by a fire with a line that failed begins at the instant it obeyed, and its openings are judged by `fine-points.test.ts`.",
  },
  {
    file: "evolve.ts",
    from: "before.filter((id) => id !== grant)",
    to: "before",
    why: "A request that was answered is not answered again, so it is never there twice.",
  },
  {
    file: "evolve.ts",
    from: "id !== grant",
    to: "true",
    why: "A request that was answered is not answered again, so it is never there twice.",
  },
  {
    file: "evolve.ts",
    from: 'event.cause === "granted"',
    to: "true",
    why: "By the time an opening that is not the grant's becomes certain the grant's end has become certain too (`notTaken`), and nothing is awaited.",
  },
  {
    file: "interlock.ts",
    from: '!("door" in event)',
    to: "false",
    why: "An event without a door is neither a release nor a securing: it has no effect either way.",
  },
  {
    file: "lock-rules.ts",
    from: 's.contact === "closed" && s.bolt === "thrown"',
    to: 's.contact === "closed" || s.bolt === "thrown"',
    why: "Asked only where nothing is missing: then a closed door has its bolt thrown. Of an open one see `fine-points.test.ts`.",
  },
  {
    file: "lock-rules.ts",
    from: 's.bolt === "thrown"',
    to: "true",
    why: "Asked only where nothing is missing: then a closed door has its bolt thrown.",
  },
  {
    file: "lock-rules.ts",
    from: 's.bolt === "retracted"',
    to: "true",
    why: "Asked only where nothing is missing: then a released lock has its bolt retracted.",
  },
  {
    file: "release-rules.ts",
    from: "at !== undefined",
    to: "true",
    why: "Without any end there is no first one either, and what is found then has no instant, which is asked next.",
  },
  {
    file: "release-rules.ts",
    from: "burstStart(s, contactDebounce) <= s.taking.to",
    to: "true",
    why: "An opening that began after the end is more than a debounce away from the last closed reading, and by then the end was certain.",
  },
  {
    file: "release-rules.ts",
    from: 's.taking.phase !== "awaited"',
    to: "false",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "rules.ts",
    from: 'leaf.position === "open"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "state.ts",
    from: 'leaf.position === "open"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "state.ts",
    from: "[]",
    to: '["Stryker was here"]',
    why: "Two places: edges are replaced by the first reading, and no request is called so.",
  },
  {
    file: "state.ts",
    from: 'lock.commanded === "released"',
    to: "true",
    why: "The condition only tells the compiler which member of the union it is; the others have no such field, and what follows says the same of them.",
  },
  {
    file: "state.ts",
    from: "from !== undefined",
    to: "true",
    why: "Nothing is later than an instant that is not set: the comparison is false either way.",
  },
];
