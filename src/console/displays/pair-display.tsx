import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AccessPointName, accessPointNames, type VestibuleId } from "../../domain/names.ts";
import { type PairDisplayData, pairDisplay } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { ScreenCode } from "./screen-code.tsx";
import { useDisplayFailure } from "./use-display-failure.ts";

interface Wanted {
  readonly code: string;
  readonly place: string;
  readonly name: string;
}

/** The code as it stands on the screen, and where that screen is. */
export function PairDisplay({ onPaired }: { readonly onPaired: (display: PairDisplayData) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Wanted>();
  const places = usePlaces();
  const failureText = useDisplayFailure();
  const [failure, setFailure] = useState("");
  const [working, setWorking] = useState(false);
  const submit = async ({ code, place, name }: Wanted): Promise<void> => {
    const found = places.find(({ value }) => value === place);
    if (found === undefined) return;
    setWorking(true);
    setFailure("");
    try {
      const { vestibule, accessPoint } = found;
      onPaired(await pairDisplay({ code, vestibule, accessPoint, name }));
      form.resetFields();
    } catch (error) {
      setFailure(failureText(error));
    }
    setWorking(false);
  };
  return (
    <Form
      form={form}
      className="pair-display"
      layout="vertical"
      requiredMark={false}
      onFinish={(wanted: Wanted) => void submit(wanted)}
    >
      {failure === "" ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <ScreenCode label={t("doorDisplays.code")} />
      <Form.Item
        name="place"
        label={t("doorDisplays.place")}
        rules={[{ required: true, message: t("doorDisplays.placeRule") }]}
      >
        <Select
          options={places.map(({ value, label }) => ({ value, label }))}
          onChange={(value: string) => {
            const label = places.find((one) => one.value === value)?.label;
            if (label !== undefined && !form.isFieldTouched("name")) form.setFieldsValue({ name: label });
          }}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("doorDisplays.name")}
        rules={[{ required: true, whitespace: true, message: t("doorDisplays.nameRule") }]}
      >
        <Input autoComplete="off" maxLength={60} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={working}>
        {t("doorDisplays.doPair")}
      </Button>
    </Form>
  );
}

interface Place {
  readonly value: string;
  readonly label: string;
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
}

/** Every access point that the site's file has. */
function usePlaces(): readonly Place[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const vestibules = useSite().state?.vestibules ?? [];
  return vestibules.flatMap(({ id, name, displays }) =>
    accessPointNames
      .filter((accessPoint) => displays[accessPoint] !== undefined)
      .map((accessPoint) => ({
        value: `${id}/${accessPoint}`,
        label: t("doorDisplays.namePreset", {
          vestibule: name[language],
          accessPoint: t(`accessPoint.${accessPoint}`),
        }),
        ...{ vestibule: id, accessPoint },
      })),
  );
}
