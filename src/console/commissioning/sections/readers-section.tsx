import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AccessPointName, accessPointNames } from "../../../domain/names.ts";
import { type FindReadersData, findReaders } from "../../api/client.ts";
import type { Draft } from "../model.ts";
import { SelectField } from "./fields.tsx";
import { type Fields, fieldsOf, listOf, textOf, withField } from "./read.ts";
import { newReader, ReaderFields } from "./reader-fields.tsx";
import { SectionFrame } from "./section-frame.tsx";

/** What stands at each access point: its reader, and the camera that sees who stands there. */
export function ReadersSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["commissioning", "readers"],
    queryFn: async ({ signal }) => (await findReaders({ signal })).readers,
  });
  const pairs = listOf(draft.sections.doors).map(({ id }) => textOf(id));
  const cameras = listOf(draft.sections.cameras).map(({ id }) => textOf(id));
  return (
    <SectionFrame<readonly Fields[]>
      title={t("commissioning.step.readers.name")}
      section="readers"
      draft={draft}
      value={listOf(draft.sections.readers)}
    >
      {(points, change) =>
        pairs.map((vestibule) => (
          <fieldset className="commission-pair" key={vestibule}>
            <legend>{t("commissioning.setup.vestibule", { id: vestibule })}</legend>
            <div className="commission-two">
              {accessPointNames.map((accessPoint) => (
                <OnePoint
                  key={accessPoint}
                  accessPoint={accessPoint}
                  point={points.find(isAt(vestibule, accessPoint)) ?? { vestibule, accessPoint }}
                  cameras={cameras}
                  found={found.data ?? []}
                  simulated={fieldsOf(draft.sections.board)["kind"] === "simulated"}
                  onChange={(point) => change(withPoint(points, point))}
                />
              ))}
            </div>
          </fieldset>
        ))
      }
    </SectionFrame>
  );
}

const isAt =
  (vestibule: string, accessPoint: string) =>
  (point: Fields): boolean =>
    point["vestibule"] === vestibule && point["accessPoint"] === accessPoint;

/** An access point of which nothing is said is none. */
function withPoint(points: readonly Fields[], point: Fields): readonly Fields[] {
  const others = points.filter((one) => !isAt(textOf(point["vestibule"]), textOf(point["accessPoint"]))(one));
  const { vestibule: _, accessPoint: __, ...said } = point;
  return Object.keys(said).length === 0 ? others : [...others, point];
}

const none = "-";
const kinds = ["osdp", "wiegand", "hid", "pcsc"] as const;
const kindText = {
  simulated: "readerSimulated",
  osdp: "readerOsdp",
  wiegand: "readerWiegand",
  hid: "readerHid",
  pcsc: "readerPcsc",
} as const;

function OnePoint(props: {
  readonly accessPoint: AccessPointName;
  readonly point: Fields;
  readonly cameras: readonly string[];
  readonly found: FindReadersData["readers"];
  readonly simulated: boolean;
  readonly onChange: (point: Fields) => void;
}) {
  const { t } = useTranslation();
  const { point, onChange } = props;
  const reader = point["reader"] === undefined ? undefined : fieldsOf(point["reader"]);
  return (
    <section className="commission-door" aria-label={t(`accessPoint.${props.accessPoint}`)}>
      <h3>{t(`accessPoint.${props.accessPoint}`)}</h3>
      <SelectField
        label={t("commissioning.setup.readerKind")}
        value={reader === undefined ? none : textOf(reader["kind"])}
        choices={[
          { value: none, label: t("commissioning.setup.readerNone") },
          ...[...(props.simulated ? (["simulated"] as const) : []), ...kinds].map((kind) => ({
            value: kind,
            label: t(`commissioning.setup.${kindText[kind]}`),
          })),
        ]}
        onChange={(kind) => onChange(withField(point, "reader", kind === none ? undefined : newReader(kind)))}
      />
      {reader === undefined ? null : (
        <ReaderFields
          reader={reader}
          found={props.found}
          onChange={(next) => onChange({ ...point, reader: next })}
        />
      )}
      <SelectField
        label={t("commissioning.setup.camera")}
        value={textOf(point["camera"]) || none}
        choices={[
          { value: none, label: t("commissioning.setup.cameraNone") },
          ...props.cameras.map((id) => ({ value: id, label: id })),
        ]}
        onChange={(camera) => onChange(withField(point, "camera", camera === none ? undefined : camera))}
      />
    </section>
  );
}
