import { request as httpRequest } from "node:http";
import { draft } from "../desk.js";
import { serve } from "../graphql/server.js";
import { until } from "../until.js";

test("a long answer whose client goes away while it is sent is logged and counted, once, as any other", async () => {
  const lines: string[] = [];
  const output = { write: (text: string) => lines.push(text) > 0, dropped: 0 };
  const metricsToken = "the token of a monitor, long enough";
  const running = await serve("none", { log: "info", output: output as never, metricsToken });
  const name = `Công đoàn ${"ạ".repeat(180)}`;
  const districts = Array.from({ length: 150 }, (_, index) => draft.district(`D${index}`, "P", { name }));
  await running.desk.register(draft.province("P"), ...districts);
  const { token } = await running.as("STEWARD", "P");
  const names = Array.from({ length: 90 }, (_, index) => `a${index}: name`).join(" ");
  const body = JSON.stringify({ query: `{ units(first: 200) { nodes { ${names} } } }` });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answered = () => lines.filter((line) => line.includes('"path":"/graphql"')).length;
  const whole = await (await fetch(running.url, { method: "POST", body, headers })).text();
  expect(JSON.parse(whole).data.units.nodes).toHaveLength(151);
  expect(Buffer.byteLength(whole)).toBeGreaterThan(5_000_000);
  await new Promise<void>((left) => {
    const asked = httpRequest(running.url, { method: "POST", headers }, (response) =>
      response.once("data", () => {
        response.destroy();
        left();
      }),
    );
    asked.on("error", () => {});
    asked.end(body);
  });
  await until("both are logged", () => answered() === 2);
  const metrics = await (await fetch(`${running.origin}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })).text();
  expect(metrics).toContain('tonghop_http_requests_total{route="/graphql",status="200"} 2');
  expect(answered()).toBe(2);
  await running.close();
});
