import { type Right, rights, roles, rolesByRight } from "./rights.ts";

/** What each right is for, for docs/rights.md. */
const words: Readonly<Record<Right, string>> = {
  seeState: "the doors, processes and cameras as they are; no person",
  seeEvents: "the record; people by their pseudonym",
  seeAlarms: "the open alarms",
  seeDuress: "alarms and records of duress, and those never at the box itself",
  acknowledgeAlarms: "acknowledge alarms",
  shelveAlarms: "put alarms aside for a while, where they may be, and take them back",
  commentAlarms: "write down what one knows of an open alarm",
  seeEvidence: "pictures kept of refusals and alarms; each look is on record",
  seeCameras: "what the cameras see now",
  operateDoors: "let somebody in from afar, lock down, reset an emergency",
  override: "be one of the two of an emergency override",
  seePeople: "cardholders, their cards and levels",
  seePhotos: "enrolled photos",
  changePeople: "cardholders, cards, photos, PINs",
  reportLoss: "report a card lost",
  resetPerson: "say where a person is (anti-passback)",
  deletePeople: "remove a cardholder with photos and templates",
  seeReports: "reports and their export",
  verifyJournal: "have the journal's chain checked",
  seeBackups: "when backups were made and are due, and their files' names",
  makeBackups: "make a backup now, to where the site's file says",
  seeRules: "access levels, schedules, holidays, the doors' rules",
  changeRules: "change them, and return to earlier ones",
  manageDisplays: "say which screen at a door shows which access point, and take it back",
  manageWatchScreens: "say which screens watch with nobody signed in, and what they show",
  seeOperators: "the operators' accounts",
  manageOperators: "add, change and remove accounts, end anybody's session",
  makeTokens: "make and revoke tokens for programs",
  seeApprovals: "what waits for a second operator",
  confirm: "confirm or reject what another role has proposed",
  seeCommissioning: "how the doors were tried before people depended on them, and the signed report",
  commission: "try the doors, write the site's file; cards open nothing meanwhile",
  simulate: "move the simulated building",
};

/** The table as docs/rights.md has it. */
export function rightsTable(): string {
  const head = `| right | is for | ${roles.join(" | ")} |`;
  const rule = `| --- | --- |${roles.map(() => " :-: |").join("")}`;
  const rows = rights.map((right) => {
    const holders: readonly string[] = rolesByRight[right];
    const marks = roles.map((role) => (holders.includes(role) ? "●" : " "));
    return `| \`${right}\` | ${words[right]} | ${marks.join(" | ")} |`;
  });
  return [head, rule, ...rows].join("\n");
}
