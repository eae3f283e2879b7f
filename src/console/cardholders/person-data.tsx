import { Button, Descriptions, Flex, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeCardholder } from "../api/client.ts";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import type { Person } from "./people-queries.ts";
import { PersonFields } from "./person-fields.tsx";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";
import { changesOf, type PersonValues, valuesOf } from "./person-values.ts";

export function PersonData({ person, run, mayChange }: PersonPartProps) {
  const { t } = useTranslation();
  return (
    <PersonPart heading={t("cardholders.person.data")}>
      {mayChange ? (
        // Another form once the person is another on the server: what stands there is what was read.
        <DataForm key={JSON.stringify(valuesOf(person))} person={person} run={run} />
      ) : (
        <Shown of={person} />
      )}
      {mayChange ? <StatusChanges person={person} run={run} /> : null}
    </PersonPart>
  );
}

function DataForm({ person, run }: Pick<PersonPartProps, "person" | "run">) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PersonValues>();
  const [changed, setChanged] = useState(false);
  const before = valuesOf(person);
  return (
    <Form
      form={form}
      name="person"
      layout="vertical"
      requiredMark={false}
      initialValues={before}
      onValuesChange={() => setChanged(true)}
      onFinish={(values: PersonValues) => {
        const changes = changesOf(before, { ...before, ...values });
        void run(
          () => changeCardholder({ id: person.id }, changes),
          () => t("cardholders.field.saved"),
        );
      }}
    >
      <PersonFields />
      <Flex gap="small">
        <Button type="primary" htmlType="submit" disabled={!changed}>
          {t("cardholders.field.save")}
        </Button>
        {changed ? (
          <Button
            onClick={() => {
              form.resetFields();
              setChanged(false);
            }}
          >
            {t("cardholders.field.undo")}
          </Button>
        ) : null}
      </Flex>
    </Form>
  );
}

function StatusChanges({ person, run }: Pick<PersonPartProps, "person" | "run">) {
  const { t } = useTranslation();
  const others = (["active", "suspended", "left"] as const).filter((status) => status !== person.status);
  return (
    <Flex gap="small" wrap className="status-changes">
      {others.map((status) => (
        <Button
          key={status}
          danger={status !== "active"}
          onClick={() =>
            void run(
              () => changeCardholder({ id: person.id }, { status }),
              () => t(`cardholders.person.statusSaid.${status}`),
            )
          }
        >
          {t(`cardholders.person.setStatus.${status}`)}
        </Button>
      ))}
    </Flex>
  );
}

function Shown({ of: person }: { readonly of: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useNameOf();
  const none = t("cardholders.none");
  const time = (iso: string | null): string => (iso === null ? none : momentText(iso, language));
  const facts: readonly (readonly [string, string])[] = [
    [t("cardholders.field.number"), person.number ?? none],
    [t("cardholders.field.kind"), t(`cardholders.kind.${person.kind}`)],
    ...(person.host === null ? [] : ([[t("cardholders.field.host"), nameOf(person.host)]] as const)),
    [t("cardholders.field.levels"), person.accessLevels.join(", ") || none],
    [t("cardholders.field.groups"), person.groups.join(", ") || none],
    [t("cardholders.field.validFrom"), time(person.validFrom)],
    [t("cardholders.field.validUntil"), time(person.validUntil)],
    [t("cardholders.field.note"), person.note ?? none],
  ];
  return (
    <Descriptions
      column={1}
      size="small"
      items={facts.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
