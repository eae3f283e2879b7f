import { useTranslation } from "react-i18next";
import type { FindReadersData } from "../../api/client.ts";
import { NumberField, SelectField, TextField } from "./fields.tsx";
import { type Fields, fieldsOf, numberOf, textOf } from "./read.ts";

type Found = FindReadersData["readers"];

/** What such a reader needs to be told at the least; the rest is the file's own default. */
export function newReader(kind: string): Fields {
  switch (kind) {
    case "osdp":
      return { kind, device: "", address: 0 };
    case "wiegand":
      return { kind, input: { via: "serial", device: "", converter: "wie232" } };
    case "hid":
      return { kind, device: "" };
    case "pcsc":
      return { kind, reader: "" };
    default:
      return { kind };
  }
}

export function ReaderFields(props: {
  readonly reader: Fields;
  readonly found: Found;
  readonly onChange: (reader: Fields) => void;
}) {
  const { t } = useTranslation();
  const { reader, onChange } = props;
  switch (reader["kind"]) {
    case "osdp":
      return (
        <>
          <Device
            kind="serial"
            found={props.found}
            value={textOf(reader["device"])}
            onChange={(device) => onChange({ ...reader, device })}
          />
          <NumberField
            label={t("commissioning.setup.busAddress")}
            unit="0–126"
            min={0}
            max={126}
            placeholder={0}
            value={numberOf(reader["address"])}
            onChange={(address) => onChange({ ...reader, address: address ?? 0 })}
          />
          <SelectField
            label={t("commissioning.setup.baudRate")}
            value={String(numberOf(reader["baudRate"]) ?? 9600)}
            choices={baudRates.map((rate) => ({ value: String(rate), label: String(rate) }))}
            onChange={(rate) => onChange({ ...reader, baudRate: Number(rate) })}
          />
        </>
      );
    case "wiegand":
      return <WiegandFields {...props} />;
    case "hid":
      return (
        <Device
          kind="hid"
          found={props.found}
          value={textOf(reader["device"])}
          onChange={(device) => onChange({ ...reader, device })}
        />
      );
    case "pcsc":
      return (
        <Device
          kind="pcsc"
          found={props.found}
          value={textOf(reader["reader"])}
          onChange={(name) => onChange({ ...reader, reader: name })}
        />
      );
    default:
      return null;
  }
}

const baudRates = [9600, 19200, 38400, 57600, 115200, 230400] as const;

function WiegandFields(props: {
  readonly reader: Fields;
  readonly found: Found;
  readonly onChange: (reader: Fields) => void;
}) {
  const { t } = useTranslation();
  const input = fieldsOf(props.reader["input"]);
  const change = (next: Fields): void => props.onChange({ ...props.reader, input: next });
  if (input["via"] === "kernel") return <p>{t("commissioning.setup.other")}</p>;
  return (
    <>
      <Device
        kind="serial"
        found={props.found}
        value={textOf(input["device"])}
        onChange={(device) => change({ ...input, device })}
      />
      <SelectField
        label={t("commissioning.setup.converter")}
        value={textOf(input["converter"]) || "wie232"}
        choices={["wie232", "wie232-generic"].map((value) => ({ value, label: value }))}
        onChange={(converter) => change({ ...input, converter })}
      />
    </>
  );
}

/** What this machine has, to be pressed; and a field for what it has not yet. */
function Device(props: {
  readonly kind: Found[number]["kind"];
  readonly found: Found;
  readonly value: string;
  readonly onChange: (device: string) => void;
}) {
  const { t } = useTranslation();
  const there = props.found.filter(({ kind }) => kind === props.kind);
  return (
    <>
      {there.length === 0 ? null : (
        <SelectField
          label={t("commissioning.setup.deviceFound")}
          value={there.some(({ device }) => device === props.value) ? props.value : undefined}
          choices={there.map(({ device, name }) => ({
            value: device,
            label: name === null || name === device ? device : `${name} (${device})`,
          }))}
          onChange={props.onChange}
        />
      )}
      <TextField
        label={t(`commissioning.setup.${props.kind === "pcsc" ? "readerName" : "device"}`)}
        value={props.value}
        onChange={props.onChange}
      />
    </>
  );
}
