import { Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

const usual = ["notFitted", "later", "electrician", "missing"] as const;

/** Why a test is left out: with gloves on, a usual reason is one press. */
export function LeaveOutForm(props: {
  readonly title: string;
  readonly open: boolean;
  readonly working: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const field = useId();
  return (
    <Modal
      open={props.open}
      title={t("commissioning.skip.title", { title: props.title })}
      okText={t("commissioning.skip.ok")}
      okButtonProps={{ size: "large", disabled: reason.trim() === "", loading: props.working }}
      cancelButtonProps={{ size: "large" }}
      onOk={() => props.onReason(reason.trim())}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <p>{t("commissioning.skip.lead")}</p>
      <fieldset className="commission-usual">
        <legend>{t("commissioning.skip.usual")}</legend>
        {usual.map((name) => (
          <Button key={name} size="large" onClick={() => setReason(t(`commissioning.skip.${name}`))}>
            {t(`commissioning.skip.${name}`)}
          </Button>
        ))}
      </fieldset>
      <label className="commission-field" htmlFor={field}>
        <span>{t("commissioning.skip.reason")}</span>
        <Input
          id={field}
          size="large"
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Modal>
  );
}
