import { z } from "zod";
import type { EnrolmentNeed } from "../domain/biometric/enrolment.ts";
import type { PhotoAdvice } from "../domain/biometric/photo-quality.ts";

export type EnrolmentWord = EnrolmentNeed | PhotoAdvice;

/** What to do, for the person who enrols; said in both languages, since the two may read different ones. */
const words: Readonly<Record<EnrolmentWord, { readonly en: string; readonly zh: string }>> = {
  morePhotos: { en: "Take more photos: at least three", zh: "请再拍摄照片，至少三张" },
  otherPose: {
    en: "Take one with the head turned a little, or the chin a little up or down",
    zh: "请再拍一张头部稍转或稍抬头、低头的照片",
  },
  withoutGlasses: { en: "Take one without glasses", zh: "请再拍一张不戴眼镜的照片" },
  stepCloser: { en: "Step closer", zh: "请靠近一些" },
  holdStill: { en: "Hold still", zh: "请保持不动" },
  moreLight: { en: "More light on the face", zh: "面部光线不足" },
  lessLight: { en: "Less light on the face", zh: "面部光线过强" },
  evenLight: { en: "Light the face evenly, not from one side", zh: "请使面部光线均匀，避免侧光" },
  faceCamera: { en: "Look straight into the camera", zh: "请正对摄像机" },
  headUpright: { en: "Hold the head upright", zh: "请把头摆正" },
  showEyes: {
    en: "Show both eyes: take off sunglasses, push back hair",
    zh: "请露出双眼：摘下墨镜，拨开头发",
  },
  noGlare: {
    en: "Turn the glasses out of the light, or take them off",
    zh: "眼镜反光，请调整角度或摘下眼镜",
  },
  showMouth: { en: "Show mouth and chin: take off the mask", zh: "请露出口鼻和下巴：摘下口罩，放下手" },
  onePerson: { en: "One person alone in the picture", zh: "画面中只能有一人" },
  tryAgain: { en: "Take another photo", zh: "请重新拍摄" },
};

export const adviceSchema = z
  .array(z.object({ what: z.string(), en: z.string(), zh: z.string() }))
  .describe("What to do, in English and Chinese");

export const inWords = (advice: readonly EnrolmentWord[]) =>
  [...new Set(advice)].map((what) => ({ what, ...words[what] }));
