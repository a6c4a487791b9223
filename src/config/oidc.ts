import { ROLES, type Role } from "../domain/ground/caller.js";
import { listed } from "./reading.js";

/** An OpenID Connect provider whose access tokens are taken beside the hub's own. */
export interface OidcConfig {
  issuer: string;
  audience: string;
  /** Where its public keys are. */
  jwks: string;
  /** Claims that hold the role and the unit (its code or id): a name, or a path with dots. */
  roleClaim: string;
  unitClaim: string;
  /** The provider's names of the roles. */
  roles: Readonly<Record<string, Role>>;
}

/** What people write for a role: as the CLI does, in small letters. */
const OWN_NAMES: Readonly<Record<string, Role>> = Object.fromEntries(
  (Object.keys(ROLES) as Role[]).map((role) => [role.toLowerCase(), role]),
);

/** The settings, all absent where there is no provider. */
export const OIDC_SETTINGS = {
  TONGHOP_OIDC_ISSUER: "an OpenID Connect provider whose tokens are taken, too: their iss, e.g. https://login.example.vn/realms/union",
  TONGHOP_OIDC_AUDIENCE: "the aud that its tokens must name; needed with an issuer",
  TONGHOP_OIDC_JWKS: "the address of its public keys (jwks_uri): https, or http on this machine; needed with an issuer",
  TONGHOP_OIDC_ROLE_CLAIM:
    "the claim with the role, or with a list of roles; a path with dots, e.g. realm_access.roles; tonghop_role unless set",
  TONGHOP_OIDC_UNIT_CLAIM: "the claim with the code or id of the unit at the top of the branch; tonghop_unit unless set",
  TONGHOP_OIDC_ROLES:
    "what the provider calls the roles, e.g. union-recorder=recorder,union-hq=steward; unless set analyst, recorder, steward and administrator",
} as const;
type OidcSetting = keyof typeof OIDC_SETTINGS;

/** Reads them; `null` where none is set. */
export function readOidc(setting: (name: OidcSetting) => string | undefined, faults: string[]): OidcConfig | null {
  const given = (Object.keys(OIDC_SETTINGS) as OidcSetting[]).filter((name) => setting(name) !== undefined);
  if (given.length === 0) return null;
  const needed = (name: OidcSetting): string => {
    const value = setting(name);
    if (value === undefined) faults.push(`${name} is not set; with ${given[0]} it is needed.`);
    return value ?? "";
  };
  const addressed = (name: OidcSetting): string => {
    const value = needed(name);
    if (value !== "" && !isSafeAddress(value))
      faults.push(`${name} is "${value}"; expected an address that begins with https:// (http:// only on this machine).`);
    return value;
  };
  return {
    issuer: addressed("TONGHOP_OIDC_ISSUER"),
    audience: needed("TONGHOP_OIDC_AUDIENCE"),
    jwks: addressed("TONGHOP_OIDC_JWKS"),
    roleClaim: setting("TONGHOP_OIDC_ROLE_CLAIM") ?? "tonghop_role",
    unitClaim: setting("TONGHOP_OIDC_UNIT_CLAIM") ?? "tonghop_unit",
    roles: readRoles(setting("TONGHOP_OIDC_ROLES"), faults),
  };
}

function readRoles(text: string | undefined, faults: string[]): Readonly<Record<string, Role>> {
  if (text === undefined) return OWN_NAMES;
  const roles: [string, Role][] = [];
  for (const pair of text.split(",").map((part) => part.trim())) {
    const [name, own] = [pair.slice(0, pair.lastIndexOf("=")).trim(), pair.slice(pair.lastIndexOf("=") + 1).trim()];
    const role = Object.keys(OWN_NAMES).find((known) => known === own.toLowerCase());
    if (name !== "" && role !== undefined && pair.includes("=")) roles.push([name, OWN_NAMES[role]!]);
    else faults.push(`TONGHOP_OIDC_ROLES has "${pair}"; expected name=role with a role of ${listed(Object.keys(OWN_NAMES))}.`);
  }
  return Object.fromEntries(roles);
}

/** Keys that came over an open line could be anybody's. */
function isSafeAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname));
}
