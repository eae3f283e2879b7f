import { Alert, Checkbox, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";

/** What a screen is called and shows, as the forms have it; no door pair chosen: all. */
export interface WatchValues {
  readonly name: string;
  readonly vestibules?: readonly string[];
  readonly pictures?: boolean;
  readonly duress?: boolean;
}

/** As the API takes it. */
export const choiceOf = ({ name, vestibules = [], pictures = false }: WatchValues) => ({
  ...{ name: name.trim(), pictures },
  vestibules: vestibules.length === 0 ? null : [...vestibules],
});

/** The fields of it, inside a form. */
export function WatchChoice() {
  const { t } = useTranslation();
  const language = useLanguage();
  const vestibules = useSite().state?.vestibules ?? [];
  const showsDuress = Form.useWatch<boolean | undefined>("duress") === true;
  return (
    <>
      <Form.Item
        name="name"
        label={t("watchScreens.name")}
        rules={[{ required: true, whitespace: true, message: t("doorDisplays.nameRule") }]}
      >
        <Input autoComplete="off" maxLength={60} placeholder={t("watchScreens.nameExample")} />
      </Form.Item>
      <Form.Item name="vestibules" label={t("watchScreens.shows")}>
        <Select
          mode="multiple"
          allowClear
          placeholder={t("watchScreens.allPairs")}
          options={vestibules.map(({ id, name }) => ({ value: id, label: name[language] }))}
        />
      </Form.Item>
      <Flex vertical gap="small">
        <Form.Item name="pictures" valuePropName="checked" noStyle>
          <Checkbox>{t("watchScreens.pictures")}</Checkbox>
        </Form.Item>
        <Form.Item name="duress" valuePropName="checked" noStyle>
          <Checkbox>{t("watchScreens.duress")}</Checkbox>
        </Form.Item>
      </Flex>
      {showsDuress ? <Alert type="warning" showIcon title={t("watchScreens.duressWarning")} /> : null}
    </>
  );
}
