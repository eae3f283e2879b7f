import "./fields.css";
import { useQuery } from "@tanstack/react-query";
import { Alert, Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { doorNames } from "../../domain/names.ts";
import { getDoorRules } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { useLanguage } from "../texts/use-language.ts";
import type { DoorRules } from "./documents.ts";
import { FieldGroup, FieldRow } from "./field-row.tsx";
import { FixedSettings } from "./fixed-settings.tsx";
import { MultiPersonFields } from "./multi-person.tsx";
import { RuleFrame } from "./rule-frame.tsx";
import { doorSource } from "./rule-sources.ts";
import { useRuleDraft } from "./use-rule-draft.ts";
import { weakenedIn } from "./weakened.ts";

const times = ["releaseTime", "relockOnOpen", "relockDelay", "heldOpenTime", "heldOpenWarning"] as const;

/** What each door asks of people, and its times. */
export function DoorRulesPage() {
  return (
    <Antd>
      <ChosenDoor />
    </Antd>
  );
}

function ChosenDoor() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const vestibules = useSite().state?.vestibules ?? [];
  const doors = vestibules.flatMap(({ id, name }) =>
    doorNames.map((door) => ({ value: `${id}/${door}`, label: `${name[language]} · ${t(`door.${door}`)}` })),
  );
  const chosen = doors.find(({ value }) => value === search.get("door")) ?? doors[0];
  const [vestibule = "", door] = chosen?.value.split("/") ?? [];
  if (chosen === undefined || (door !== "outer" && door !== "inner")) return null;
  return (
    <Door
      key={chosen.value}
      vestibule={vestibule}
      door={door}
      title={chosen.label}
      choice={
        <Select
          aria-label={t("rulePages.doors.which")}
          className="door-choice"
          value={chosen.value}
          onChange={(value) => setSearch({ door: value }, { replace: true })}
          options={doors}
        />
      }
    />
  );
}

function Door(props: {
  readonly vestibule: string;
  readonly door: "outer" | "inner";
  readonly title: string;
  readonly choice: React.ReactNode;
}) {
  const { t } = useTranslation();
  const { vestibule, door } = props;
  const source = useMemo(() => doorSource(vestibule, door), [vestibule, door]);
  const draft = useRuleDraft(source);
  const awaited = useQuery({
    queryKey: ["rules", "awaited", source.kind],
    queryFn: async ({ signal }) => (await getDoorRules({ vestibule, door }, { signal })).awaited,
    refetchInterval: 5_000,
  });
  const rules = draft.draft;
  const before = draft.base?.document;
  const where = `${vestibule}/${door}`;
  const weakened = weakenedIn(draft.preview.answer);
  const field = (name: (typeof times)[number] | "remoteGrant", now: DoorRules, was: DoorRules) => (
    <FieldRow
      key={name}
      name={name}
      value={now[name]}
      before={was[name]}
      weakened={weakened(name, where)}
      readOnly={!draft.may}
      onChange={(value) => draft.edit({ ...now, [name]: value })}
    />
  );
  return (
    <RuleFrame title={t("rulePages.doors.title")} lead={t("rulePages.doors.lead")} draft={draft}>
      {props.choice}
      {awaited.data === true ? <Alert type="info" showIcon title={t("rulePages.doors.awaited")} /> : null}
      {rules === undefined || before === undefined ? null : (
        <div className="field-columns">
          <MultiPersonFields
            rules={rules}
            before={before}
            where={where}
            weakened={weakened}
            readOnly={!draft.may}
            onChange={(multiPerson) => draft.edit({ ...rules, multiPerson })}
          />
          <FieldGroup title={t("rulePages.doors.remote")}>{field("remoteGrant", rules, before)}</FieldGroup>
          <FieldGroup title={t("rulePages.doors.times")}>
            {times.map((name) => field(name, rules, before))}
          </FieldGroup>
          <FixedSettings of={{ vestibule, door }} />
        </div>
      )}
    </RuleFrame>
  );
}
