import { Select, Switch, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { DoorRules } from "./documents.ts";
import { FieldGroup, FieldRow } from "./field-row.tsx";
import type { IsWeakened } from "./weakened.ts";

type Rule = NonNullable<DoorRules["multiPerson"]>;
const usual: Rule = { count: 2, groups: [], directions: "entry" };

/** A1: how many together, of which groups, how quickly. */
export function MultiPersonFields(props: {
  readonly rules: DoorRules;
  readonly before: DoorRules;
  readonly where: string;
  readonly weakened: IsWeakened;
  readonly readOnly: boolean;
  readonly onChange: (rule: Rule | null) => void;
}) {
  const { t } = useTranslation();
  const { rules, before, where, weakened, readOnly, onChange } = props;
  const rule = rules.multiPerson ?? null;
  const was = before.multiPerson ?? null;
  const field = (name: "count" | "window" | "directions") => (
    <FieldRow
      name={name}
      value={rule?.[name]}
      before={was?.[name]}
      weakened={rule !== null && weakened(name, where)}
      readOnly={readOnly}
      onChange={(value) => (rule === null ? undefined : onChange({ ...rule, [name]: value }))}
    />
  );
  return (
    <FieldGroup title={t("rulePages.doors.people")}>
      <div className="field-row">
        <div className="field-words">
          <label htmlFor="several">{t("ruleFields.label.multiPerson")}</label>
          <p>{t("ruleFields.about.multiPerson")}</p>
        </div>
        <div className="field-value">
          <span className="field-switch">
            <Switch
              id="several"
              checked={rule !== null}
              disabled={readOnly}
              onChange={(on) => onChange(on ? (was ?? usual) : null)}
            />
            {t(rule === null ? "rulePages.field.off" : "rulePages.field.on")}
          </span>
          {rule === null && weakened("count", where) ? (
            <Tag color="warning">{t("rulePages.field.weakened")}</Tag>
          ) : null}
        </div>
      </div>
      {rule === null ? null : (
        <>
          {field("count")}
          <div className="field-row">
            <div className="field-words">
              <label htmlFor="groups">{t("ruleFields.label.groups")}</label>
              <p>{t("ruleFields.about.groups")}</p>
            </div>
            <div className="field-value">
              <Select
                id="groups"
                mode="tags"
                value={rule.groups}
                disabled={readOnly}
                tokenSeparators={[",", " "]}
                onChange={(groups: string[]) => onChange({ ...rule, groups })}
              />
            </div>
          </div>
          {field("window")}
          {field("directions")}
        </>
      )}
    </FieldGroup>
  );
}
