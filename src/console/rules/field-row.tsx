import { InputNumber, Select, Switch, Tag } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { valueText } from "./changes/differences.ts";
import { type FieldName, type FieldSpec, specOf } from "./field-specs.ts";
import { choiceText, isChoice } from "./rule-words.ts";

export interface FieldProps {
  readonly name: FieldName;
  readonly value: unknown;
  readonly before: unknown;
  /** Whether the change as it stands weakens this very rule here. */
  readonly weakened: boolean;
  readonly readOnly: boolean;
  readonly onChange: (value: number | boolean | string | null) => void;
  /** A choice of none, and what that means: of an access point the site's. */
  readonly none?: string;
  /** In place of the rule's own name. */
  readonly label?: string;
}

/** One rule: what it is called, what it means, within which bounds, and whether this change makes it weaker. */
export function FieldRow(props: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const { name, value, before, weakened } = props;
  const spec = specOf(name);
  const changed = JSON.stringify(value) !== JSON.stringify(before);
  const facts = [
    ...(spec.kind === "number"
      ? [t("rulePages.field.range", { min: spec.min, max: valueText(spec.max, spec, t) })]
      : []),
    ...(spec.preset === undefined
      ? []
      : [t("rulePages.field.preset", { value: valueText(spec.preset, spec, t) })]),
    ...(spec.kind === "number" && spec.unlimited ? [t("rulePages.field.noLimit")] : []),
    ...(spec.weaker === undefined ? [] : [t(`rulePages.field.weaker.${spec.weaker}`)]),
  ];
  return (
    <div className="field-row" data-changed={changed}>
      <div className="field-words">
        <label htmlFor={id}>{props.label ?? t(`ruleFields.label.${name}`)}</label>
        <p>{t(`ruleFields.about.${name}`)}</p>
        <small id={`${id}-facts`}>{facts.join(" · ")}</small>
      </div>
      <div className="field-value">
        <Control {...props} id={id} spec={spec} />
        {weakened ? <Tag color="warning">{t("rulePages.field.weakened")}</Tag> : null}
        {changed && !weakened ? <Tag color="processing">{t("rulePages.field.changed")}</Tag> : null}
      </div>
    </div>
  );
}

function Control({
  id,
  spec,
  value,
  readOnly,
  onChange,
  none,
}: FieldProps & { readonly id: string; readonly spec: FieldSpec }) {
  const { t } = useTranslation();
  // Whoever may only look reads it, and need not make out what a locked field says.
  if (readOnly)
    return (
      <output id={id}>
        {none !== undefined && (value ?? null) === null ? none : valueText(value, spec, t)}
      </output>
    );
  const described = { id, "aria-describedby": `${id}-facts` };
  if (spec.kind === "switch") {
    return (
      <span className="field-switch">
        <Switch {...described} checked={value === true} onChange={onChange} />
        {t(value === true ? "rulePages.field.on" : "rulePages.field.off")}
      </span>
    );
  }
  if (spec.kind === "choice") {
    const text = (one: string): string => (isChoice(one) ? choiceText(one, t) : one);
    return (
      <Select
        {...described}
        value={typeof value === "string" ? value : ""}
        onChange={(chosen: string) => onChange(chosen === "" ? null : chosen)}
        options={[
          ...(none === undefined ? [] : [{ value: "", label: none }]),
          ...spec.choices.map((one) => ({ value: one, label: text(one) })),
        ]}
      />
    );
  }
  return (
    <InputNumber
      {...described}
      min={spec.min}
      max={spec.max}
      step={spec.unit === "s" && spec.max <= 10 ? 0.1 : 1}
      value={typeof value === "number" ? value : null}
      onChange={(typed) => (typeof typed === "number" ? onChange(typed) : undefined)}
      suffix={t(`rulePages.field.unit.${spec.unit}`)}
    />
  );
}

export function FieldGroup(props: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="rules-panel" aria-labelledby={id}>
      <h3 id={id}>{props.title}</h3>
      {props.children}
    </section>
  );
}
