import { Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Role, roles } from "../../domain/operator/rights.ts";

interface Wanted {
  readonly username: string;
  readonly role: Role;
}

export function NewOperator(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdd: (username: string, role: Role) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Wanted>();
  const [working, setWorking] = useState(false);
  const submit = async ({ username, role }: Wanted): Promise<void> => {
    setWorking(true);
    await props.onAdd(username.trim(), role);
    setWorking(false);
  };
  return (
    <Modal
      open={props.open}
      title={t("accounts.operators.add")}
      okText={t("accounts.operators.addNow")}
      onOk={form.submit}
      onCancel={props.onClose}
      confirmLoading={working}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        clearOnDestroy
        requiredMark={false}
        onFinish={(wanted: Wanted) => void submit(wanted)}
      >
        <Form.Item
          name="username"
          label={t("session.username")}
          extra={t("accounts.operators.nameRule")}
          rules={[
            {
              pattern: /^[a-z][a-z0-9._-]{1,31}$/,
              required: true,
              message: t("accounts.operators.nameRule"),
            },
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" maxLength={32} />
        </Form.Item>
        <Form.Item
          name="role"
          label={t("accounts.operators.role")}
          rules={[{ required: true, message: t("accounts.operators.roleMissing") }]}
        >
          <Radio.Group className="role-choice">
            {roles.map((role) => (
              <Radio key={role} value={role}>
                <strong>{t(`operators.role.${role}`)}</strong>
                <br />
                <small>{t(`accounts.roleLead.${role}`)}</small>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
    </Modal>
  );
}
