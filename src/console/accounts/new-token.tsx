import { Alert, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayBeLent, type Right, rightsOf } from "../../domain/operator/rights.ts";
import { type MakeTokenData, type MakeTokenPayload, makeToken } from "../api/client.ts";
import { useSession } from "../shell/session-context.ts";

interface Wanted {
  readonly name: string;
  readonly rights: readonly Right[];
  readonly days: number;
}

const dayMs = 86_400_000;
const periods = [30, 90, 180, 365] as const;

export function NewToken(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (token: MakeTokenData) => void;
}) {
  const { t } = useTranslation();
  const { role } = useSession();
  const [form] = Form.useForm<Wanted>();
  const [failure, setFailure] = useState("");
  const [working, setWorking] = useState(false);
  const submit = async ({ name, rights, days }: Wanted): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      const expires = new Date(Date.now() + days * dayMs).toISOString();
      // Only rights that may be lent are offered.
      props.onMade(await makeToken({ name, rights: rights as MakeTokenPayload["rights"], expires }));
    } catch (error) {
      setFailure(t("accounts.failed", { detail: error instanceof Error ? error.message : String(error) }));
    }
    setWorking(false);
  };
  return (
    <Modal
      open={props.open}
      title={t("accounts.tokens.make")}
      okText={t("accounts.tokens.makeNow")}
      onOk={form.submit}
      onCancel={props.onClose}
      confirmLoading={working}
      destroyOnHidden
    >
      {failure === "" ? null : <Alert type="error" showIcon title={failure} />}
      <Form
        form={form}
        layout="vertical"
        clearOnDestroy
        requiredMark={false}
        initialValues={{ rights: [], days: 365 }}
        onFinish={(wanted: Wanted) => void submit(wanted)}
      >
        <Form.Item
          name="name"
          label={t("accounts.tokens.name")}
          extra={t("accounts.tokens.nameRule")}
          rules={[
            { required: true, pattern: /^[a-z][a-z0-9-]{0,31}$/, message: t("accounts.tokens.nameRule") },
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" maxLength={32} />
        </Form.Item>
        <Form.Item
          name="rights"
          label={t("accounts.tokens.rights")}
          extra={t("accounts.tokens.rightsRule")}
          // `required` would set an attribute that a group of boxes may not have.
          rules={[
            {
              validator: (_, ticked: readonly Right[]) =>
                ticked.length > 0
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("accounts.tokens.rightsMissing"))),
            },
          ]}
        >
          <Checkbox.Group
            className="right-choice"
            options={rightsOf(role)
              .filter(mayBeLent)
              .map((right) => ({ value: right, label: t(`rights.${right}`) }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t("accounts.tokens.period")}>
          <Radio.Group
            options={periods.map((days) => ({ value: days, label: t("accounts.tokens.days", { days }) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
