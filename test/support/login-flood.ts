// Run as a process of its own, so that its load is not taken for the controller's:
//   node login-flood.ts ADDRESS SECONDS
const [address = "", seconds = "1"] = process.argv.slice(2);
const ends = performance.now() + Number(seconds) * 1000;
const statuses: Record<string, number> = {};

async function guess(worker: number): Promise<void> {
  for (let round = 0; performance.now() < ends; round++) {
    const answer = await fetch(`${address}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        username: round % 2 === 0 ? "admin" : `user${worker}-${round}`,
        password: `guess ${round}`,
      }),
    });
    await answer.arrayBuffer();
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: 20 }, (_, worker) => guess(worker)));
process.stdout.write(JSON.stringify(statuses));
