import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keepSecret } from "../../api/client.ts";
import type { Draft } from "../model.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { type Fields, fieldsOf, textOf, withField } from "./read.ts";
import { SectionFrame } from "./section-frame.tsx";

/** Where events go on to. */
export function BrokerSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  return (
    <SectionFrame<Fields>
      title={t("commissioning.setup.broker")}
      section="broker"
      draft={draft}
      value={fieldsOf(draft.sections.broker)}
    >
      {(value, change) => (
        <>
          <ChoiceField
            label={t("commissioning.setup.broker")}
            value={textOf(value["broker"]) || "embedded"}
            choices={[
              { value: "external", label: t("commissioning.setup.brokerExternal") },
              { value: "embedded", label: t("commissioning.setup.brokerEmbedded") },
              { value: "none", label: t("commissioning.setup.brokerNone") },
            ]}
            onChange={(broker) => change(broker === "external" ? { broker, url: "" } : { broker })}
          />
          {value["broker"] === "external" ? <External value={value} onChange={change} /> : null}
        </>
      )}
    </SectionFrame>
  );
}

function External(props: { readonly value: Fields; readonly onChange: (value: Fields) => void }) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState("");
  const { value, onChange } = props;
  const keep = async (): Promise<void> => {
    setFailure("");
    try {
      const { file } = await keepSecret({ name: "broker" }, { secret: password });
      setPassword("");
      onChange({ ...value, passwordFile: file });
    } catch (error) {
      setFailure(refusalText(error));
    }
  };
  return (
    <>
      {(["url", "username", "caFile"] as const).map((name) => (
        <TextField
          key={name}
          label={t(`commissioning.setup.${name === "url" ? "brokerUrl" : name}`)}
          {...(name === "url" && { placeholder: "mqtts://centre.example:8883" })}
          value={textOf(value[name])}
          onChange={(text) => onChange(withField(value, name, text))}
        />
      ))}
      <TextField
        secret
        label={t("commissioning.setup.password")}
        hint={t("commissioning.setup.passwordKept")}
        value={password}
        onChange={setPassword}
      />
      <p className="failure" role="alert">
        {failure}
      </p>
      <Button size="large" disabled={password === ""} onClick={() => void keep()}>
        {t("commissioning.setup.keepPassword")}
      </Button>
      {textOf(value["passwordFile"]) === "" ? null : (
        <p className="commission-fine">{textOf(value["passwordFile"])}</p>
      )}
    </>
  );
}
