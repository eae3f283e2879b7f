import { Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addCardholder } from "../api/client.ts";
import { PersonFields } from "./person-fields.tsx";
import { newPersonValues, type PersonValues, personOf } from "./person-values.ts";
import { usePersonChange } from "./use-person-change.tsx";

export function NewPerson(props: { readonly onClose: () => void; readonly onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PersonValues>();
  const [working, setWorking] = useState(false);
  const { run, told } = usePersonChange();
  const add = async (values: PersonValues): Promise<void> => {
    setWorking(true);
    const added = await run(
      () => addCardholder(personOf({ ...newPersonValues, ...values })),
      () => "",
    );
    setWorking(false);
    if (added !== undefined) props.onAdded(added.id);
  };
  return (
    <Modal
      open
      width={640}
      title={t("cardholders.add.title")}
      okText={t("cardholders.add.save")}
      onOk={form.submit}
      onCancel={props.onClose}
      confirmLoading={working}
    >
      <Form
        form={form}
        name="new-person"
        layout="vertical"
        requiredMark={false}
        initialValues={newPersonValues}
        onFinish={(values: PersonValues) => void add(values)}
      >
        <PersonFields />
      </Form>
      {told}
    </Modal>
  );
}
