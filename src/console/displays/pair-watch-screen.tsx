import { Alert, Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeWatchScreen, pairWatchScreen } from "../api/client.ts";
import { ScreenCode } from "./screen-code.tsx";
import { useDisplayFailure } from "./use-display-failure.ts";
import { choiceOf, WatchChoice, type WatchValues } from "./watch-choice.tsx";

interface Wanted extends WatchValues {
  readonly code: string;
}

/** The code as it stands on the screen, and what that screen may show. */
export function PairWatchScreen(props: {
  /** `isWaiting`: that it shows duress waits for a second operator. */
  readonly onPaired: (paired: { readonly name: string; readonly isWaiting: boolean }) => void;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Wanted>();
  const failureText = useDisplayFailure();
  const [failure, setFailure] = useState("");
  const [working, setWorking] = useState(false);
  const submit = async (wanted: Wanted): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      const { id, name } = await pairWatchScreen({ code: wanted.code, ...choiceOf(wanted) });
      form.resetFields();
      props.onChanged();
      const duress = wanted.duress === true ? await changeWatchScreen({ id }, { duress: true }) : null;
      props.onPaired({ name, isWaiting: duress !== null && "approval" in duress });
    } catch (error) {
      setFailure(failureText(error));
    }
    setWorking(false);
  };
  return (
    <Form
      form={form}
      // Beside the other form's fields, which are called alike.
      name="watch"
      className="pair-display"
      layout="vertical"
      requiredMark={false}
      onFinish={(wanted: Wanted) => void submit(wanted)}
    >
      {failure === "" ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <ScreenCode label={t("watchScreens.code")} />
      <WatchChoice />
      <Button type="primary" htmlType="submit" loading={working} className="pair-watch-do">
        {t("watchScreens.doPair")}
      </Button>
    </Form>
  );
}
