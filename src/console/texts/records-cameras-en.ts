/** What cameras notice themselves, and how right their clocks are. */
export const cameraRecordTextsEn = {
  CameraTampered: "Camera tampered with: {{camera}}. {{detail}}",
  CameraTamperEnded: "Camera is left alone again: {{camera}}",
  CameraInputChanged: "Input {{input}} of camera {{camera}} changed",
  CameraClockDrifted: "Clock of camera {{camera}} is off by {{seconds}} s",
  CameraClockRight: "Clock of camera {{camera}} is right again",
  CameraEventsSuppressed: "Camera {{camera}} sent {{number}} more events within an hour than are recorded",
};
