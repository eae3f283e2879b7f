import { expect, test } from "vitest";
import { apiForTests } from "../../test/support/api-for-tests.ts";

test("who asks a camera for its newest picture is on record before it is shown, once in five minutes for each operator", async () => {
  await using api = await apiForTests();
  const [camera] = api.services.state().cameras;
  const path = `/api/v1/cameras/${camera?.id ?? ""}/snapshot`;
  const looks = () => api.services.events({ limit: 99, type: "CameraWatched" }).map(({ payload }) => payload);
  const cookie = await api.logIn();
  for (let times = 0; times < 3; times++) await api.call("GET", path, { cookie });
  expect(looks()).toEqual([{ operator: "admin", camera: camera?.id }]);
  await api.call("GET", path, { cookie: await api.logInAs("securityOfficer") });
  expect(looks()).toHaveLength(2);
  api.clock.advance(300_001);
  await api.call("GET", path, { cookie });
  expect(looks()).toHaveLength(3);
});
