/** What can be said of a face's picture before it is compared. All are figures; `qualityFaults` judges them. */
export interface FaceQuality {
  /** Distance between the eyes' centres, in pixels of the source picture. */
  readonly eyeDistance: number;
  /** Variance of the Laplacian over the upright chip's luma; blurred is low. */
  readonly sharpness: number;
  /** Mean luma of the face, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of the face's luma, 0 to 127. */
  readonly contrast: number;
  /** Estimated rotation left or right, in degrees; 0 looks into the camera. */
  readonly yaw: number;
  /** Estimated in-plane tilt, in degrees. */
  readonly roll: number;
}
