import { type Server, type ServerResponse, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { type CryptoKey, type JWK, type JWTPayload, SignJWT, exportJWK, generateKeyPair } from "jose";

/** A key pair of a provider, by its kid. */
export interface Key {
  kid: string;
  alg: string;
  private: CryptoKey;
  public: JWK;
}

export async function newKey(kid: string, alg = "ES256"): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, private: privateKey, public: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** A provider of OpenID Connect as far as the hub sees one: an address with public keys. */
export interface Provider {
  /** The keys that it serves; `null`: it answers 500. */
  keys: Key[] | null;
  /** How often it was asked. */
  asked: number;
  /** From now on it takes questions and answers none, until it goes on: then those that wait still are answered as well. */
  hang(): void;
  goOn(): void;
  /** Questions without an answer whose asker has not given up. */
  readonly waiting: number;
  readonly issuer: string;
  readonly jwks: string;
  close(): Promise<void>;
}

export async function openProvider(): Promise<Provider> {
  let held: ServerResponse[] | null = null;
  const answer = (response: ServerResponse) => {
    if (provider.keys === null) return response.writeHead(500).end("out of order");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: provider.keys.map((key) => key.public) }));
  };
  const server: Server = createServer((_request, response) => {
    provider.asked++;
    if (held) held.push(response);
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    keys: [],
    asked: 0,
    hang: () => void (held = []),
    goOn() {
      const waiting = held ?? [];
      held = null;
      for (const response of waiting) answer(response);
    },
    get waiting() {
      return (held ?? []).filter(({ closed }) => !closed).length;
    },
    issuer: `${origin}/realms/union`,
    jwks: `${origin}/realms/union/certs`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}

/** A token of a provider, right in everything that is not said otherwise; `undefined` leaves a claim out. */
export async function tokenOf(provider: Provider, key: Key, now: Date, changes: JWTPayload = {}, header: object = {}): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = {
    ...{ iss: provider.issuer, aud: "tonghop", sub: "248289761001", iat: seconds, exp: seconds + 300 },
    ...{ tonghop_role: "recorder", tonghop_unit: "CB-TP", name: "Nguyễn Thị Hoa", email: "hoa@example.vn" },
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT", ...header }).sign(key.private);
}
