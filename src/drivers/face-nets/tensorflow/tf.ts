import type * as Tensors from "@tensorflow/tfjs";

/** TensorFlow.js as a value: which copy it is depends on the backend. */
export type Tf = typeof Tensors;
