import { App, Button, Form, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeWatchScreen, type ListWatchScreensData, unpairWatchScreen } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { PairedTable } from "./paired-table.tsx";
import { useDisplayFailure } from "./use-display-failure.ts";
import { choiceOf, WatchChoice, type WatchValues } from "./watch-choice.tsx";

type Screen = ListWatchScreensData["screens"][number];

/** Which there are, what each shows and whether it watches, and taking it back. */
export function WatchScreenTable(props: {
  readonly screens: readonly Screen[];
  readonly loading: boolean;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const failureText = useDisplayFailure();
  const [changed, setChanged] = useState<Screen | null>(null);
  const nameOfPair = useNameOfPair();
  const unpair = async (id: string): Promise<void> => {
    await unpairWatchScreen({ id }).catch((error: unknown) => void message.error(failureText(error)));
    props.onChanged();
  };
  const shown = (is: boolean) => t(is ? "watchScreens.yes" : "watchScreens.no");
  return (
    <>
      <PairedTable
        title={t("watchScreens.title")}
        screens={props.screens}
        loading={props.loading}
        none={t("watchScreens.none")}
        columns={[
          { title: t("watchScreens.name"), rowScope: "row", dataIndex: "name" },
          {
            title: t("watchScreens.shows"),
            render: (_, { vestibules }) =>
              vestibules === null ? t("watchScreens.allPairs") : vestibules.map(nameOfPair).join(", "),
          },
          { title: t("watchScreens.pictures"), render: (_, { pictures }) => shown(pictures) },
          {
            title: t("watchScreens.duress"),
            render: (_, { duress }) => (duress ? <Tag color="warning">{shown(true)}</Tag> : shown(false)),
          },
          {
            title: t("doorDisplays.status"),
            render: (_, { online }) => (
              <Tag color={online ? "success" : "warning"}>
                {t(online ? "doorDisplays.online" : "doorDisplays.offline")}
              </Tag>
            ),
          },
        ]}
        action={(screen) => <Button onClick={() => setChanged(screen)}>{t("watchScreens.change")}</Button>}
        unpairAsk={({ name }) => t("watchScreens.unpairAsk", { name })}
        onUnpair={({ id }) => void unpair(id)}
      />
      {changed === null ? null : (
        <ChangeDialog
          key={changed.id}
          screen={changed}
          onClose={() => {
            setChanged(null);
            props.onChanged();
          }}
        />
      )}
    </>
  );
}

function useNameOfPair(): (id: string) => string {
  const language = useLanguage();
  const vestibules = useSite().state?.vestibules ?? [];
  return (id) => vestibules.find((one) => one.id === id)?.name[language] ?? id;
}

function ChangeDialog({ screen, onClose }: { readonly screen: Screen; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<WatchValues>();
  const failureText = useDisplayFailure();
  const [working, setWorking] = useState(false);
  const submit = async (wanted: WatchValues): Promise<void> => {
    setWorking(true);
    try {
      const body = { ...choiceOf(wanted), duress: wanted.duress === true };
      const answer = await changeWatchScreen({ id: screen.id }, body);
      const isWaiting = "approval" in answer;
      void message.success(
        t(isWaiting ? "watchScreens.waiting" : "watchScreens.changed", { name: body.name }),
      );
      onClose();
    } catch (error) {
      void message.error(failureText(error));
      setWorking(false);
    }
  };
  return (
    <Modal
      open
      title={t("watchScreens.changeOf", { name: screen.name })}
      okText={t("doorDisplays.save")}
      cancelText={t("doorDisplays.cancel")}
      confirmLoading={working}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="changed-watch"
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...screen, vestibules: screen.vestibules ?? [] }}
        onFinish={(wanted: WatchValues) => void submit(wanted)}
      >
        <WatchChoice />
      </Form>
    </Modal>
  );
}
