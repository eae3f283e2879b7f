import { App, Button, Flex, Input, type InputRef, Tag } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ListDisplaysData, renameDisplay, unpairDisplay } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { PairedTable } from "./paired-table.tsx";
import { useDisplayFailure } from "./use-display-failure.ts";

type Display = ListDisplaysData["displays"][number];

/** Which there are, whether they are being told what to show, and taking them back. */
export function DisplayTable(props: {
  readonly displays: readonly Display[];
  readonly loading: boolean;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const failureText = useDisplayFailure();
  const vestibules = useSite().state?.vestibules ?? [];
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      void message.error(failureText(error));
    }
    props.onChanged();
  };
  const placeOf = ({ vestibule, accessPoint }: Display): string =>
    t("doorDisplays.namePreset", {
      vestibule: vestibules.find(({ id }) => id === vestibule)?.name[language] ?? vestibule,
      accessPoint: t(`accessPoint.${accessPoint}`),
    });
  return (
    <PairedTable
      title={t("doorDisplays.title")}
      screens={props.displays}
      loading={props.loading}
      none={t("doorDisplays.none")}
      columns={[
        {
          title: t("doorDisplays.name"),
          rowScope: "row",
          render: (_, { id, name }) => (
            <Name
              key={name}
              name={name}
              onRename={(called) => change(() => renameDisplay({ id }, { name: called }))}
            />
          ),
        },
        { title: t("doorDisplays.place"), render: (_, display) => placeOf(display) },
        { title: t("doorDisplays.status"), render: (_, display) => <State of={display} /> },
      ]}
      unpairAsk={({ name }) => t("doorDisplays.unpairAsk", { name })}
      onUnpair={({ id }) => void change(() => unpairDisplay({ id }))}
    />
  );
}

function State({ of: { fitted, online } }: { readonly of: Display }) {
  const { t } = useTranslation();
  if (!fitted) return <Tag color="error">{t("doorDisplays.notFitted")}</Tag>;
  return online ? (
    <Tag color="success">{t("doorDisplays.online")}</Tag>
  ) : (
    <Tag color="warning">{t("doorDisplays.offline")}</Tag>
  );
}

function Name({
  name,
  onRename,
}: {
  readonly name: string;
  readonly onRename: (called: string) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<InputRef>(null);
  const isOpen = draft !== null;
  // Whoever has pressed Rename types next.
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  if (draft === null) {
    return (
      <Flex align="center" gap="small" wrap>
        <span>{name}</span>
        <Button size="small" onClick={() => setDraft(name)}>
          {t("doorDisplays.rename")}
        </Button>
      </Flex>
    );
  }
  const save = (): void => {
    const called = draft.trim();
    setDraft(null);
    if (called !== "" && called !== name) void onRename(called);
  };
  return (
    <Flex align="center" gap="small">
      <Input
        ref={field}
        aria-label={t("doorDisplays.name")}
        value={draft}
        maxLength={60}
        onChange={(event) => setDraft(event.target.value)}
        onPressEnter={save}
      />
      <Button type="primary" onClick={save}>
        {t("doorDisplays.save")}
      </Button>
      <Button onClick={() => setDraft(null)}>{t("doorDisplays.cancel")}</Button>
    </Flex>
  );
}
