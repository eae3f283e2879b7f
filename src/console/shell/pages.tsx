import type { Right } from "../../domain/operator/rights.ts";
import { CentrePage } from "../centre/centre-page.tsx";
import { searchEarly } from "../events/early-search.ts";
import { EventsPage } from "../events/events-page.tsx";
import { MimicPage } from "../mimic/mimic-page.tsx";
import type { shellTextsEn } from "../texts/shell-en.ts";
import type { IconName } from "../theme/icons.tsx";
import { type FetchedPage, lazy, present } from "./fetched-page.tsx";

/** As the navigation shows them together. */
export const groups = ["watch", "people", "rules", "records", "box"] as const;

export interface ConsolePage {
  /** May have parameters (`/people/:id`); those are opened from others and stand in no navigation. */
  readonly path: string;
  /** Its name in the navigation and the window's title. */
  readonly text: keyof (typeof shellTextsEn)["page"];
  readonly icon: IconName;
  /** Whoever lacks it, or all of several, is neither shown the page nor led to it. */
  readonly right: Right | readonly Right[];
  readonly group: (typeof groups)[number];
  /** Only where there is a simulated building. */
  readonly simulatedOnly?: true;
  readonly page: FetchedPage;
}

/** Every page, in the navigation's order. */
export const pages: readonly ConsolePage[] = [
  {
    path: "/demo",
    text: "demo",
    icon: "play",
    right: "simulate",
    group: "watch",
    simulatedOnly: true,
    page: lazy(async () => ({ default: (await import("../demo/demo-page.tsx")).DemoPage })),
  },
  {
    path: "/",
    text: "centre",
    icon: "alarm",
    right: "seeAlarms",
    group: "watch",
    page: present(CentrePage),
  },
  {
    path: "/doors",
    text: "doors",
    icon: "door",
    right: "seeState",
    group: "watch",
    page: present(MimicPage),
  },
  {
    path: "/cameras",
    text: "cameras",
    icon: "camera",
    right: "seeState",
    group: "watch",
    page: lazy(async () => ({ default: (await import("../system/cameras-page.tsx")).CamerasPage })),
  },
  {
    path: "/system",
    text: "system",
    icon: "note",
    right: "seeState",
    group: "box",
    page: lazy(async () => ({ default: (await import("../system/system-page.tsx")).SystemPage })),
  },
  {
    path: "/reports",
    text: "reports",
    icon: "chart",
    right: "seeReports",
    group: "records",
    page: lazy(async () => ({ default: (await import("../reports/reports-page.tsx")).ReportsPage })),
  },
  {
    path: "/events",
    text: "events",
    icon: "note",
    right: "seeEvents",
    group: "watch",
    page: present(EventsPage, () => searchEarly(window.location.search)),
  },
  {
    path: "/inside",
    text: "inside",
    icon: "people",
    right: "seePeople",
    group: "watch",
    page: lazy(async () => ({ default: (await import("../inside/inside-page.tsx")).InsidePage })),
  },
  {
    path: "/people/:id",
    text: "person",
    icon: "person",
    right: "seeEvents",
    group: "watch",
    page: lazy(async () => ({ default: (await import("../history/person-page.tsx")).PersonHistoryPage })),
  },
  {
    path: "/cardholders",
    text: "cardholders",
    icon: "people",
    right: "seePeople",
    group: "people",
    page: lazy(async () => ({
      default: (await import("../cardholders/cardholders-page.tsx")).CardholdersPage,
    })),
  },
  {
    path: "/cardholders/:id",
    text: "cardholder",
    icon: "person",
    right: "seePeople",
    group: "people",
    page: lazy(async () => ({ default: (await import("../cardholders/person-page.tsx")).PersonPage })),
  },
  {
    path: "/groups",
    text: "groups",
    icon: "people",
    right: "seePeople",
    group: "people",
    page: lazy(async () => ({ default: (await import("../cardholders/groups-page.tsx")).GroupsPage })),
  },
  {
    path: "/approvals",
    text: "approvals",
    icon: "look",
    right: "seeApprovals",
    group: "records",
    page: lazy(async () => ({ default: (await import("../approvals/approvals-page.tsx")).ApprovalsPage })),
  },
  {
    path: "/operators",
    text: "operators",
    icon: "people",
    right: "seeOperators",
    group: "box",
    page: lazy(async () => ({ default: (await import("../accounts/operators-page.tsx")).OperatorsPage })),
  },
  {
    path: "/tokens",
    text: "tokens",
    icon: "card",
    right: "makeTokens",
    group: "box",
    page: lazy(async () => ({ default: (await import("../accounts/tokens-page.tsx")).TokensPage })),
  },
  {
    path: "/account",
    text: "account",
    icon: "person",
    right: "seeState",
    group: "box",
    page: lazy(async () => ({ default: (await import("../accounts/account-page.tsx")).AccountPage })),
  },
  {
    path: "/commissioning",
    text: "commissioning",
    icon: "tools",
    right: "seeCommissioning",
    group: "box",
    page: lazy(async () => ({
      default: (await import("../commissioning/commissioning-page.tsx")).CommissioningPage,
    })),
  },
  {
    path: "/levels",
    text: "levels",
    icon: "locked",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({ default: (await import("../rules/levels/levels-page.tsx")).LevelsPage })),
  },
  {
    path: "/schedules",
    text: "schedules",
    icon: "wait",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({
      default: (await import("../rules/schedules/schedules-page.tsx")).SchedulesPage,
    })),
  },
  {
    path: "/holidays",
    text: "holidays",
    icon: "note",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({ default: (await import("../rules/holidays/holidays-page.tsx")).HolidaysPage })),
  },
  {
    path: "/door-rules",
    text: "doorRules",
    icon: "door",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({ default: (await import("../rules/door-rules-page.tsx")).DoorRulesPage })),
  },
  {
    path: "/settings",
    text: "settings",
    icon: "keypad",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({ default: (await import("../rules/settings-page.tsx")).SettingsPage })),
  },
  {
    path: "/changes",
    text: "changes",
    icon: "again",
    right: "seeRules",
    group: "rules",
    page: lazy(async () => ({ default: (await import("../rules/changes/changes-page.tsx")).ChangesPage })),
  },
  {
    path: "/displays",
    text: "displays",
    icon: "look",
    right: ["manageDisplays", "manageWatchScreens"],
    group: "box",
    page: lazy(async () => ({ default: (await import("../displays/displays-page.tsx")).DisplaysPage })),
  },
];
