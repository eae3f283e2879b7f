import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

/** The code that a screen shows, as it is read off it: with or without its gap. */
export function ScreenCode({ label }: { readonly label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="code"
      label={label}
      rules={[
        {
          required: true,
          pattern: /^[\s-]*(?:[A-Za-z0-9][\s-]*){8}$/,
          message: t("doorDisplays.codeRule"),
        },
      ]}
    >
      <Input className="pair-code" autoComplete="off" autoCapitalize="characters" maxLength={12} />
    </Form.Item>
  );
}
