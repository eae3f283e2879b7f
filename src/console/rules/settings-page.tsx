import "./fields.css";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { accessPointNames } from "../../domain/names.ts";
import { useSite } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { useLanguage } from "../texts/use-language.ts";
import type { Settings, VestibuleSettings } from "./documents.ts";
import { FieldGroup, FieldRow } from "./field-row.tsx";
import { FixedSettings } from "./fixed-settings.tsx";
import { RuleFrame } from "./rule-frame.tsx";
import { settingsSource } from "./rule-sources.ts";
import { useRuleDraft } from "./use-rule-draft.ts";
import { type IsWeakened, weakenedIn } from "./weakened.ts";

const everybody = [
  "maxFailures",
  "lockoutTime",
  "sameCardTime",
  "multiPersonWindow",
  "pinTimeout",
  "remoteWindow",
] as const;
const occupancy = ["vestibuleMax", "secureMax", "secureMin"] as const;

/** What holds for everybody, and for each door pair. */
export function SettingsPage() {
  return (
    <Antd>
      <SettingsInForce />
    </Antd>
  );
}

function SettingsInForce() {
  const { t } = useTranslation();
  const language = useLanguage();
  const draft = useRuleDraft(settingsSource);
  const vestibules = useSite().state?.vestibules ?? [];
  const weakened = weakenedIn(draft.preview.answer);
  const now = draft.draft;
  const was = draft.base?.document;
  return (
    <RuleFrame title={t("rulePages.settings.title")} lead={t("rulePages.settings.lead")} draft={draft}>
      {now === undefined || was === undefined ? null : (
        <div className="field-columns">
          <EverybodyFields
            now={now}
            was={was}
            weakened={weakened}
            readOnly={!draft.may}
            onChange={draft.edit}
          />
          {vestibules.map(({ id, name }) => (
            <FieldGroup key={id} title={t("rulePages.settings.vestibule", { name: name[language] })}>
              <VestibuleFields
                id={id}
                now={now.vestibules?.[id] ?? {}}
                was={was.vestibules?.[id] ?? {}}
                weakened={weakened}
                readOnly={!draft.may}
                onChange={(changed) =>
                  draft.edit({ ...now, vestibules: { ...now.vestibules, [id]: changed } })
                }
              />
            </FieldGroup>
          ))}
          <FixedSettings of="site" />
        </div>
      )}
    </RuleFrame>
  );
}

interface Fields<Document> {
  readonly now: Document;
  readonly was: Document;
  readonly weakened: IsWeakened;
  readonly readOnly: boolean;
  readonly onChange: (document: Document) => void;
}

function EverybodyFields({ now, was, weakened, readOnly, onChange }: Fields<Settings>) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t("rulePages.settings.everybody")}>
      {everybody.map((name) => (
        <FieldRow
          key={name}
          name={name}
          value={now.access?.[name]}
          before={was.access?.[name]}
          weakened={weakened(name, "")}
          readOnly={readOnly}
          onChange={(value) => onChange({ ...now, access: { ...now.access, [name]: value } })}
        />
      ))}
      <FieldRow
        name="policy"
        value={now.access?.duress?.policy}
        before={was.access?.duress?.policy}
        weakened={weakened("policy", "")}
        readOnly={readOnly}
        // What a choice offers is what the rule takes.
        onChange={(value) =>
          onChange({ ...now, access: { ...now.access, duress: { policy: value as "grant" } } })
        }
      />
      <FieldRow
        name="liveness"
        value={now.liveness}
        before={was.liveness}
        weakened={weakened("liveness", "")}
        readOnly={readOnly}
        onChange={(value) => onChange({ ...now, liveness: value as "passive" })}
      />
    </FieldGroup>
  );
}

function VestibuleFields(props: Fields<VestibuleSettings> & { readonly id: string }) {
  const { t } = useTranslation();
  const { id, now, was, weakened, readOnly, onChange } = props;
  const usual = { weakened: false, readOnly };
  const plain = (name: "antiPassback" | "dwellTime" | "overrideTime") => (
    <FieldRow
      {...usual}
      name={name}
      value={now[name]}
      before={was[name]}
      weakened={weakened(name, id)}
      onChange={(value) => onChange({ ...now, [name]: value })}
    />
  );
  return (
    <>
      {plain("antiPassback")}
      {occupancy.map((name) => (
        <FieldRow
          {...usual}
          key={name}
          name={name}
          value={now.occupancy?.[name]}
          before={was.occupancy?.[name]}
          weakened={weakened(name, id)}
          onChange={(value) => onChange({ ...now, occupancy: { ...now.occupancy, [name]: value } })}
        />
      ))}
      <CountingCamera now={now} readOnly={readOnly} onChange={onChange} />
      {plain("dwellTime")}
      {plain("overrideTime")}
      {accessPointNames.map((point) =>
        now.liveness === undefined || !Object.hasOwn(now.liveness, point) ? null : (
          <FieldRow
            {...usual}
            key={point}
            name="liveness"
            label={t("rulePages.pair", {
              what: t("ruleFields.label.liveness"),
              value: t(`accessPoint.${point}`),
            })}
            none={t("rulePages.settings.asSite")}
            value={now.liveness[point]}
            before={was.liveness?.[point]}
            weakened={weakened("liveness", `${id}/${point}`)}
            onChange={(value) =>
              onChange({ ...now, liveness: { ...now.liveness, [point]: value as "passive" | null } })
            }
          />
        ),
      )}
    </>
  );
}

function CountingCamera(props: Pick<Fields<VestibuleSettings>, "now" | "readOnly" | "onChange">) {
  const { t } = useTranslation();
  const cameras = useSite().state?.cameras ?? [];
  const { now, onChange } = props;
  return (
    <div className="field-row">
      <div className="field-words">
        <span className="field-label">{t("ruleFields.label.countFaces")}</span>
        <p>{t("ruleFields.about.countFaces")}</p>
      </div>
      <div className="field-value">
        <Select
          aria-label={t("ruleFields.label.countFaces")}
          disabled={props.readOnly}
          value={now.countFaces ?? ""}
          onChange={(camera) => onChange({ ...now, countFaces: camera === "" ? null : camera })}
          options={[
            { value: "", label: t("rulePages.none") },
            ...cameras.map(({ id }) => ({ value: id, label: id })),
          ]}
        />
      </div>
    </div>
  );
}
