import { useTranslation } from "react-i18next";
import type { DoorName, VestibuleId } from "../../../domain/names.ts";
import { type CommissioningTest, doorOfLine, type Line, meaningOf } from "../model.ts";
import { type Act, PairPlan } from "./pair-plan.tsx";
import type { Part } from "./parts.ts";
import type { DrawnDoor } from "./plan-door.tsx";

/** Where to go for a test, and what the doors read meanwhile. */
export function TestDrawing(props: {
  readonly test: Pick<CommissioningTest, "kind" | "door" | "accessPoint" | "line" | "vestibule">;
  readonly lines: readonly Line[];
}) {
  const { t } = useTranslation();
  const { focus, act } = pointedAt(props.test);
  const vestibule = props.test.vestibule ?? vestibuleOf(props.lines);
  const doors = drawnDoors(props.lines, vestibule);
  const words = useWords();
  const sentence = (name: DoorName): string =>
    t("commissioning.plan.door", { door: t(`door.${name}`), ...words.ofDoor(doors[name]) });
  const marked = focus.map((part) => words.ofPart(part)).join(", ");
  const label = t("commissioning.plan.label", {
    outer: sentence("outer"),
    inner: sentence("inner"),
    focus: marked === "" ? "" : t("commissioning.plan.focus", { what: marked }),
  });
  return <PairPlan doors={doors} focus={focus} act={act} label={label} />;
}

interface Pointed {
  readonly focus: readonly Part[];
  readonly act?: Act;
}

function pointedAt(test: Pick<CommissioningTest, "kind" | "door" | "accessPoint" | "line">): Pointed {
  const { kind, door, accessPoint, line } = test;
  switch (kind) {
    case "line":
      return ofLine(line ?? "");
    case "trial":
      return door === null ? { focus: [] } : { focus: [`${door}.door`], act: "open" };
    case "relay":
      return door === null ? { focus: ["buzzer"] } : { focus: [`${door}.lock`], act: "look" };
    case "reader":
    case "keypad":
      return accessPoint === null ? { focus: [] } : { focus: [`reader.${accessPoint}`], act: "present" };
    case "person":
      return accessPoint === null ? { focus: [] } : { focus: [`camera.${accessPoint}`], act: "stand" };
    case "camera":
      return accessPoint === null ? { focus: [] } : { focus: [`camera.${accessPoint}`], act: "look" };
    case "demonstration":
      return { focus: ["outer.door", "inner.door"] };
    case "board":
    case "clock":
    case "broker":
      return { focus: ["cabinet"] };
  }
}

function ofLine(line: string): Pointed {
  const door = doorOfLine(line);
  const meaning = meaningOf(line);
  if (door !== null) {
    if (meaning === "contact") return { focus: [`${door}.door`], act: "open" };
    if (meaning === "bolt") return { focus: [`${door}.bolt`], act: "look" };
    if (meaning === "rex") return { focus: [`${door}.rex`], act: "press" };
    return { focus: [`${door}.lock`], act: "look" };
  }
  if (meaning === "fire" || meaning === "tamper" || meaning === "lockdown") return { focus: [meaning] };
  return { focus: ["power"] };
}

const vestibuleOf = (lines: readonly Line[]): VestibuleId | null =>
  /^([a-z][a-z0-9-]*)\.(?:outer|inner)\./.exec(lines.find(({ name }) => doorOfLine(name))?.name ?? "")?.[1] ??
  null;

function drawnDoors(
  lines: readonly Line[],
  vestibule: VestibuleId | null,
): Readonly<Record<DoorName, DrawnDoor>> {
  const level = (door: DoorName, meaning: string): Line["raw"] | undefined =>
    lines.find(({ name }) => name === `${vestibule}.${door}.${meaning}` || name === `${door}.${meaning}`)
      ?.raw;
  const of = (door: DoorName): DrawnDoor => {
    const contact = level(door, "contact");
    const bolt = level(door, "bolt");
    const lock = level(door, "lock");
    return {
      open: contact === undefined || contact === "unread" ? undefined : contact !== "closed",
      released: lock === undefined || lock === "unread" ? undefined : lock === "released",
      bolt: bolt === "thrown" || bolt === "retracted" ? bolt : undefined,
    };
  };
  return { outer: of("outer"), inner: of("inner") };
}

function useWords() {
  const { t } = useTranslation();
  const unknown = t("commissioning.plan.unknown");
  return {
    ofDoor: ({ open, released }: DrawnDoor) => ({
      contact: open === undefined ? unknown : t(`commissioning.level.${open ? "open" : "closed"}`),
      lock: released === undefined ? unknown : t(`commissioning.level.${released ? "released" : "secured"}`),
    }),
    ofPart: (part: Part): string => {
      const [first = "", second = ""] = part.split(".");
      if (first === "outer" || first === "inner")
        return t(`commissioning.part.${second as "door"}`, { door: t(`door.${first}`) }); // a part of a door
      if (first === "reader" || first === "camera")
        return t(`commissioning.part.${first}`, { place: t(`accessPoint.${second as "outer-entry"}`) }); // as named
      return t(`commissioning.part.${part as "cabinet"}`); // the others have no second word
    },
  };
}
