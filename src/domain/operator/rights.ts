/** What an operator is there for. One person, one account, one role. */
export const roles = ["administrator", "securityOfficer", "enrolmentClerk", "auditor", "installer"] as const;
export type Role = (typeof roles)[number];

/** Who looks after the doors, day and night. */
const guard = ["administrator", "securityOfficer"] as const;
/** Who looks after the people. */
const people = ["administrator", "enrolmentClerk"] as const;
/** Who may know what happened. */
const watchers = [...guard, "auditor"] as const;

/**
 * Which right belongs to which roles: the one place where it is said. Every route names the right it needs, and the
 * table in docs/security.md is made from here.
 */
export const rolesByRight = {
  /** Doors, processes and cameras as they are now; names no person. */
  seeState: roles,
  /** The journal's records; people by their pseudonym. */
  seeEvents: [...watchers, "installer"],
  seeAlarms: [...watchers, "installer"],
  /** Alarms and records of duress, and then never at the box itself (A5). */
  seeDuress: watchers,
  acknowledgeAlarms: guard,
  /** Putting an alarm aside for a while, and taking it back. */
  shelveAlarms: guard,
  /** What somebody knows of an alarm helps whoever deals with it. */
  commentAlarms: [...guard, "installer"],
  seeEvidence: watchers,
  seeCameras: [...guard, "installer"],
  /** Remote grant, lockdown, reset of an emergency. */
  operateDoors: guard,
  /** One of the two operators of R13. */
  override: guard,
  seePeople: [...watchers, "enrolmentClerk"],
  seePhotos: [...guard, "enrolmentClerk"],
  /** Cardholders, cards, photos, PINs. */
  changePeople: people,
  /** A loss is reported at night as well. */
  reportLoss: [...guard, "enrolmentClerk"],
  /** Where the journal believes a person to be (A3). */
  resetPerson: guard,
  deletePeople: ["administrator"],
  seeReports: watchers,
  verifyJournal: watchers,
  /** That there are backups, how large and how old; nobody reads them here. */
  seeBackups: [...watchers, "installer"],
  makeBackups: ["administrator"],
  /** Access levels, schedules, holidays, rules of doors: the clerk needs their names. */
  seeRules: roles,
  changeRules: ["administrator"],
  /** Which screen at a door shows which access point. */
  manageDisplays: ["administrator", "installer"],
  /** Which screens watch with nobody signed in, and what they show. */
  manageWatchScreens: guard,
  seeOperators: ["administrator", "auditor"],
  manageOperators: ["administrator"],
  makeTokens: guard,
  seeApprovals: [...watchers, "enrolmentClerk"],
  /** Confirms what another role may do alone no more than its own people. */
  confirm: guard,
  /** How doors were tried before people depended on them. */
  seeCommissioning: [...watchers, "installer"],
  /** Trying doors, and writing the site's file; while it is under way, cards open nothing. */
  commission: ["administrator", "installer"],
  /** The simulated building, where there is one. */
  simulate: ["administrator", "installer"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Right = keyof typeof rolesByRight;

/** In the table's order. */
export const rights = Object.keys(rolesByRight) as readonly Right[]; // keys of a literal: nothing else can be in it

export function hasRight(role: Role, right: Right): boolean {
  const holders: readonly Role[] = rolesByRight[right];
  return holders.includes(role);
}

export const rightsOf = (role: Role): readonly Right[] => rights.filter((right) => hasRight(role, right));

/**
 * What a program never gets, whoever made its token: each of these is a person's own word, and a token of one's own
 * would be a second person at one's own disposal (R13, four-eyes).
 */
const personal: ReadonlySet<Right> = new Set([
  "override",
  "confirm",
  "manageOperators",
  "makeTokens",
  "commission",
  "manageWatchScreens",
]);

export const mayBeLent = (right: Right): boolean => !personal.has(right);

/** Whether somebody of this role may confirm what needs `right`. */
export const mayConfirm = (role: Role, right: Right): boolean =>
  hasRight(role, right) || hasRight(role, "confirm");
