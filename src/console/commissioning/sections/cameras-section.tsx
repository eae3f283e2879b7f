import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Draft } from "../model.ts";
import { AddCamera } from "./add-camera.tsx";
import { type Fields, fieldsOf, listOf, textOf } from "./read.ts";
import { SectionFrame } from "./section-frame.tsx";

/** Which cameras there are; found on the network, or added by address. */
export function CamerasSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  return (
    <SectionFrame<readonly Fields[]>
      title={t("commissioning.setup.cameras")}
      section="cameras"
      draft={draft}
      value={listOf(draft.sections.cameras)}
    >
      {(cameras, change) => (
        <>
          {cameras.length === 0 ? <p className="empty">{t("commissioning.setup.noCameras")}</p> : null}
          <ul className="commission-cameras">
            {cameras.map((camera, index) => (
              <li key={textOf(camera["id"])}>
                <span>
                  <strong>{textOf(camera["id"])}</strong>
                  <small>{sourceText(fieldsOf(camera["source"]))}</small>
                </span>
                <Button size="large" onClick={() => change(cameras.toSpliced(index, 1))}>
                  {t("commissioning.setup.removeCamera", { id: textOf(camera["id"]) })}
                </Button>
              </li>
            ))}
          </ul>
          <AddCamera
            taken={cameras.map(({ id }) => textOf(id))}
            simulated={fieldsOf(draft.sections.board)["kind"] === "simulated"}
            onAdd={(camera) => change([...cameras, camera])}
          />
        </>
      )}
    </SectionFrame>
  );
}

const sourceText = (source: Fields): string =>
  [source["kind"], source["address"] ?? source["url"]].map(textOf).filter(Boolean).join(" · ");
