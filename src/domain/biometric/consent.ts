/** What somebody agrees to before their face is enrolled. The version stands in the record; the words, in the site's file. */
export interface ConsentWording {
  readonly version: string;
  readonly en: string;
  readonly zh: string;
}

export interface ConsentRules {
  /** Nobody's photo is enrolled without it. */
  readonly required: boolean;
  readonly wording: ConsentWording;
}

/** Where the site's file gives none. A bank's lawyers will have their own. */
export const presetConsentWording: ConsentWording = {
  version: "vestibule-1",
  en: "I agree that photos of my face are taken, and that templates made from them are used to compare my face with the camera's picture when I present my card at the interlocked doors of this site. Photos and templates are kept encrypted on the controller of these doors, are used for nothing else and given to nobody. I may withdraw this consent at any time; photos and templates are then deleted, and I am let in by the other means that the site provides. Records of my passages are kept for the time that the law or the site prescribes.",
  zh: "本人同意采集本人的面部照片，并同意使用由其生成的人脸模板：在本人于本站点联动门刷卡时，与摄像机画面进行 1:1 比对。照片与人脸模板经加密后仅保存在联动门控制器内，不作他用，不提供给任何第三方。本人可随时撤回本同意；撤回后照片与人脸模板将被删除，本人改用站点提供的其他方式通行。通行记录按法律法规或站点规定的期限保存。",
};
