import { Input, InputNumber, Radio, Select } from "antd";
import { useId } from "react";

/** Controls for gloves: a word above, all of it large. */
export function TextField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly secret?: boolean;
  readonly placeholder?: string;
}) {
  const id = useId();
  const Field = props.secret === true ? Input.Password : Input;
  return (
    <div className="commission-field">
      <label htmlFor={id}>{props.label}</label>
      <Field
        id={id}
        size="large"
        value={props.value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        {...(props.hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.hint === undefined ? null : <small id={`${id}-hint`}>{props.hint}</small>}
    </div>
  );
}

export function NumberField(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: number | undefined;
  readonly placeholder: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | undefined) => void;
}) {
  const id = useId();
  return (
    <div className="commission-field" data-narrow="true">
      <label htmlFor={id}>{`${props.label} (${props.unit})`}</label>
      <InputNumber
        id={id}
        size="large"
        min={props.min}
        max={props.max}
        value={props.value ?? null}
        placeholder={String(props.placeholder)}
        onChange={(value) => props.onChange(value ?? undefined)}
      />
    </div>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** Few of them: each with its explanation, all to be seen at once. */
export function ChoiceField<Value extends string>(props: {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <fieldset
      className="commission-choice"
      data-explained={props.choices.some(({ hint }) => hint !== undefined)}
    >
      <legend>{props.label}</legend>
      <Radio.Group value={props.value} onChange={(event) => props.onChange(event.target.value as Value)}>
        {props.choices.map(({ value, label, hint }) => (
          <Radio key={value} value={value}>
            <span>{label}</span>
            {hint === undefined ? null : <small>{hint}</small>}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

/** Many of them. */
export function SelectField<Value extends string>(props: {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly search?: boolean;
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="commission-field">
      <label htmlFor={id}>{props.label}</label>
      <Select<Value>
        id={id}
        size="large"
        value={props.value ?? null}
        showSearch={props.search === true}
        options={props.choices.map(({ value, label }) => ({ value, label }))}
        onChange={props.onChange}
      />
    </div>
  );
}
