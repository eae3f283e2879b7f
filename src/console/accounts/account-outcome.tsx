import { Alert, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { PutOperatorData } from "../api/client.ts";

/** A one-time password is shown once, here; and what waits for a second operator says so. */
export function AccountOutcome(props: {
  readonly told: PutOperatorData | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { told } = props;
  if (told === null) return null;
  const waits = told.is === "waiting";
  return (
    <Modal
      open
      title={t(waits ? "accounts.outcome.waits" : "accounts.outcome.password", { name: told.username })}
      onCancel={props.onClose}
      onOk={props.onClose}
      okText={t(
        told.oneTimePassword === undefined ? "accounts.outcome.close" : "accounts.outcome.handedOver",
      )}
      cancelButtonProps={{ hidden: true }}
      maskClosable={told.oneTimePassword === undefined}
    >
      {waits ? <Alert type="info" showIcon title={t("accounts.outcome.waitsLead")} /> : null}
      {told.oneTimePassword === undefined ? null : (
        <>
          <p>{t(waits ? "accounts.outcome.firstHalf" : "accounts.outcome.whole")}</p>
          <Typography.Paragraph className="secret" copyable={{ text: told.oneTimePassword }}>
            {told.oneTimePassword}
          </Typography.Paragraph>
        </>
      )}
    </Modal>
  );
}
