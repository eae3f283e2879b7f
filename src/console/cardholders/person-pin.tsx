import { Button, Flex, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removePin, setPin } from "../api/client.ts";
import { Confirm } from "./confirm.tsx";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";

interface Pins {
  readonly pin: string;
  readonly duressPin?: string;
}

/** Set and removed; shown never, since only a hash is kept. */
export function PersonPin({ person, name, run, mayChange }: PersonPartProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"set" | "remove" | null>(null);
  const [form] = Form.useForm<Pins>();
  const close = (): void => setOpen(null);
  const save = async ({ pin, duressPin }: Pins): Promise<void> => {
    const pins = { pin, ...(duressPin ? { duressPin } : {}) };
    const set = await run(
      async () => {
        await setPin({ id: person.id }, pins);
        return true;
      },
      () => t("cardholders.pin.said"),
    );
    if (set === true) close();
  };
  const rule = { pattern: /^\d{4,8}$/, message: t("cardholders.pin.rule") };
  return (
    <PersonPart heading={t("cardholders.pin.heading")}>
      <p>{t(person.hasPin ? "cardholders.pin.isSet" : "cardholders.pin.isNot")}</p>
      {mayChange ? (
        <Flex gap="small" wrap>
          <Button onClick={() => setOpen("set")}>
            {t(person.hasPin ? "cardholders.pin.change" : "cardholders.pin.set")}
          </Button>
          {person.hasPin ? (
            <Button danger onClick={() => setOpen("remove")}>
              {t("cardholders.pin.remove")}
            </Button>
          ) : null}
        </Flex>
      ) : null}
      {open === "set" ? (
        <Modal
          open
          title={t("cardholders.pin.set")}
          okText={t("cardholders.pin.set")}
          onOk={form.submit}
          onCancel={close}
        >
          <Form
            name="person-pin"
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={(pins: Pins) => void save(pins)}
          >
            <Form.Item
              name="pin"
              label={t("cardholders.pin.pin")}
              extra={t("cardholders.pin.pinHow")}
              rules={[{ required: true, message: t("cardholders.pin.rule") }, rule]}
            >
              <Input.Password autoComplete="off" inputMode="numeric" maxLength={8} visibilityToggle={false} />
            </Form.Item>
            <Form.Item
              name="duressPin"
              label={t("cardholders.pin.duress")}
              extra={t("cardholders.pin.duressHow")}
              rules={[rule]}
            >
              <Input.Password autoComplete="off" inputMode="numeric" maxLength={8} visibilityToggle={false} />
            </Form.Item>
          </Form>
        </Modal>
      ) : null}
      {open === "remove" ? (
        <Confirm
          title={t("cardholders.pin.removeAsk", { name })}
          okText={t("cardholders.pin.remove")}
          onClose={close}
          onConfirm={() =>
            run(
              () => removePin({ id: person.id }),
              () => t("cardholders.pin.removed"),
            )
          }
        />
      ) : null}
    </PersonPart>
  );
}
