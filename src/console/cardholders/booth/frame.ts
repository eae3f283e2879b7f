/** What the webcam shows now, as a JPEG file not wider than `width`; undefined before its first picture. */
export async function frameOf(
  video: HTMLVideoElement,
  width: number,
  quality: number,
): Promise<File | undefined> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return undefined;
  const scale = Math.min(1, width / videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  // As the camera sees it: only what is shown on the page is mirrored.
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, "image/jpeg", quality);
  const jpeg = await promise;
  return jpeg === null ? undefined : new File([jpeg], "photo.jpg", { type: "image/jpeg" });
}
