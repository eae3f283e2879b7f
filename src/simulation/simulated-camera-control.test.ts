import { cameraControlContract } from "../ports/contracts/camera-control.contract.ts";
import { SimulatedCameraControl } from "./simulated-camera-control.ts";

cameraControlContract("the simulated camera", async () => {
  const control = new SimulatedCameraControl("c1");
  return {
    control,
    preset: "Door",
    turnedTo: () => control.preset,
    cover: () => control.notice({ type: "CameraTampered", detail: "covered" }),
    until: async (condition, what) => {
      if (!condition()) throw new Error(what);
    },
    [Symbol.asyncDispose]: () => control[Symbol.asyncDispose](),
  };
});
