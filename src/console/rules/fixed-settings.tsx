import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getVersion, listVersions } from "../api/client.ts";
import { ruleFieldTextsEn } from "../texts/rule-fields-en.ts";
import { valueText } from "./changes/differences.ts";
import { FieldGroup } from "./field-row.tsx";

const ofDoor = ["lock", "bolt", "rex", "boltTime", "flapLimit", "contactDebounce", "stuckContactLimit"];
const ofVestibule = ["settleTime", "onFire", "priority"];
const ofSite = [
  ["site", "timeZone"],
  ["heartbeatTime"],
  ["access", "frameMaxAge"],
  ["access", "verifyTimeout"],
  ["access", "minFrames"],
  ["access", "easyPins"],
  ["access", "duress", "pin"],
  ["access", "duress", "gesture"],
  ["face", "fmr"],
  ["operators", "fourEyes"],
] as const;

type Fixed = keyof typeof ruleFieldTextsEn.fixed;
const isFixed = (name: string): name is Fixed => Object.hasOwn(ruleFieldTextsEn.fixed, name);
type Word = keyof typeof ruleFieldTextsEn.fixedChoice;
const isWord = (value: string): value is Word => Object.hasOwn(ruleFieldTextsEn.fixedChoice, value);
const inSeconds = new Set([
  "boltTime",
  "contactDebounce",
  "settleTime",
  "heartbeatTime",
  "frameMaxAge",
  "verifyTimeout",
]);

/** What only the site's file says: shown as it was read at the start, with its place there. */
export function FixedSettings(props: {
  readonly of: { readonly vestibule: string; readonly door: "outer" | "inner" } | "site";
}) {
  const { t } = useTranslation();
  const file = useQuery({
    queryKey: ["rules", "site-file"],
    queryFn: async ({ signal }) => {
      const { versions } = await listVersions({ kind: "site-file", limit: 1 }, { signal });
      const [newest] = versions;
      return newest === undefined
        ? null
        : ((await getVersion({ id: newest.id }, { signal })).after as unknown);
    },
  });
  const settings = file.data === undefined || file.data === null ? [] : settingsOf(file.data, props.of);
  return (
    <FieldGroup title={t("rulePages.doors.fixed")}>
      <p className="rules-soft">{t("rulePages.doors.fixedLead")}</p>
      {file.data === null || file.isError ? <p>{t("rulePages.doors.fixedNone")}</p> : null}
      <dl className="fixed">
        {settings.map(({ name, path, value }) => (
          <div key={path}>
            <dt>{isFixed(name) ? t(`ruleFields.fixed.${name}`) : name}</dt>
            <dd>
              {typeof value === "string" && isWord(value)
                ? t(`ruleFields.fixedChoice.${value}`)
                : valueText(value, undefined, t)}
              {inSeconds.has(name) ? ` ${t("rulePages.field.unit.s")}` : ""}
            </dd>
            <dd>
              <code>{path}</code>
            </dd>
          </div>
        ))}
      </dl>
    </FieldGroup>
  );
}

interface FixedSetting {
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}

function settingsOf(file: unknown, of: Parameters<typeof FixedSettings>[0]["of"]): readonly FixedSetting[] {
  if (of === "site") {
    return ofSite.map((path) => ({
      name: path.at(-1) ?? "",
      path: path.join("."),
      value: path.reduce<unknown>(inside, file),
    }));
  }
  const vestibules = inside(file, "vestibules");
  const list: readonly unknown[] = Array.isArray(vestibules) ? vestibules : [];
  const index = list.findIndex((one) => inside(one, "id") === of.vestibule);
  const vestibule = list[index];
  const at = `vestibules[${index}]`;
  const door = inside(inside(vestibule, "doors"), of.door);
  return [
    ...ofDoor.map((name) => ({ name, path: `${at}.doors.${of.door}.${name}`, value: inside(door, name) })),
    ...ofVestibule.map((name) => ({ name, path: `${at}.${name}`, value: inside(vestibule, name) })),
  ];
}

const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
