import { readConfig, unknownSettings } from "../src/config.js";

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
      shutdownDelaySeconds: 0,
      secret: { from: "file", path: "data/secret" },
      formerSecret: null,
      oidc: null,
      graphiql: true,
      introspection: true,
      corsOrigins: [],
      metricsToken: null,
      federation: false,
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
    });
    expect(faults).toHaveLength(6);
    expect(faults.join("\n")).toMatch(/PORT is "80000"; expected a whole number from 0 to 65535\./);
    expect(faults.join("\n")).toMatch(/TONGHOP_SEED is "all"; expected demo, documents or none\./);
    expect(faults.join("\n")).toMatch(/TONGHOP_SECRET has 5 characters; expected at least 32/);
  });

  test("warns of a TONGHOP_… that is no setting, with what may have been meant, and goes on without it", () => {
    const env = { TONGHOP_SEEDS: "demo", TONGHOP_TOKEN: "a client's secret", TONGHOP_TEST_DATABASE: "mysql://x", TONGHOP_HOME: "here" };
    expect(unknownSettings(env)).toEqual([
      "TONGHOP_SEEDS is not a setting and is ignored; did you mean TONGHOP_SEED?",
      expect.stringMatching(/^TONGHOP_TOKEN is not a setting and is ignored; expected one of PORT, .*TONGHOP_LOG\.$/),
    ]);
    expect(readConfig(env)).toEqual(readConfig({ TONGHOP_HOME: "here" }));
  });

  test("a misspelt setting that is needed is still missing", () => {
    const env = { DATABASE_URL: "mysql://hub@db/tonghop", TONGHOP_SECRT: SECRET };
    expect(faultsOf(env)).toEqual([expect.stringMatching(/^TONGHOP_SECRET is not set/)]);
    expect(unknownSettings(env)).toEqual(["TONGHOP_SECRT is not a setting and is ignored; did you mean TONGHOP_SECRET?"]);
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

  test.each(["-1", "2.5", "301", "soon"])("refuses a delay of %s", (delay) => {
    const fault = `TONGHOP_SHUTDOWN_DELAY is "${delay}"; expected a whole number of seconds from 0 to 300.`;
    expect(faultsOf({ TONGHOP_SHUTDOWN_DELAY: delay })).toEqual([fault]);
  });

  test("never repeats a secret", () => {
    expect(faultsOf({ TONGHOP_SECRET: "hunter2" }).join()).not.toMatch("hunter2");
  });

  const ON_SERVER = { DATABASE_URL: "mysql://hub@db/tonghop", TONGHOP_SECRET: SECRET };

  test("tells its schema where GraphiQL is or the database is embedded; with a database server only when asked", () => {
    const shown = (env: NodeJS.ProcessEnv) => {
      const config = readConfig(env);
      return "faults" in config ? config.faults : [config.graphiql, config.introspection];
    };
    expect(shown({})).toEqual([true, true]);
    expect(shown({ TONGHOP_GRAPHIQL: "off" })).toEqual([false, true]);
    expect(shown({ TONGHOP_INTROSPECTION: "Off" })).toEqual([false, false]);
    expect(shown(ON_SERVER)).toEqual([false, false]);
    expect(shown({ ...ON_SERVER, TONGHOP_GRAPHIQL: "on" })).toEqual([true, true]);
    expect(shown({ ...ON_SERVER, TONGHOP_INTROSPECTION: "on" })).toEqual([false, true]);
    expect(shown({ TONGHOP_GRAPHIQL: "on", TONGHOP_INTROSPECTION: "off" })).toEqual([expect.stringMatching(/^TONGHOP_GRAPHIQL is on and/)]);
  });

  test("takes a former secret, as long as the other, and repeats neither", () => {
    expect(readConfig({ ...ON_SERVER, TONGHOP_SECRET_FORMER: SECRET })).toMatchObject({ formerSecret: SECRET });
    const faults = faultsOf({ ...ON_SERVER, TONGHOP_SECRET_FORMER: "hunter2" });
    expect(faults).toEqual([expect.stringMatching(/^TONGHOP_SECRET_FORMER has 7 characters; expected at least 32/)]);
    expect(faults.join()).not.toMatch("hunter2");
  });

  test("takes origins as browsers send them, and no others", () => {
    const set = (TONGHOP_CORS_ORIGINS: string) => ({ TONGHOP_CORS_ORIGINS });
    expect(readConfig(set("https://app.example.vn, http://localhost:3000"))).toMatchObject({
      corsOrigins: ["https://app.example.vn", "http://localhost:3000"],
    });
    for (const wrong of ["*", "null", "https://app.example.vn/", "https://*.example.vn/x", "app.example.vn", "https://a.vn,,https://b.vn"])
      expect(faultsOf(set(wrong))).toEqual([expect.stringMatching(/^TONGHOP_CORS_ORIGINS has ".*"; expected origins such as/)]);
  });

  const PROVIDER = {
    TONGHOP_OIDC_ISSUER: "https://login.example.vn/realms/union",
    TONGHOP_OIDC_AUDIENCE: "tonghop",
    TONGHOP_OIDC_JWKS: "https://login.example.vn/realms/union/certs",
  };

  test("takes a provider of tokens with its names for the roles", () => {
    expect(readConfig(PROVIDER)).toMatchObject({
      oidc: {
        issuer: PROVIDER.TONGHOP_OIDC_ISSUER,
        audience: "tonghop",
        jwks: PROVIDER.TONGHOP_OIDC_JWKS,
        roleClaim: "tonghop_role",
        unitClaim: "tonghop_unit",
        roles: { analyst: "ANALYST", recorder: "RECORDER", steward: "STEWARD", administrator: "ADMINISTRATOR" },
      },
    });
    const named = { ...PROVIDER, TONGHOP_OIDC_ROLES: "union-app=Recorder, cn=hq=steward", TONGHOP_OIDC_ROLE_CLAIM: "realm_access.roles" };
    expect(readConfig(named)).toMatchObject({
      oidc: { roleClaim: "realm_access.roles", roles: { "union-app": "RECORDER", "cn=hq": "STEWARD" } },
    });
  });

  test.each<[string, object, RegExp]>([
    ["no audience", { TONGHOP_OIDC_AUDIENCE: "" }, /^TONGHOP_OIDC_AUDIENCE is not set; with TONGHOP_OIDC_ISSUER it is needed\.$/],
    ["no keys", { TONGHOP_OIDC_JWKS: "" }, /^TONGHOP_OIDC_JWKS is not set/],
    ["no issuer", { TONGHOP_OIDC_ISSUER: "" }, /^TONGHOP_OIDC_ISSUER is not set/],
    ["keys over an open line", { TONGHOP_OIDC_JWKS: "http://login.example.vn/certs" }, /^TONGHOP_OIDC_JWKS is ".*"; expected an address/],
    ["keys in a file", { TONGHOP_OIDC_JWKS: "file:///etc/keys" }, /^TONGHOP_OIDC_JWKS is/],
    ["an issuer that is no address", { TONGHOP_OIDC_ISSUER: "tonghop" }, /^TONGHOP_OIDC_ISSUER is "tonghop"/],
    [
      "a role that there is not",
      { TONGHOP_OIDC_ROLES: "hq=boss" },
      /^TONGHOP_OIDC_ROLES has "hq=boss"; expected name=role with a role of analyst,/,
    ],
    ["a role without a name", { TONGHOP_OIDC_ROLES: "recorder" }, /^TONGHOP_OIDC_ROLES has "recorder"/],
  ])("refuses a provider with %s", (_, change, fault) => {
    expect(faultsOf({ ...PROVIDER, ...change })).toEqual([expect.stringMatching(fault)]);
  });

  test("takes keys over HTTP from this machine", () => {
    for (const host of ["localhost:8080", "127.0.0.1", "[::1]:1"])
      expect(faultsOf({ ...PROVIDER, TONGHOP_OIDC_JWKS: `http://${host}/certs` })).toEqual([]);
    expect(faultsOf({ ...PROVIDER, TONGHOP_OIDC_JWKS: "http://127.0.0.1.example.vn/certs" })).toHaveLength(1);
  });
});
