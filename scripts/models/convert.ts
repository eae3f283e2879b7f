import type { NetName, NetWeights } from "../../src/drivers/face-nets/model-manifest.ts";
import { landmarkNet } from "./landmarks.ts";
import { recognitionNet } from "./recognition.ts";
import { ssdNet } from "./ssd.ts";
import { tinyNet } from "./tiny.ts";
import { decodeWeights, type WeightTable } from "./weights.ts";

const builders: Readonly<Record<NetName, (weights: WeightTable) => Uint8Array>> = {
  ssdMobilenetv1: ssdNet,
  tinyFaceDetector: tinyNet,
  faceLandmark68: landmarkNet,
  faceRecognition: recognitionNet,
};

/** The ONNX file of one net: the same bytes on every machine. */
export const convert = (name: NetName, weights: NetWeights): Uint8Array =>
  builders[name](decodeWeights(name, weights));
