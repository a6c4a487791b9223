import { readConfig } from "../src/config.js";

const SECRET = "a secret of more than thirty-two characters";
const faultsOf = (env: NodeJS.ProcessEnv) => {
  const config = readConfig(env);
  return "faults" in config ? config.faults : [];
};

describe("the configuration", () => {
  test("with nothing set is the demonstration on the embedded database, for this machine only", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 4000,
      home: "data",
      database: { type: "sqlite", file: "data/tonghop.sqlite" },
      seed: "demo",
      secret: { from: "file", path: "data/secret" },
      graphiql: true,
      log: "info",
    });
  });

  test("loads nothing into a database server unless told to", () => {
    const env = { DATABASE_URL: "mysql://hub:p%40ss@db.example:3307/tonghop", TONGHOP_SECRET: SECRET };
    expect(readConfig(env)).toMatchObject({
      database: { type: "mysql", url: env.DATABASE_URL, host: "db.example", port: 3307, user: "hub", password: "p@ss", name: "tonghop" },
      seed: "none",
      secret: { from: "config", value: SECRET },
    });
    expect(readConfig({ ...env, TONGHOP_SEED: "documents" })).toMatchObject({ seed: "documents" });
  });

  test("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", TONGHOP_SEED: " ", DATABASE_URL: "" })).toEqual(readConfig({}));
  });

  test("names every fault at once", () => {
    const faults = faultsOf({
      PORT: "80000",
      HOST: "my host",
      TONGHOP_SEED: "all",
      TONGHOP_SECRET: "short",
      TONGHOP_LOG: "loud",
      TONGHOP_GRAPHIQL: "yes",
      TONGHOP_SEEDS: "demo",
    });
    expect(faults).toHaveLength(7);
    expect(faults.join("\n")).toMatch(/PORT is "80000"; expected a whole number from 0 to 65535\./);
    expect(faults.join("\n")).toMatch(/TONGHOP_SEED is "all"; expected demo, documents or none\./);
    expect(faults.join("\n")).toMatch(/TONGHOP_SECRET has 5 characters; expected at least 32/);
    expect(faults.join("\n")).toMatch(/TONGHOP_SEEDS is not a setting; did you mean TONGHOP_SEED\?/);
  });

  test("needs a secret with a database server, because several processes share it", () => {
    expect(faultsOf({ DATABASE_URL: "mysql://hub@db/tonghop" })).toEqual([
      expect.stringMatching(/^TONGHOP_SECRET is not set; with a DATABASE_URL it is needed/),
    ]);
  });

  test.each([
    ["no URL", "tonghop"],
    ["another database", "postgres://hub:hidden@db/tonghop"],
    ["no host", "mysql:///tonghop"],
    ["no user", "mysql://db/tonghop"],
    ["no database", "mysql://hub:hidden@db"],
    ["an unencoded password", "mysql://hub:hid%zzden@db/tonghop"],
    ["a path below the database", "mysql://hub:hidden@db/tonghop/2"],
    ["parameters", "mysql://hub:hidden@db/tonghop?ssl=true"],
  ])("refuses a DATABASE_URL with %s, and does not repeat its password", (_, url) => {
    const faults = faultsOf({ DATABASE_URL: url, TONGHOP_SECRET: SECRET });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toMatch(/^DATABASE_URL.*expected mysql:\/\/user:password@host:3306\/name\.$/);
    expect(faults.join("\n")).not.toMatch(/hid/);
  });

  test("never repeats a secret", () => {
    expect(faultsOf({ TONGHOP_SECRET: "hunter2" }).join()).not.toMatch("hunter2");
  });
});
