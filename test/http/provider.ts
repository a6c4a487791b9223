import { type Server, createServer } from "node:http";
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
  readonly issuer: string;
  readonly jwks: string;
  close(): Promise<void>;
}

export async function openProvider(): Promise<Provider> {
  const server: Server = createServer((_request, response) => {
    provider.asked++;
    if (provider.keys === null) return response.writeHead(500).end("out of order");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: provider.keys.map((key) => key.public) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    keys: [],
    asked: 0,
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
