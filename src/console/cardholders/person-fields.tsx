import { Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { useAccessLevels, useGroups } from "./people-queries.ts";
import type { PersonValues } from "./person-values.ts";
import { usePeopleSearch } from "./use-people-search.ts";

/** What is known of a person, as a form's fields. */
export function PersonFields() {
  const { t } = useTranslation();
  const groups = useGroups().data?.groups ?? [];
  const levels = useAccessLevels();
  const kind = Form.useWatch<PersonValues["kind"] | undefined>("kind");
  return (
    <>
      <Form.Item
        name="name"
        label={t("cardholders.field.name")}
        extra={t("cardholders.field.nameHow")}
        rules={[{ required: true, whitespace: true, message: t("cardholders.field.nameMissing") }]}
      >
        <Input autoComplete="off" maxLength={120} />
      </Form.Item>
      <div className="person-pair">
        <Form.Item name="number" label={t("cardholders.field.number")}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="kind" label={t("cardholders.field.kind")} extra={t("cardholders.field.kindHow")}>
          <Radio.Group
            options={(["staff", "visitor"] as const).map((value) => ({
              value,
              label: t(`cardholders.kind.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      {kind === "visitor" ? (
        <Form.Item name="host" label={t("cardholders.field.host")} extra={t("cardholders.field.hostHow")}>
          <HostChoice />
        </Form.Item>
      ) : null}
      <Form.Item
        name="accessLevels"
        label={t("cardholders.field.levels")}
        extra={t("cardholders.field.levelsHow")}
      >
        <Select mode="multiple" options={levels.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="groups" label={t("cardholders.field.groups")} extra={t("cardholders.field.groupsHow")}>
        <Select
          mode="tags"
          tokenSeparators={[",", "，", ";", "；"]}
          options={groups.map(({ name }) => ({ value: name, label: name }))}
        />
      </Form.Item>
      <div className="person-pair">
        <Form.Item name="validFrom" label={t("cardholders.field.validFrom")}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="validUntil" label={t("cardholders.field.validUntil")}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item
        name="operator"
        label={t("cardholders.field.operator")}
        extra={t("cardholders.field.operatorHow")}
      >
        <Input autoComplete="off" autoCapitalize="none" maxLength={64} />
      </Form.Item>
      <Form.Item name="note" label={t("cardholders.field.note")}>
        <Input.TextArea rows={3} maxLength={1_000} />
      </Form.Item>
    </>
  );
}

/** Among many people: what is typed is looked for. `id`, `value` and `onChange` are the form's. */
function HostChoice(props: {
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (host: string | null) => void;
}) {
  const language = useLanguage();
  const nameOf = useNameOf();
  const [typed, setTyped] = useState("");
  const { found = [] } = usePeopleSearch(typed, { kind: "staff", status: "active", limit: 20 });
  const offered = found.map(({ id, name, number }) => ({
    value: id,
    label: number === null ? personName(name, language) : `${personName(name, language)} (${number})`,
  }));
  const chosen = props.value ?? null;
  const known = chosen === null || offered.some(({ value }) => value === chosen);
  return (
    <Select
      {...(props.id === undefined ? {} : { id: props.id })}
      showSearch={{ onSearch: setTyped, filterOption: false }}
      allowClear
      value={chosen}
      options={known ? offered : [{ value: chosen, label: nameOf(chosen) }, ...offered]}
      onChange={(host) => props.onChange?.(host ?? null)}
    />
  );
}
