import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removePhoto } from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { PhotoBooth } from "./booth/photo-booth.tsx";
import { Confirm } from "./confirm.tsx";
import { type PersonPhoto, useConsentRules } from "./people-queries.ts";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";
import { qualityFacts } from "./quality-facts.ts";

/** Enrolled photos with what was measured of them, and the place to take more. */
export function PersonPhotos({ person, run, mayChange }: PersonPartProps) {
  const { t } = useTranslation();
  const maySee = useMay("seePhotos");
  const { data: rules } = useConsentRules();
  const barred = rules?.required === true && person.consent === null;
  return (
    <PersonPart heading={t("cardholders.photo.heading")}>
      {person.ageing?.ageing === true ? (
        <Alert type="warning" showIcon role="note" title={t("cardholders.photo.ageing")} />
      ) : null}
      {person.photos.length === 0 ? <p>{t("cardholders.photo.none")}</p> : null}
      {maySee ? null : <p>{t("cardholders.photo.notYours")}</p>}
      <ul className="person-photos">
        {person.photos.map((photo) => (
          <OnePhoto key={photo.id} {...{ photo, run, mayChange, maySee }} id={person.id} />
        ))}
      </ul>
      {maySee && person.photos.length > 0 ? <small>{t("cardholders.photo.viewed")}</small> : null}
      {mayChange && !barred ? <PhotoBooth person={person} /> : null}
      {mayChange && barred ? <p>{t("cardholders.consent.missingRequired")}</p> : null}
    </PersonPart>
  );
}

function OnePhoto(
  props: Pick<PersonPartProps, "run" | "mayChange"> & {
    readonly id: string;
    readonly photo: PersonPhoto;
    readonly maySee: boolean;
  },
) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const { id, photo, run } = props;
  const taken = momentText(photo.takenAt, language);
  const known = photo.appearance === "usual" || photo.appearance === "glasses" ? photo.appearance : undefined;
  return (
    <li>
      {props.maySee ? (
        <img
          src={`/api/v1/cardholders/${encodeURIComponent(id)}/photos/${encodeURIComponent(photo.id)}`}
          alt={t("cardholders.photo.of", { time: taken })}
        />
      ) : null}
      <div>
        <span>
          {taken} · {known === undefined ? photo.appearance : t(`cardholders.photo.appearanceName.${known}`)}
        </span>
        <details>
          <summary>{t("cardholders.photo.quality")}</summary>
          <dl>
            {qualityFacts(photo.quality).map(({ figure, text }) => (
              <div key={figure}>
                <dt>{t(`cardholders.photo.${figure}`)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </details>
        {props.mayChange ? (
          <Button size="small" danger onClick={() => setAsked(true)}>
            {t("cardholders.photo.remove")}
          </Button>
        ) : null}
      </div>
      {asked ? (
        <Confirm
          title={t("cardholders.photo.removeAsk")}
          okText={t("cardholders.photo.remove")}
          onClose={() => setAsked(false)}
          onConfirm={() =>
            run(
              () => removePhoto({ id, photo: photo.id }),
              () => t("cardholders.photo.removed"),
            )
          }
        />
      ) : null}
    </li>
  );
}
