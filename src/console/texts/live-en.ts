/** The connection to the controller, and what becomes of a page that stays open. */
export const liveTextsEn = {
  healed: "Connected again after {{seconds}} s. Nothing is missing: {{records}} records came meanwhile.",
  healedLeft:
    "Connected again after {{seconds}} s. {{records}} records came meanwhile; the {{left}} oldest of them are on the page Events.",
  dismiss: "Close",
  ended: "You have been signed out",
  endedLead:
    "This page watches no longer: it shows no alarm. Sign in again, and it goes on where it was, without a gap.",
  endedSince: "Since {{time}}",
  other: "Leave the page to somebody else",
  newer: "The controller has been updated. This page is still the former one.",
  newerSoon: "It loads the new one in {{seconds}} s, unless somebody uses it.",
  reload: "Load the new page",
} as const;
